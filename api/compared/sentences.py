"""What a comparison says in Vietnamese: names of kinds, changed facts in a line, a summary to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from api import wording
from nlp.compare.comparison import CitationChange, Comparison, FactChange, Fate, Kind, Row, What

KINDS = {
    Kind.SAME: "giữ nguyên",
    Kind.REWORDED: "sửa lời",
    Kind.MOVED: "chuyển chỗ",
    Kind.SPLIT: "tách mục",
    Kind.MERGED: "gộp mục",
    Kind.NEW: "mới",
    Kind.DROPPED: "bỏ",
    Kind.TAKEN_OVER: "đã triển khai",
    Kind.LEFT_OUT: "chưa nêu",
    Kind.ADDED: "thêm riêng",
}
#: Filters of the page and of the command: code, name, kinds; "dates" is asked of the facts.
FILTERS: dict[str, tuple[str, frozenset[Kind]]] = {
    "same": ("Giữ nguyên", frozenset({Kind.SAME})),
    "changed": (
        "Có thay đổi",
        frozenset({Kind.REWORDED, Kind.MOVED, Kind.SPLIT, Kind.MERGED, Kind.TAKEN_OVER}),
    ),
    "new": ("Mới", frozenset({Kind.NEW, Kind.ADDED})),
    "dropped": ("Bỏ", frozenset({Kind.DROPPED, Kind.LEFT_OUT})),
}
FACTS = {
    What.DUE: "hạn",
    What.TARGET: "mức",
    What.RECIPIENT: "nơi nhận",
    What.VIA: "gửi qua",
    What.ACTOR: "đơn vị thực hiện",
    What.LEVELS: "cấp học",
}
FIELDS = {"addressees": "Kính gửi", "recipients": "Nơi nhận"}
_NONE = "không nêu"


def name_of(row: Row) -> str:
    """Return what became of a row's items, with what else is to be known of it."""
    name = KINDS[row.kind]
    if row.kind is Kind.REWORDED and not row.words:
        name = "viết lại"
    if row.moved and row.kind is not Kind.MOVED:
        name += ", chuyển chỗ"
    return name if row.certain else f"{name} (chưa chắc)"


def chosen(row: Row, name: str) -> bool:
    """Tell whether a row is shown under a filter; a row whose days changed is a changed one, too."""
    if name not in FILTERS:
        return True
    if name == "changed":
        return row.kind in FILTERS[name][1] or (row.kind is Kind.SAME and row.changed)
    return row.kind in FILTERS[name][1] and not (name == "same" and row.changed)


def side_of(fact: FactChange, *, old: bool) -> str:
    """Return one side of a changed fact as people write it."""
    value = fact.old if old else fact.new
    if not value:
        return _NONE
    if fact.what is What.DUE:
        return wording.day(value)
    if fact.what is What.ACTOR:
        return ", ".join(wording.actor(code) for code in value.split(","))
    if fact.what is What.LEVELS:
        return ", ".join(wording.LEVELS.get(code, code) for code in value.split(","))
    return value


def note_of(fact: FactChange) -> str:
    """Return what is to be said beside a changed day: earlier or later by how many days; "" for nothing."""
    if fact.days is None:
        return ""
    if fact.earlier is not None:
        if fact.days == 0:
            return "trùng hạn của cấp trên"
        return f"trước hạn của cấp trên {-fact.days} ngày" if fact.earlier else f"SAU hạn của cấp trên {fact.days} ngày"
    if fact.yearly:
        return "cùng ngày, khác năm"
    return ""


def fact_line(fact: FactChange) -> str:
    """Return a changed fact as one line: "hạn: 24/12/2021 → 20/12/2022"."""
    note = note_of(fact)
    line = f"{FACTS[fact.what]}: {side_of(fact, old=True)} → {side_of(fact, old=False)}"
    return f"{line} ({note})" if note else line


def citation_line(change: CitationChange) -> str:
    """Return what became of a citation as one line."""
    if change.fate is Fate.REPLACED:
        sure = "" if change.certain else " (có thể; cần kiểm tra)"
        return f"{change.old} → {change.new}{sure}"
    return change.new or change.old or ""


def summary(comparison: Comparison) -> list[str]:
    """Return what a reader wants to know first, a sentence each."""
    if not comparison.related:
        return [comparison.note]
    found = [comparison.note] if comparison.note else []
    found += list(_items(comparison))
    days = [fact for _, fact in comparison.facts(What.DUE)]
    if comparison.levels:
        found += list(_levels(comparison, days))
    else:
        real = [fact for fact in days if not fact.yearly]
        if days:
            rest = len(days) - len(real)
            tail = f"; {rest} hạn giữ nguyên ngày, chỉ đổi năm" if rest else ""
            found.append(f"{len(real)} hạn thay đổi{tail}.")
        else:
            found.append("Không có hạn nào thay đổi hoặc hai văn bản không ghi hạn.")
        others = {what: len(comparison.facts(what)) for what in What if what is not What.DUE}
        told = [f"{count} chỗ đổi {FACTS[what]}" for what, count in others.items() if count]
        found += [f"{', '.join(told)}.".capitalize()] if told else []
    found += list(_citations(comparison))
    return found


def _items(comparison: Comparison) -> Iterator[str]:
    counts = comparison.counts()
    names = ", ".join(f"{count} {KINDS[kind]}" for kind, count in counts.items())
    sides = ("cấp trên", "cấp dưới") if comparison.levels else ("văn bản trước", "văn bản sau")
    count = (len(comparison.old.items), len(comparison.new.items))
    yield f"{count[0]} mục của {sides[0]} so với {count[1]} mục của {sides[1]}: {names}."


def _levels(comparison: Comparison, days: list[FactChange]) -> Iterator[str]:
    late = [fact for fact in days if fact.earlier is False and fact.days]
    same = [fact for fact in days if fact.days == 0]
    early = len(days) - len(late) - len(same)
    yield (
        f"{early} hạn của cấp dưới đứng trước hạn của cấp trên, {len(same)} trùng, {len(late)} đứng sau."
        if days
        else "Không có hạn nào để đối chiếu giữa hai cấp."
    )
    open_days = [
        d for row in comparison.rows if row.kind is Kind.LEFT_OUT for p in row.old for d in p.deadlines if d.due
    ]
    if open_days:
        told = "; ".join(f"{wording.day(d.due)}: {d.task[:80]}" for d in open_days[:5])
        yield f"Hạn của cấp trên mà văn bản cấp dưới chưa nêu: {told}."


def _citations(comparison: Comparison) -> Iterator[str]:
    for fate, name in (
        (Fate.REPLACED, "Viện dẫn được thay"),
        (Fate.ADDED, "Viện dẫn thêm"),
        (Fate.DROPPED, "Viện dẫn bỏ"),
    ):
        rows = [citation_line(change) for change in comparison.citations if change.fate is fate]
        if rows and not (comparison.levels and fate is Fate.DROPPED):
            yield f"{name} ({len(rows)}): {'; '.join(rows)}."
