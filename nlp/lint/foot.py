"""Rules about what stands under the body: Nơi nhận, quyền hạn, chức vụ, họ tên."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts import IssuerLevel
from corpus.layout30 import POWERS
from corpus.text import squeeze
from nlp.lint.finding import Finding
from nlp.lint.view import View
from nlp.page.lines import Line
from nlp.page.marks import AS_ABOVE, BULLET, RECIPIENTS, is_upper
from nlp.page.positions import Position, deputy_of, position_in
from nlp.page.scraps import name_in
from nlp.page.zones import Zone
from nlp.words.folding import folded, pattern

_ARCHIVE = re.compile(r"[-–]\s?Lưu:\s?VT(?:, [^;]+)?\.")
_FILED = pattern(r"(?<!\w)luu(?!\w)")
#: A power as it must be written, and as it is written wrongly: "KT", "K/T", "T.M", "TM:".
_RIGHT_MARK = re.compile(rf"(?:{'|'.join(re.escape(power.mark) for power in POWERS)})\s")
_ANY_MARK = re.compile(
    r"(?P<mark>K\s?[./]?\s?T|T\s?[./]?\s?M|T\s?[./]?\s?L|T\s?[./]?\s?U\s?[./]?\s?Q|Q)\s?[.:,/]?\s+(?=[A-ZĐỦỶ]{2})"
)
_BODIES = pattern(r"uy ban|ubnd|hoi dong|hdnd|ban |dang uy|chi bo|thuong truc|cong doan|doan|hoi |doan truong")
_HONOURS = re.compile(r"^(?:GS|PGS|TS|ThS|Th\.S|T\.S|CN|BS|NGƯT|NGND|KS|Tiến sĩ|Thạc sĩ)(?:[.,\s]|$)")


def _rows(view: View) -> list[tuple[Line, int, int]]:
    """Return the lines of Nơi nhận: each line with the stretch of it that is a recipient."""
    lines = view.zoned.of(Zone.SIGNOFF)
    head = next((k for k, line in enumerate(lines) if RECIPIENTS.match(line.fold)), None)
    if head is None:
        return []
    found = []
    for line in lines[head + 1 :]:
        end = len(line.text)
        title = position_in(line.text)
        if title is not None and BULLET.match(line.text) and title.start > 3:
            end = title.start
        if BULLET.match(line.text):
            found.append((line, 0, len(line.text[:end].rstrip())))
    return found


def recipients(view: View) -> Iterator[Finding]:
    """Yield what is wrong with the list of recipients."""
    rows = _rows(view)
    if not rows:
        return
    line, _, end = rows[0]
    first = squeeze(line.text[:end])
    as_above = AS_ABOVE.match(folded(first)) is not None and "tren" in folded(first)
    if view.is_letter and "to" in view.parts and not as_above:
        yield from view.found(
            "recipients.above", "Công văn có Kính gửi thì dòng đầu của Nơi nhận là “- Như trên;”.",
            "Ghi “- Như trên;” ở dòng đầu.", line.start, line.end,
        )  # fmt: skip
    head = view.parts.get("recipients_head")
    if head is not None and not head.text.endswith(":"):
        yield from view.at("recipients.marks", head, "Sau “Nơi nhận” không có dấu hai chấm.", "Ghi “Nơi nhận:”.")
    yield from _archive(view, rows)
    entries = _whole(view, rows)
    for k, (start, stop, text) in enumerate(entries):
        if _FILED.search(folded(text)):
            continue
        last = k + 1 == len(entries)
        mark = "." if last else ";"
        if not text.endswith(mark) and not (last and text.endswith(";")):
            yield from view.found(
                "recipients.marks", f"Cuối dòng “{text}” phải là dấu “{mark}”.",
                f"Ghi “{text.rstrip(' .;,')}{mark}”.", start, stop,
            )  # fmt: skip


def _whole(view: View, rows: list[tuple[Line, int, int]]) -> list[tuple[int, int, str]]:
    """Return the recipients with what goes on in the lines under their first."""
    lines = view.zoned.of(Zone.SIGNOFF)
    starts = {line.start for line, _, _ in rows}
    found: list[tuple[int, int, str]] = []
    for line, begin, end in rows:
        text, stop = line.text[begin:end], line.start + end
        at = next(k for k, one in enumerate(lines) if one.start == line.start)
        for after in lines[at + 1 :]:
            name = name_in(after.text, alone=True)
            own = after.start in starts or position_in(after.text) is not None or is_upper(after.text)
            if own or name is not None or text.rstrip().endswith((";", ".")) or not _goes_on(after.text):
                break
            text, stop = f"{text} {after.text}", after.end
        found.append((line.start, stop, squeeze(text)))
    return found


def _goes_on(text: str) -> bool:
    """Tell whether a line without a dash is the rest of the recipient above it."""
    return text[:1].islower() or text[:1] in "(/&"


def _archive(view: View, rows: list[tuple[Line, int, int]]) -> Iterator[Finding]:
    filed = [k for k, (line, _, end) in enumerate(rows) if _FILED.search(folded(line.text[:end]))]
    line, _, end = rows[filed[-1]] if filed else rows[-1]
    text = squeeze(line.text[:end])
    if not filed:
        yield from view.found(
            "recipients.archive", "Nơi nhận không có dòng lưu.", "Thêm dòng cuối “- Lưu: VT, <đơn vị soạn thảo>.”.",
            line.start, line.end,
        )  # fmt: skip
    elif filed[-1] + 1 != len(rows):
        yield from view.found(
            "recipients.archive", "Dòng lưu phải là dòng cuối của Nơi nhận.", f"Chuyển “{text}” xuống cuối.",
            line.start, line.start + end,
        )  # fmt: skip
    elif not _ARCHIVE.fullmatch(text):
        yield from view.found(
            "recipients.archive", f"Dòng lưu ghi là “{text}”.", "Ghi “- Lưu: VT, <đơn vị soạn thảo>.”.",
            line.start, line.start + end,
        )  # fmt: skip


def power(view: View) -> Iterator[Finding]:
    """Yield powers that are written wrongly, and those that do not fit who signs."""
    part = view.parts.get("power")
    if part is None:
        return
    told = [line for line in view.zoned.of(Zone.SIGNOFF) if part.start < line.end and line.start < part.end]
    for line in view.zoned.of(Zone.SIGNOFF):
        if line not in told and _ANY_MARK.match(line.text) is None:
            continue
        at = position_in(line.text)
        # the mark stands before the position: what is left of it in the line
        begin = 0 if at is None else max(0, at.start - 8)
        match = _ANY_MARK.search(line.text, begin)
        if match is None or _RIGHT_MARK.match(line.text, match.start()):
            continue
        letters = re.sub(r"[^A-Z]", "", match["mark"])
        start = line.start + match.start()
        yield from view.found(
            "power.mark", f"Quyền hạn ký ghi là “{match.group().strip()}”.", f"Ghi “{letters}. …”.",
            start, start + len(match.group().rstrip()),
        )  # fmt: skip
    yield from _forms(view, told)


def _forms(view: View, lines: list[Line]) -> Iterator[Finding]:
    rows = [(line, found) for line in lines if (found := position_in(line.text)) is not None]
    leads = [_lead(line, found) for line, found in rows]
    collective = next((line for line in lines if re.search(r"(?<!\w)T\.?/?M\.?\s", line.text)), None)
    for k, (line, found) in enumerate(rows):
        below = rows[k + 1][1] if k + 1 < len(rows) else None
        what = fix = ""
        deputy = deputy_of(found.name)
        if leads[k] == "KT" and deputy is not None and (below is None or below.name != deputy):
            what = f"Ký thay (KT.) {found.name} thì dòng dưới phải là chức vụ cấp phó."
            fix = f"Ghi “KT. {found.name.upper()}” và dòng dưới “{deputy.upper()}”."
        elif leads[k] in ("TL", "TUQ") and below is None:
            what = f"Dưới “{leads[k]}. {found.name.upper()}” phải có chức vụ của người ký."
            fix = f"Thêm chức vụ của người ký dưới “{leads[k]}. {found.name.upper()}”, ví dụ “CHÁNH VĂN PHÒNG”."
        elif leads[k] == "TL" and below is not None and deputy == below.name:
            what, fix = "Cấp phó ký thay (KT.), không ký thừa lệnh (TL.).", f"Ghi “KT. {found.name.upper()}”."
        elif leads[k] == "TM" and deputy is not None:
            what = f"“TM.” chỉ dùng khi thay mặt tập thể, không dùng với {found.name}."
            fix = f"Bỏ “TM.”: ghi “{found.name.upper()}”, hoặc “TM. <tên tập thể>” ở dòng trên."
        elif not leads[k] and k == 0 and found.name.startswith("Phó ") and not _elected(found):
            what = f"{found.name} ký thay người đứng đầu phải có “KT.” ở dòng trên."
            fix = f"Thêm dòng “KT. {found.name[4:].upper()}” phía trên."
        if what and not (collective is line and leads[k] == "TM" and _BODIES.search(line.fold)):
            yield from view.found("power.form", what, fix, line.start + found.start, line.start + found.end)


def _lead(line: Line, found: Position) -> str:
    """Return the power before a position, however it is written."""
    if found.lead:
        return found.lead
    match = _ANY_MARK.search(line.text[: found.start + 2])
    return re.sub(r"[^A-Z]", "", match["mark"]) if match else ""


def _elected(found: Position) -> bool:
    """Tell whether a deputy may sign in a body's name without KT. (phó trưởng ban, phó chủ tịch hội đồng)."""
    return found.name in ("Phó Trưởng ban", "Phó Ban")


def signer(view: View) -> Iterator[Finding]:
    """Yield a signer's name in capitals or with a title before it."""
    part = view.parts.get("signer")
    if part is None:
        return
    line = next((one for one in view.zoned.of(Zone.SIGNOFF) if one.start <= part.start < one.end), None)
    before = line.text[: max(0, part.start - line.start)] if line is not None else ""
    words = before.split()[-1] if before.split() else ""
    if is_upper(part.text):
        yield from view.at("signer.form", part, "Họ và tên người ký in thường.", f"Ghi “{part.text.title()}”.")
    elif _HONOURS.match(words) and view.facts.header.issuer_level is not IssuerLevel.TRUONG:
        yield from view.at(
            "signer.form", part, "Trước họ tên người ký không ghi học hàm, học vị, danh hiệu.",
            f"Ghi “{squeeze(part.text)}”.",
        )  # fmt: skip
