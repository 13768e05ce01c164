"""The times that end a duty."""
