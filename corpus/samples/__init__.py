"""Sample directives: sources (YAML), the builder that draws them as PDFs, and their gold. See README.md."""
