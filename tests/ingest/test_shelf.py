"""Pages that are kept while a file is read, so that reading it again begins after them."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.document import Page
from corpus.errors import DamagedFileError
from ingest import pipeline
from ingest.pipeline import ReadOptions, read

TEXT = "\f".join(f"Trang {number}: các trường trung học phổ thông gửi báo cáo về Sở." for number in (1, 2, 3)).encode()


class Shelf:
    """Pages by number."""

    def __init__(self) -> None:
        self.pages: dict[int, Page] = {}

    def get(self, number: int) -> Page | None:
        return self.pages.get(number)

    def put(self, page: Page) -> None:
        self.pages[page.number] = page


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_on_the_shelf_are_not_read_again_and_failed_ones_are(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    shelf, seen = Shelf(), []
    real = pipeline._read_page
    broken = True

    def watched(opened: Any, raw: Any, options: ReadOptions) -> Page:
        seen.append(raw.number)
        if broken and raw.number == 2:
            raise DamagedFileError("Trang hỏng.")
        return real(opened, raw, options)

    monkeypatch.setattr(pipeline, "_read_page", watched)
    first = read(TEXT, "ba trang.txt", options=ReadOptions(shelf=shelf, jobs=jobs))
    assert [page.number for page in first.failed_pages] == [2] and sorted(shelf.pages) == [1, 3]
    broken = False
    second = read(TEXT, "ba trang.txt", options=ReadOptions(shelf=shelf, jobs=jobs))
    assert sorted(seen) == [1, 2, 2, 3] and not second.failed_pages
    assert second == read(TEXT, "ba trang.txt"), "as if it had been read in one go"
