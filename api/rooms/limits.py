"""What is refused because it is too much, from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.settings import Settings

if TYPE_CHECKING:
    from ingest.pages import Limits


def limits_of(settings: Settings) -> Limits:
    """Return what is refused because it is too much, as set."""
    from ingest.pages import Limits

    return Limits(
        bytes=settings.max_file_bytes,
        pages=settings.max_pages,
        pixels=settings.max_page_megapixels * 1_000_000,
        characters=settings.max_page_characters,
        page_seconds=settings.page_seconds,
        call_seconds=settings.call_seconds,
        convert_seconds=settings.convert_seconds,
        memory=settings.worker_memory_mb * 2**20,
        unpacked_bytes=settings.max_unpacked_mb * 2**20,
    )
