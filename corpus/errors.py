"""The one exception tree: each error knows its exit code, its HTTP status and what the user can do.

Messages are Vietnamese, because they are shown to office staff as they are. The exit codes are an interface
that scripts rely on; README.md lists them.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Process exit codes of the ``congvan`` command."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    SOME_FAILED = 3
    NOT_FOUND = 4
    MISSING_DEPENDENCY = 5
    BUSY = 6
    BAD_INPUT = 7


class CongvanError(Exception):
    """Base of all expected errors. ``str(error)`` is one Vietnamese sentence or two: what happened, what to do."""

    exit_code: ExitCode = ExitCode.INTERNAL
    http_status: int = 500

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class BadInputError(CongvanError):
    """A file or an argument that cannot be used as it is."""

    exit_code = ExitCode.BAD_INPUT
    http_status = 422


class UnsupportedFileError(BadInputError):
    """The content is of a kind that is not read, or not what the file name says."""

    http_status = 415


class EncryptedFileError(BadInputError):
    """The file needs a password."""


class DamagedFileError(BadInputError):
    """The file is cut short or broken beyond repair."""


class EmptyFileError(BadInputError):
    """The file has no bytes, no pages or no content."""


class LimitError(BadInputError):
    """A size, page or time limit was passed."""

    http_status = 413


class NotFoundError(CongvanError):
    """No such document, number, page or job in the store."""

    exit_code = ExitCode.NOT_FOUND
    http_status = 404


class NotAllowedError(CongvanError):
    """What is asked for belongs to another office."""

    exit_code = ExitCode.BAD_INPUT
    http_status = 403


class MissingDependencyError(CongvanError):
    """A program, language file or model is not installed; the remedy names the package."""

    exit_code = ExitCode.MISSING_DEPENDENCY
    http_status = 503


class BusyError(CongvanError):
    """Another process holds the store or the index; trying again later helps."""

    exit_code = ExitCode.BUSY
    http_status = 503


class IndexMismatchError(CongvanError):
    """The index on disk was made by another model, schema or tokenizer and must be rebuilt."""

    http_status = 503
