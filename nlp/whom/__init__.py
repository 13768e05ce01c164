"""Who acts, for which schools, to whom and through whom."""
