"""Keeping what an office has: backup and the way back, the check, export and import."""
