"""Duties put together: dated and undated, with a task that can be read alone."""
