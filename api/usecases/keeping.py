"""What a batch keeps of its way, so that one that was killed goes on after the last stage that was finished.

``usecases.adding`` tells it; an ordinary ``congvan ingest`` keeps nothing, the nightly run keeps everything.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Protocol

from api.seams import PageShelf, Restorer
from corpus.document import Document
from corpus.errors import CongvanError
from corpus.facts import Facts
from corpus.journal import Stage

if TYPE_CHECKING:
    from api.usecases.adding import Incoming


class Keeper(Protocol):
    """Keeps what the stages made and how far each file is. Called from several threads."""

    def document(self, document_id: str) -> Document | None:
        """Return the document that was read of these bytes before."""
        ...

    def facts(self, document_id: str) -> Facts | None:
        """Return the facts that were found in it before."""
        ...

    def pages(self, document_id: str) -> PageShelf | None:
        """Return where the pages of these bytes are kept as they are read, None for nowhere."""
        ...

    def keep(self, document_id: str, made: Document | Facts) -> None:
        """Keep what a stage made until the directive is stored."""
        ...

    def reached(self, stage: Stage, *ids: str) -> None:
        """Note that files have finished a stage."""
        ...

    def failed(self, file: Incoming, error: Exception) -> None:
        """Note that a file cannot go on, and why."""
        ...

    def unindexed(self, error: CongvanError) -> None:
        """Note that the index could not be brought up to date, and why."""
        ...

    def timed(self, stage: Stage) -> AbstractContextManager[None]:
        """Count the time that is spent inside to a stage."""
        ...

    def watched(self, restorer: Callable[[], Restorer]) -> Callable[[], Restorer]:
        """Return a maker of the same restorer whose time is counted."""
        ...


class KeepNothing:
    """See ``Keeper``: for a person who waits in front of the screen and starts again by hand."""

    def document(self, document_id: str) -> Document | None:
        """Nothing was kept."""
        return None

    def facts(self, document_id: str) -> Facts | None:
        """Nothing was kept."""
        return None

    def pages(self, document_id: str) -> PageShelf | None:
        """Pages are not kept."""
        return None

    def keep(self, document_id: str, made: Document | Facts) -> None:
        """Let it go."""

    def reached(self, stage: Stage, *ids: str) -> None:
        """Let it go."""

    def failed(self, file: Incoming, error: Exception) -> None:
        """Let it go: the file's row tells the reason."""

    def unindexed(self, error: CongvanError) -> None:
        """Let it go: the next search tries again."""

    def timed(self, stage: Stage) -> AbstractContextManager[None]:
        """Count nothing."""
        return nullcontext()

    def watched(self, restorer: Callable[[], Restorer]) -> Callable[[], Restorer]:
        """Return the maker itself."""
        return restorer


NOTHING: Keeper = KeepNothing()
