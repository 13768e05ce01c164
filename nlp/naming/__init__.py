"""How units, offices, recipients, numbers and days are named in text."""
