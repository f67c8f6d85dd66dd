"""What proposes spans: entity lists and patterns."""
