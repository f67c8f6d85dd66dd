"""Farspan: annotated corpora from raw text and lists of names, by distant supervision."""
