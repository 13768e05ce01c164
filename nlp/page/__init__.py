"""From lines to items: zones, labels, tables, portal text, the marks of a line."""
