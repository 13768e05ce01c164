"""What a draft says of itself in Vietnamese: sources, changes, and where a paragraph comes from."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.drafting.draft import Act, Change, Gap, Source

#: How an act is named before what was changed.
ACTS = {
    Act.ACTOR: "Đơn vị",
    Act.RECIPIENT: "Nơi nhận",
    Act.CONTACT: "Liên hệ",
    Act.DAY: "Hạn",
    Act.CITED: "Viện dẫn",
    Act.UNIT: "Tên đơn vị",
    Act.SPLIT: "Tách",
    Act.SHORT: "Viết tắt",
    Act.LABEL: "Số thứ tự",
    Act.LEFT_OUT: "Bỏ",
    Act.TAKEN: "Lấy cách viết",
}
_LONG = 160


def place_of(source: Source) -> str:
    """Return where words come from: "4118/BGDĐT-GDTC, mục III.2, trang 3, dòng 1"."""
    parts = [source.name]
    if source.item:
        parts.append(f"mục {source.item}")
    if source.page is not None:
        parts.append(f"trang {source.page}")
    if source.line is not None and source.page is not None:
        parts.append(f"dòng {source.line}")
    return ", ".join(parts)


def change_line(change: Change) -> str:
    """Return what was changed: "Hạn: trước ngày 30/9/2022 → trước ngày 21/9/2022 (sớm hơn 7 ngày làm việc)"."""
    before, after = _cut(change.before), _cut(change.after)
    if before and after:
        body = f"{before} → {after}"
    elif after:
        body = f"thêm “{after}”"
    else:
        body = f"bỏ “{before}”"
    why = f" ({change.why})" if change.why else ""
    return f"{ACTS[change.act]}: {body}{why}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]} …"


def comment_of(sources: Sequence[Source], changes: Sequence[Change], gaps: Sequence[Gap] = ()) -> str:
    """Return the comment of a paragraph: sources, changes, questions, a line each."""
    lines = [f"Nguồn: {'; '.join(dict.fromkeys(place_of(source) for source in sources))}."]
    told = list(dict.fromkeys(change_line(change) for change in changes))
    lines += [f"Đã sửa – {line}." for line in told] or ["Giữ nguyên văn."]
    lines += [f"Cần điền: {gap.question}" for gap in dict.fromkeys(gaps)]
    return "\n".join(lines)
