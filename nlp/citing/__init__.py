"""Cited documents: their day, their relation, which one is meant."""
