"""Judging a project: what to read, what was found, what it says, and which rule would mend it."""
