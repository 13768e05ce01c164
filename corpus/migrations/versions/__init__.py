"""One file a version of the tables, in order; what has been given out is never changed."""
