"""Painted views: the text and its spans."""
