"""People and programs: settings, the use cases, the command line, the HTTP API and the pages."""
