"""The commands: each module parses, calls the engine and prints."""
