"""What the check of layout and wording found, for the terminal, programs and the page."""
