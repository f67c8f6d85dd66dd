"""The pages of the Errors tab."""
