"""Text into tokens, tokens into numbers."""
