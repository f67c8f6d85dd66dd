"""What ships with Farspan beside code: sample projects and stop words, read through importlib.resources."""
