"""The HTTP API, one file a resource, all under ``/v1``."""
