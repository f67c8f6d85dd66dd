"""Farspan beside its peers: one command, real texts, the same work on every side. Never fails by time."""
