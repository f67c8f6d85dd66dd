"""Scores and noise estimates held against published figures and known truth, on the shared corpora."""
