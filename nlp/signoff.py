"""Addressees (kính gửi), recipients (nơi nhận), the signer's authority and position, and the signer's name."""

from __future__ import annotations

import re

from corpus.text import is_syllable, squeeze
from nlp.casing import position_case
from nlp.folding import folded
from nlp.lines import Line, join
from nlp.vocabulary import entries, rule_of, table, union
from nlp.zones import AS_ABOVE, BY, DASHES, NAME, RECIPIENTS, TO, Zone, Zoned, bare_name, is_name, is_upper, title_at

_NOTE_MARK = re.compile(r"(?<=[\w)])\s?(?:\[\d{1,2}\]|\s\d{1,2}|(?<=[a-zà-ỹ])\d{1,2})$")
# what a stamp or a signature left behind the end mark of a line
_JUNK = re.compile(r"(?<=[;.])\s.{0,24}$")
_SIGNED = re.compile(r"\((?:[Đđ]ã ký|[Kk]ý tên|[Kk]ý, đóng dấu)[^)]{0,30}\)")

Placed = tuple[object, tuple[int, int]]


def addressees_of(zoned: Zoned) -> list[tuple[str, tuple[int, int]]]:
    """Return the addressees with their places, one for each dash or semicolon."""
    groups: list[list[Line]] = []
    first = True
    for line in zoned.of(Zone.ADDRESSEES):
        if first:
            first = False
            head = TO.match(line.fold)
            rest = line.text[head.end() :].strip() if head else line.text
            if not rest.strip(" :.-–"):
                continue
            groups.append([line])
        elif groups and line.text[:1] not in DASHES and not _ended(groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    found = []
    for group in groups:
        joined = join(group)
        start = 0
        head = TO.match(joined.fold)
        if head and group[0] is zoned.of(Zone.ADDRESSEES)[0]:
            start = head.end()
        for lo, hi in _parts(joined.text, start):
            text = _NOTE_MARK.sub("", _bare(joined.text[lo:hi])).strip(" .;:,")
            if text:
                found.append((text, joined.span(lo, hi)))
    return found


def _ended(line: Line) -> bool:
    return line.text.endswith((";", ".", ":"))


def _parts(text: str, start: int) -> list[tuple[int, int]]:
    """Return the offsets of the parts of a run of addressees that semicolons divide."""
    parts, at = [], start
    for match in re.finditer(r";\s{0,2}", text[start:]):
        parts.append((at, start + match.start()))
        at = start + match.end()
    parts.append((at, len(text)))
    return parts


def _bare(text: str) -> str:
    """Return an entry without dash and end mark."""
    return squeeze(text).strip(" .;:,").lstrip(DASHES + " ").strip(" .;:,")


def read_signoff(zoned: Zoned) -> dict[str, Placed]:
    """Return recipients, signer_title and signer with their places, as far as the sign-off gives them."""
    lines = zoned.of(Zone.SIGNOFF)
    if not lines:
        return {}
    found: dict[str, Placed] = {}
    recipients, titles, names = _sorted(lines)
    if recipients:
        spans = [s for _, s in recipients]
        found["recipients"] = (tuple(t for t, _ in recipients), (spans[0][0], spans[-1][1]))
    if titles:
        spans = [s for _, s in titles]
        found["signer_title"] = (
            ", ".join(_with_deputy([_position(t) for t, _ in titles])),
            (spans[0][0], spans[-1][1]),
        )
    if names:
        found["signer"] = names[0]
    return found


def _sorted(
    lines: list[Line],
) -> tuple[list[tuple[str, tuple[int, int]]], list[tuple[str, tuple[int, int]]], list[Placed]]:
    """Tell recipients, titles and names of a sign-off apart, two columns in one line included."""
    rows: list[list[tuple[Line, int, int]]] = []
    titles: list[tuple[str, tuple[int, int]]] = []
    names: list[Placed] = []
    inside = False
    for line in lines:
        start, end = 0, len(line.text)
        head = RECIPIENTS.match(line.fold)
        if head:
            inside, start = True, head.end()
        elif AS_ABOVE.match(line.fold):
            inside = True
        signed = _SIGNED.search(line.text)
        if signed and not line.text[: signed.start()].strip():
            continue
        title = title_at(line, start)
        if title is not None and not (inside and rows and _is_recipient(line, title)):
            titles.append((line.text[title : len(line.text)].strip(" .;*"), join([line]).span(title, end)))
            end = title
        name = _name_in(line, start, end, titled=bool(titles), recipients=rows)
        if name is not None:
            names.append((known_name(name[0]), join([line]).span(name[1], name[2])))
            end = name[1] if name[1] > start else start
        rest = line.text[start:end].strip()
        if not rest or not inside:
            continue
        if rest[:1] in DASHES:
            rows.append([(line, start, end)])
        elif rows and not rows[-1][-1][0].text[: rows[-1][-1][2]].rstrip().endswith((";", ".")):
            rows[-1].append((line, start, end))
        elif not is_upper(rest) and (not rows or line.text[:1] in DASHES):
            rows.append([(line, start, end)])
    recipients = []
    for entry in rows:
        text = _bare(_JUNK.sub("", _SIGNED.sub("", " ".join(line.text[a:b].strip() for line, a, b in entry))))
        lo = join([entry[0][0]]).span(entry[0][1], entry[0][2])[0]
        hi = join([entry[-1][0]]).span(entry[-1][1], entry[-1][2])[1]
        if text:
            recipients.append((text, (lo, hi)))
    return recipients, titles, names


def _is_recipient(line: Line, title: int) -> bool:
    return title > 0 and line.text[:1] in DASHES and not re.search(r"[;.)]\s", line.text[:title])


def _name_in(
    line: Line, start: int, end: int, *, titled: bool, recipients: list[list[tuple[Line, int, int]]]
) -> tuple[str, int, int] | None:
    """Return the signer's name and its place in a line: alone, or behind a recipient's end mark."""
    piece = line.text[start:end]
    bare = bare_name(piece)
    if titled and bare and bare[:1] not in DASHES and is_name(bare) and not is_upper(bare):
        match = NAME.search(bare)
        assert match is not None
        at = start + piece.index(bare) + match.start("name")
        return match["name"], at, at + len(match["name"])
    if titled and recipients and piece[:1] in DASHES:
        tail = re.search(r"[.;)]\s{1,9}" + NAME.pattern, piece.rstrip())
        if tail:
            return tail["name"], start + tail.start("name"), start + tail.end("name")
    return None


def known_name(name: str) -> str:
    """Return a name with its surname as it is spelled, where only its marks were misread and one surname fits."""
    first, _, rest = name.partition(" ")
    words = table("surnames")["surnames"]["words"]
    if first in words:
        return name
    fits = [w for w in words if folded(w) == folded(first)]
    return f"{fits[0]} {rest}" if len(fits) == 1 else name


def _position(text: str) -> str:
    """Return a title in capitals in ordinary spelling: "KT. GIÁM ĐỐC" → "KT. Giám đốc"."""
    text = squeeze(re.sub(r"[^\w\s.,&()-]", " ", text)).strip(" .,;*-")
    fold = folded(text)
    by = BY.match(fold)
    lead = f"{text[: by.end()].strip(' .,').upper()}. " if by else ""
    match = union("titles", "title").search(fold)
    if match is None:
        return lead + position_case(text[by.end() :] if by else text)
    tail = text[match.end() :].strip(" .,-")
    words = " ".join(w if _is_name_part(w) else w.lower() for w in tail.split() if len(w) > 1 or w.isdigit())
    return f"{lead}{rule_of('titles', 'title', match).name} {words}".strip()


def _is_name_part(word: str) -> bool:
    return any(c.islower() for c in word) or (len(word) <= 6 and not is_syllable(word))


def _with_deputy(titles: list[str]) -> list[str]:
    """Add the position of who signs with "KT." where the line of it cannot be read: the deputy of the holder."""
    if len(titles) != 1 or not titles[0].startswith("KT. "):
        return titles
    holder = titles[0].removeprefix("KT. ")
    deputy = next((e.row.get("deputy") for e in entries("titles", "title") if e.name == holder), None)
    return [*titles, deputy] if deputy else titles
