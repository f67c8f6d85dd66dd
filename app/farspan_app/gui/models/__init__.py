"""Qt item models over columns of the engine."""
