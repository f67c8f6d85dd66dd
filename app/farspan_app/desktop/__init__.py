"""Farspan among the programs of this computer: in its menu, on its desktop, and behind every project file."""
