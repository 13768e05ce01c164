"""The check on one screen: is it a document of this kind, then every rule over the same view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from corpus.document import Document
from corpus.facts import Facts
from corpus.layout30 import OTHER_TYPES
from corpus.typeset import Typeset
from nlp.lint import content, foot, head, look, page, parts, text
from nlp.lint.content import InForce
from nlp.lint.finding import Finding, Report
from nlp.lint.view import View

Check = Callable[[View], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    parts.missing, parts.subject, parts.foot, parts.misplaced,
    head.nation, head.number, head.dated, head.about,
    text.to, text.base_marks, text.end_mark, text.order,
    foot.recipients, foot.power, foot.signer,
    content.conflicts, content.first_citations, content.ended, content.abbreviations, content.gaps,
)  # fmt: skip

#: Those that look at letters, lines and paper.
SETTING: tuple[Check, ...] = (
    look.parts, look.aligned, look.ruled, look.body_letters,
    page.paper, page.numbers, page.indents, page.gaps, page.spacing,
)  # fmt: skip

#: Below this confidence a text is no directive at all.
_LEAST_CONFIDENCE = 0.12
#: With fewer of its parts a text is none, whatever else was read from it.
_LEAST_PARTS = 3
_LEGAL = ("Luật", "Bộ luật", "Pháp lệnh", *OTHER_TYPES.values())


def lint(document: Document, facts: Facts, typeset: Typeset, *, today: date, store: InForce | None = None) -> Report:
    """Check a document. ``typeset`` is how it is set, ``today`` stands for its day where it bears none, ``store``
    tells which cited documents were replaced.

    Text without the parts of a directive gives one finding that says so. Findings are in reading order, those about
    the whole document first.
    """
    view = View(document, facts, typeset, today)
    notes = tuple(typeset.notes)
    if not _is_directive(view):
        what = "Tệp không giống một văn bản hành chính: không có số ký hiệu, tên cơ quan, tên loại hay Kính gửi."
        fix = "Hãy kiểm tra lại tệp; chỉ kiểm tra được công văn, kế hoạch, quyết định, thông báo, báo cáo …"
        return Report(tuple(view.found("scope.no-directive", what, fix)), notes)
    other = tuple(_other_rules(view))
    if other:
        return Report((*other, *content.ended(view)), notes)
    found = [finding for check in CHECKS for finding in check(view)]
    found += content.replaced(view, store)
    if typeset.settings or typeset.papers:
        found += [finding for check in SETTING for finding in check(view)]
    return Report(tuple(sorted(_once(found), key=_order)), notes)


def _is_directive(view: View) -> bool:
    return len(view.parts) >= _LEAST_PARTS or (bool(view.parts) and view.facts.confidence >= _LEAST_CONFIDENCE)


def _other_rules(view: View) -> Iterator[Finding]:
    """Yield the finding that a document follows other rules: laws and circulars, papers of the Party."""
    number = view.number
    kind = view.facts.header.doc_type
    party = number is not None and number.party
    if kind in _LEGAL or party:
        law = "văn bản của Đảng" if party else "văn bản quy phạm pháp luật"
        what = f"Đây là {law}, có quy định trình bày riêng; thể thức không được kiểm tra theo Nghị định 30/2020/NĐ-CP."
        yield from view.found("scope.other-rules", what, "Kiểm tra theo quy định riêng của loại văn bản này.")


def _once(found: list[Finding]) -> list[Finding]:
    """Return findings without repeats: the same of one rule at several places is said once, with their number."""
    kept: dict[tuple[str, str, str], Finding] = {}
    for finding in found:
        key = (finding.rule.id, finding.what, finding.fix)
        if key in kept:
            kept[key] = replace(kept[key], count=kept[key].count + finding.count)
        else:
            kept[key] = finding
    return list(kept.values())


def _order(finding: Finding) -> tuple[int, str]:
    return (-1 if finding.evidence is None else finding.evidence.start), finding.rule.id
