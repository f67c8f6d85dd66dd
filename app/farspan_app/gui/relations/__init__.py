"""The pages of the Relations tab."""
