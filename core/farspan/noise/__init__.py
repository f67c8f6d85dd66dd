"""How good the labels are: scores, noise, intervals."""
