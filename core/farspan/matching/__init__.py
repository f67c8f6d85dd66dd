"""Where names stand in a corpus: every candidate, none decided."""
