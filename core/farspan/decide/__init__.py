"""Which candidates are kept, and why."""
