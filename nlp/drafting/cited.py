"""Cited documents in a draft: their full names, and the newer one where the store knows that one took their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from corpus.facts import Citation, Relation
from corpus.text import squeeze
from nlp.drafting.dates import long, short
from nlp.drafting.draft import Act, Change
from nlp.drafting.marks import Marks
from nlp.drafting.office import Newer, Register
from nlp.words.folding import folded
from nlp.words.phrases import whole_numbers
from nlp.words.vocabulary import table

#: What a draft stands on, and how it says so.
BASES = (Relation.IMPLEMENTS, Relation.BASED_ON)
_ACT = re.compile(r"(?:phe duyet|ban hanh|quy dinh|huong dan|sua doi|cong bo|thong qua|giao)(?!\w)")
_QUOTED = re.compile(r"^[^“”]*“[^”]*”(?: \(sau đây gọi (?:tắt )?là [^)]+\))?")
#: A subject that goes on after so many characters is cut at its first clause.
_LONG = 260
#: A subject that is put into a sentence is no longer.
_SHORT = 160


def written(citation: Citation) -> str:
    """Return a citation's words on one line, its number whole."""
    return whole_numbers(squeeze(citation.evidence.surface))


def full_name(citation: Citation) -> str:
    """Return kind, number, date, office and subject of a cited document, as far as the text tells them."""
    name = written(citation)
    if citation.date and "ngày" not in name:
        name = f"{name} ngày {long(date.fromisoformat(citation.date))}"
    if citation.issuer and " của " not in name and not name.startswith(("Luật", "Bộ luật", "Hiến pháp")):
        name = f"{name} của {citation.issuer}"
    subject = subject_of(citation)
    return f"{name} {subject}".strip()


def subject_of(citation: Citation) -> str:
    """Return a cited document's subject as it follows its name: "phê duyệt …", "về …"; "" where it is not told."""
    subject = squeeze(citation.subject or "")
    for row in table("drafting")["beyond"]:
        subject = re.split(row["pattern"], subject, maxsplit=1)[0]
    quoted = _QUOTED.match(subject)
    if quoted is not None:
        subject = quoted[0]
    elif len(subject) > _LONG:
        subject = re.split(r"[,;]\s", subject, maxsplit=1)[0]
    if not subject:
        return ""
    return subject if _ACT.match(folded(subject)) else f"về {subject}"


def bases(citations: Sequence[Citation], relation: Relation) -> Iterator[Citation]:
    """Yield the documents that an opening stands on in one way, each once."""
    seen: set[str] = set()
    for citation in citations:
        if citation.relation is relation and citation.number not in seen:
            seen.add(citation.number)
            yield citation


def newer_name(newer: Newer, *, whole: bool) -> str:
    """Return how a document that took another's place is cited; ``whole``: with office and subject."""
    name = f"{newer.doc_type or 'Văn bản'} số {newer.number}"
    if newer.date:
        name = f"{name} ngày {long(date.fromisoformat(newer.date))}"
    if whole and newer.issuer:
        name = f"{name} của {newer.issuer}"
    if whole and newer.subject:
        about = (
            newer.subject if newer.subject.split(" ")[0].isupper() else newer.subject[:1].lower() + newer.subject[1:]
        )
        name = f"{name} {about if _ACT.match(folded(about)) else f'về {about}'}"
    return name


def twice_dated(citations: Sequence[Citation]) -> dict[str, list[str]]:
    """Return the documents that a directive cites with two dates, by number, with these ISO dates in order."""
    found: dict[str, list[str]] = {}
    for citation in citations:
        if citation.date and citation.date not in found.setdefault(citation.number, []):
            found[citation.number].append(citation.date)
    return {number: days for number, days in found.items() if len(days) > 1}


def _other_day(citation: Citation, twice: Mapping[str, list[str]]) -> bool:
    """Tell whether a citation bears another day than the one with which its document was cited first."""
    return citation.date is not None and citation.number in twice and citation.date != twice[citation.number][0]


def filled(
    text: str, citations: Sequence[Citation], pool: Sequence[Citation], cited: set[str]
) -> tuple[str, list[Change]]:
    """Return a text in which a document that is cited for the first time bears its date, office and subject where
    another place of the source, or an earlier directive, tells them. ``cited`` are the numbers met so far."""
    changes: list[Change] = []
    for citation in citations:
        words = written(citation)
        if citation.number in cited or words not in text or citation.provision:
            continue
        cited.add(citation.number)
        known = [c for c in pool if c.number == citation.number and (not citation.date or c.date == citation.date)]
        best = max(known, key=lambda c: (bool(subject_of(c)), bool(c.date)), default=None)
        if best is None or citation.subject or not 0 < len(subject_of(best)) <= _SHORT:
            continue
        name = words
        if "ngày" not in words and best.date:
            name = f"{name} ngày {short(date.fromisoformat(best.date))}"
        if " của " not in words and best.issuer:
            name = f"{name} của {best.issuer}"
        name = f"{name} {subject_of(best)}"
        place = f"trang {best.evidence.page}, dòng {best.evidence.line}"
        changes.append(Change(Act.CITED, words, name, f"lần đầu viện dẫn ghi đủ, theo {place} của văn bản nguồn"))
        text = text.replace(words, name, 1)
    return text, changes


def undated(
    text: str, citations: Sequence[Citation], twice: Mapping[str, list[str]], marks: Marks
) -> tuple[str, list[Change]]:
    """Return a text in which a document that the source dates in two ways stands without its second date, and is asked
    about: which of both is right nobody can tell from the text."""
    changes: list[Change] = []
    for citation in citations:
        words = written(citation)
        if not _other_day(citation, twice) or words not in text:
            continue
        days = " và ".join(short(date.fromisoformat(day)) for day in twice[citation.number])
        question = f"Bộ ghi ngày của {citation.number} là {days}; ngày nào đúng?"
        name = f"{citation.doc_type or 'Văn bản'} số {citation.number}"
        changes.append(Change(Act.CITED, words, name, "Bộ ghi hai ngày khác nhau"))
        text = text.replace(words, f"{name} {marks.put('[ngày ban hành]', question)}", 1)
    return text, changes


def swapped(
    text: str, citations: Sequence[Citation], register: Register, on: str, marks: Marks
) -> tuple[str, list[Change]]:
    """Return a text in which replaced documents give way to those in force; of a provision it is asked where it is."""
    changes: list[Change] = []
    for citation in citations:
        newer = register.replaced_by(citation, on)
        words = written(citation)
        if newer is None or words not in text:
            continue
        why = f"{citation.number} đã được thay thế bởi {newer.number}"
        if citation.provision:
            mark = marks.put(f"[{words}]", f"{why}; quy định được viện dẫn nay ở đâu?")
            changes.append(Change(Act.CITED, words, f"[{words}]", why))
            text = text.replace(words, mark, 1)
            continue
        name = newer_name(newer, whole=" của " in words)
        changes.append(Change(Act.CITED, words, name, why))
        text = text.replace(words, name, 1)
    return text, changes
