"""Checking the layout and wording of drafts: read, see how it is set, ask the rules. Nothing is stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.usecases.adding import from_path
from corpus.errors import BadInputError, CongvanError, ExitCode, LimitError, NotFoundError
from corpus.facts import Citation
from nlp.lint.finding import Finding, Level, Report

if TYPE_CHECKING:
    from api.library import Library
    from api.seams import Graph, Progress

#: What a server gives to reading one file that somebody waits for, in seconds: drafts are not scans of many pages.
PATIENCE = 90.0


@dataclass(frozen=True)
class Checked:
    """A file that was checked: its name and number, and what was found; ``error`` where it could not be read."""

    source: str
    number: str | None = None
    report: Report | None = None
    error: CongvanError | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as plain data."""
        if self.report is None:
            return {"source": self.source, "number": None, "error": str(self.error)}
        return {"source": self.source, "number": self.number, "error": None, **self.report.as_dict()}


def check(library: Library, data: bytes, source: str, progress: Progress | None = None) -> Checked:
    """Check one file. Raises what reading it raises."""
    from api.rooms.limits import limits_of
    from ingest.looks import typeset
    from nlp.lint.lint import lint

    document, facts = library.extract(data, source, progress)
    setting = typeset(data, document, limits_of(library.settings))
    store = Stored(library.graph()) if library.has_store() else None
    report = lint(document, facts, setting, today=library.today(), store=store)
    return Checked(source, facts.header.number, report)


def check_paths(
    library: Library, paths: Sequence[Path], progress: Callable[[str, int, int], None] | None = None
) -> list[Checked]:
    """Check files one after the other; one that cannot be read is a row with its error. Raises for a single one."""
    found = []
    for path in paths:
        incoming = from_path(path)
        tell = None if progress is None else _telling(progress, incoming.source)
        try:
            found.append(check(library, incoming.fetch(), incoming.source, tell))
        except CongvanError as error:
            if len(paths) == 1:
                raise
            found.append(Checked(incoming.source, error=error))
    return found


def _telling(progress: Callable[[str, int, int], None], source: str) -> Progress:
    return lambda page, pages: progress(source, page, pages)


def check_upload(library: Library, data: bytes, source: str) -> Checked:
    """Check a file that somebody waits for. Raises LimitError where reading it takes too long."""
    if not data:
        raise BadInputError("Chưa chọn tệp nào.", "Hãy chọn một tệp DOCX hoặc PDF.")
    until = time.monotonic() + PATIENCE

    def patient(page: int, pages: int) -> None:
        if time.monotonic() > until and page < pages:
            raise LimitError(
                f"Đọc tệp quá {PATIENCE:.0f} giây (đã đọc {page}/{pages} trang).",
                "Hãy kiểm tra bản DOCX hoặc PDF chưa in ra giấy, hoặc dùng lệnh congvan lint trên máy.",
            )

    return check(library, data, source, patient)


def exit_code(rows: Sequence[Checked]) -> ExitCode:
    """Return the exit code: what must or should be put right, and files that failed, give 3; advice does not."""
    good = all(row.report is not None and row.report.clean for row in rows)
    return ExitCode.OK if good else ExitCode.SOME_FAILED


def by_level(report: Report) -> Iterator[tuple[Level, list[Finding]]]:
    """Yield the levels that have findings, the heaviest first, each with its findings in reading order."""
    for level in Level:
        rows = [finding for finding in report.findings if finding.rule.level is level]
        if rows:
            yield level, rows


class Stored:
    """What the store's graph knows of replaced documents."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def replaced_by(self, citation: Citation, on: str) -> tuple[str, ...]:
        """Return the numbers of the documents that had replaced a cited one by an ISO day."""
        # a number without year and office may be several documents: only its key names the one that is meant
        if citation.key.endswith("|?"):
            return ()
        try:
            found = self._graph.around(citation.key, on)
        except NotFoundError:
            return ()
        return tuple(found["replaced_by"]) if found["in_force"] is False else ()
