"""Letterhead and sign-off as fields."""
