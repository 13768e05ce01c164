"""The text of every sample, page by page and line by line, as its source has it."""

from __future__ import annotations

import pytest

from corpus.document import BlockKind, Decision
from corpus.samples.builder import build_pdf
from corpus.samples.gold import build_gold
from corpus.samples.layout import lay_out
from corpus.samples.source import load, names
from ingest.pipeline import ReadOptions, read


@pytest.mark.parametrize("name", names())
def test_a_digital_sample_reads_as_its_source(name: str) -> None:
    sheets = lay_out(source := load(name))
    document = read(build_pdf(source, sheets, "digital"), f"{name}.pdf", options=ReadOptions())
    assert [page.text for page in document.pages] == build_gold(source, sheets)["pages"]
    assert {page.decision for page in document.pages} == {Decision.KEEP}
    kinds = [block.kind for page in document.pages for block in page.blocks]
    assert kinds[0] is BlockKind.LETTERHEAD
    assert kinds.count(BlockKind.RECIPIENTS) == kinds.count(BlockKind.SIGNATURE) == 1
