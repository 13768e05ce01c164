"""The nightly run (``congvan nightly``): new files from the sources, through all stages, with a report."""
