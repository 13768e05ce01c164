"""A directive prepared for its page: lines, restored words and marks agree with the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.web.reading import reading
from corpus.document import Document, Edit, Page
from corpus.facts import Deadline, Facts, Header, evidence

LETTERS = st.text(alphabet="abc \n", max_size=60)


@given(
    st.lists(LETTERS, min_size=1, max_size=3), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6)), max_size=5)
)
def test_lines_hold_the_whole_text(texts: list[str], wanted: list[tuple[int, int]]) -> None:
    pages = []
    for number, text in enumerate(texts, 1):
        edits, at = [], 0
        for start, length in sorted(wanted):
            start, end = max(at, start), min(len(text), start + length)
            if start < end:
                edits.append(Edit(start, end, "x", 0.5))
                at = end
        pages.append(Page(number, text, edits=tuple(edits)))
    view = reading(Document("0" * 64, "a.txt", "text/plain", tuple(pages)), Facts(Header()))
    for page, shown in zip(pages, view.pages, strict=True):
        lines = ["".join(run.text for run in line.runs) for line in shown.lines]
        assert "\n".join(lines) == page.text
        restored = "".join(run.text for line in shown.lines for run in line.runs if run.edit)
        assert restored == "".join(page.text[e.start : e.end] for e in page.edits).replace("\n", "")


def test_a_fact_over_two_pages_names_its_lines() -> None:
    document = Document("0" * 64, "a.txt", "text/plain", (Page(1, "a\nnộp báo"), Page(2, "cáo trước\nb", first_line=3)))
    start, end = document.text.index("nộp"), document.text.index("\nb")
    found = evidence(document, start, end, "test")
    facts = Facts(Header(), deadlines=(Deadline(found, found, "nộp báo cáo", None, "trước", ()),))
    view = reading(document, facts, selected="d0")
    assert view.deadlines[0].places == "1-2 2-3"
    on = [(p.page.number, line.number) for p in view.pages for line in p.lines if line.on]
    assert on == [(1, 2), (2, 3)]
