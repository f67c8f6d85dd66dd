"""Relations by distant supervision: pairs of linked mentions that a knowledge base knows."""
