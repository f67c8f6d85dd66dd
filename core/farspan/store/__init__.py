"""The project file: everything a person did and what the machine found, in one SQLite file."""
