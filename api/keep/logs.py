"""Log lines as JSON, one an event, for whoever collects the logs of many machines (``CONGVAN_LOG_FORMAT=json``)."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

#: What logs at which level; everything else tells only what is wrong.
_OURS = ("api", "corpus", "index", "ingest", "nlp", "uvicorn.error")


class JsonLines(logging.Formatter):
    """A line: ``at`` (UTC), ``level``, ``logger``, ``message``, and the ``error`` with its way where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; it has no line break in it, whatever is logged."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def as_json(level: int = logging.WARNING) -> None:
    """Write what this program logs to stderr as JSON lines, and nothing in another form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.ERROR, force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
