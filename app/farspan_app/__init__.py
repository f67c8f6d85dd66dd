"""The front ends of Farspan: the command and the window."""
