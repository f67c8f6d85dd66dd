"""Knowledge bases: names and triples out of dumps, vocabularies and tables."""
