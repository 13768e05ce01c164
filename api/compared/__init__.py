"""A comparison for people and programs: Vietnamese sentences, JSON, Word."""
