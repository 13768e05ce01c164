"""The real rooms behind the seams: ingest, nlp and index, each imported and loaded when first needed, and once."""
