"""The issuing office (cơ quan ban hành) of a letterhead and its level; Nghị định 30/2020/NĐ-CP, Annex I, II.2."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from corpus.facts import IssuerLevel
from corpus.text import UPPER, is_syllable
from corpus.units import province_names
from nlp.header.draft import Draft, span_of
from nlp.naming.agencies import agency_at
from nlp.page.lines import Line
from nlp.page.positions import one_slip
from nlp.words.casing import office_case, sentence_case, title_case, with_names
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import Entry, entries

_CAPITALS = rf"[{UPPER}][{UPPER}\s.-]{{1,30}}"
_PARENT_PLACE = re.compile(
    rf"(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|SỞ [{UPPER}&\s]{{3,30}}?)\s(?P<kind>TỈNH|"
    rf"THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)?\s?"
    rf"(?P<name>{_CAPITALS}|(?:(?<=QUẬN )|(?<=PHƯỜNG ))\d{{1,2}})$"
)
_OWN_PLACE = re.compile(
    rf"(?:(?P<kind>TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)\s)?"
    rf"(?P<name>{_CAPITALS}|(?:(?<=QUẬN )|(?<=PHƯỜNG ))\d{{1,2}})$"
)
_OTHER_OFFICE = pattern(
    r"(?:ubnd|u[yi] ban|bo|so|chinh phu|thu tuong|hoi dong|van phong|cuc|vu|ban|thanh tra|tinh u[yi]|huyen u[yi]"
    r"|bao hiem xa hoi|phong(?= (?!giao duc|gd|ban ))|(?:nha xuat ban|(?:tong )?cong ty|buu dien|kho bac)(?= )"
    r"|cong doan|lien doan lao dong|(?:tinh|thanh|huyen) doan)"
    r"(?!\w|\s{0,2}[:;./\d])"
)
#: Another office that issues with one of ours: "SỞ GIÁO DỤC VÀ ĐÀO TẠO - TỈNH ĐOÀN", "… - BÁO VĨNH HÒA".
_BESIDE = re.compile(
    r"[-–]\s{0,2}(?:BÁO|TẠP CHÍ|ĐÀI|SỞ|BAN|BỘ|HỘI|CÔNG|LIÊN ĐOÀN|TỈNH ĐOÀN|THÀNH ĐOÀN|HUYỆN ĐOÀN|QUẬN ĐOÀN|BẢO HIỂM"
    r"|ĐOÀN|MẶT TRẬN|ỦY BAN|NGÂN HÀNG|THANH TRA|PHÒNG|TRUNG TÂM|TRƯỜNG|BẢO TÀNG|THƯ VIỆN)(?!\w)"
)
_COMPANY = pattern(r"(?:nha xuat ban|(?:tong )?cong ty|buu dien|kho bac) ")
#: A board, whose name may go on in the next line: "BAN TỔ CHỨC CUỘC VẬN ĐỘNG ⏎ SÁNG TÁC CA KHÚC".
_BOARD = pattern(r"(?:ban (?:to chuc|chi dao|giam khao)|hoi dong(?! nhan dan)) \w")
_GOES_ON = pattern(r"(?!nam hoc|nam \d|khoa |tinh |thanh pho |huyen |quan |xa |phuong )[a-z ]{4,60}(?: ?\d{4})?")
_COMMITTEE = pattern(r"(?:ubnd|u[yi] ban nhan dan|(?P<council>hdnd|hoi dong nhan dan))(?!\w)")
_INSURANCE = pattern(
    r"bao hiem xa hoi(?: (?P<kind>tinh|thanh pho|huyen|quan|thi xa))? (?!viet nam)(?P<name>[a-z .-]+)$"
)
_PLACE_LINE = pattern(
    r"(?P<kind>tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu)\s(?P<name>[a-z][a-z .-]{1,30}"
    r"|(?:(?<=quan )|(?<=phuong ))\d{1,2})$"
)
_PLACE_KINDS = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "tp.": "thành phố", "huyen": "huyện", "quan": "quận",
    "thi xa": "thị xã", "xa": "xã", "phuong": "phường", "dac khu": "đặc khu",
}  # fmt: skip
#: Places whose kind is of their name: without it they are a person's.
_WITH_KIND = ("Hồ Chí Minh",)


_COMMITTEE_NAME = "Ủy ban nhân dân"
_COUNCIL_NAME = "Hội đồng nhân dân"
#: Cities of the centre (thành phố trực thuộc trung ương).
_CITIES = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế")
#: So many lines of the body may tell who issues it, before what it has done.
_FIRST_LINES = 40
_KIND_ONLY = ("tỉnh", "phố", "huyện", "quận", "xã", "phường", "khu")
_BARE = (_COMMITTEE_NAME, "Phòng Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo")
_OFFICE = pattern(r"(?<!\w)(?:(?:so|phong|bo) (?:giao duc|gd)|ubnd|u[yi] ban nhan dan)")
_ACTS = pattern(
    r"\s(?:ban hanh|yeu cau|chi thi|giao|thong bao|quyet dinh|xay dung|trien khai|de nghi|huong dan|gui|xin|to chuc"
    r"|nhan duoc|tiep tuc)(?!\w)"
)


#: Where a further field of an office begins: "Phòng Tài chính - Kế hoạch", "Phòng Văn hóa và Thông tin".
_PARTS = re.compile(r"(?<=- )\w|(?<= và )\w")
#: The kind of a place behind its office, however its tones were read: "UBND TÍNH", "UBND HUYÊN".
_KIND = pattern(
    r"(?:ubnd|u[yi] ban nhan dan|giao duc va dao tao) (?P<kind>tinh|thanh pho|huyen|thi xa) (?P<name>[a-z ]{2,30})"
)
_KIND_SPELLED = {"tinh": "TỈNH", "thanh pho": "THÀNH PHỐ", "huyen": "HUYỆN", "thi xa": "THỊ XÃ"}
#: What the name of an office is at least, and at most, in a line right over its number.
_NAME = re.compile(rf"[{UPPER}][{UPPER}\s&.,-]{{6,60}}")
_LEAST_WORDS = 3
#: "GIÁO DỤC&ĐÀO TẠO", "GIÁO DỤCVÀ ĐÀO TẠO"; the end of a line within a name.
_GLUED = re.compile(r"(DỤC)\s?(?:&|VÀ)\s?(ĐÀO)(?<!DỤC VÀ ĐÀO)")
_OPEN = re.compile(r"(?:\sVÀ|,|\s[-–])$")
_KIND_OPEN = re.compile(r"\s(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)$")
#: An office whose first letters a scan's edge cut off: "Ở GIÁO DỤC VÀ ĐÀO TẠO", "HÒNG GIÁO DỤC".
_AT_EDGE = ((pattern(r"o(?= giao duc)"), "SỞ"), (pattern(r"h?ong(?= giao duc)"), "PHÒNG"))


def read_issuer(draft: Draft, offices: list[tuple[Line, str]]) -> None:
    """Read the issuing agency: the last office of the left column, with the place of the parent above it."""
    offices = _whole(offices, folded(draft.text("place") or ""))
    if not offices:
        return
    text = " ".join(t for _, t in offices)
    fold = folded(text)
    best = max(
        ((m.start(), e, m) for e in entries("offices", "office") for m in e.find.finditer(fold)),
        key=lambda found: found[0],
        default=None,
    )
    ends = list(accumulate(len(t) + 1 for _, t in offices))
    other = next((k for k in range(len(offices) - 1, -1, -1) if _OTHER_OFFICE.match(folded(offices[k][1]))), None)
    at = bisect_right(ends, best[0]) if best is not None else -1
    if best is not None and (other is None or other <= at):
        start, entry, match = best
        rest = text[match.end() : ends[at]].strip()
        rest = "" if _BESIDE.match(rest) else rest.strip(" -,")
        parent = text[:start].strip(" -,")
        own = _named(entry, text[start:].strip(" -,"), rest, parent, blurred=_from_picture(draft))
        draft.put("issuer", own, span_of(offices[at][0]), "issuer")
        if "level" in entry.row:
            draft.values["issuer_level"] = IssuerLevel(entry.row["level"])
    elif other is not None:
        _other_office(draft, offices, other)
    else:
        _over_number(draft, offices)


def _from_picture(draft: Draft) -> bool:
    """Tell whether the letterhead was read from a picture."""
    return any(word.confidence is not None for word in draft.document.pages[0].words[:1])


def _over_number(draft: Draft, offices: list[tuple[Line, str]]) -> None:
    """Read an issuer of no known kind, a company or a press: the name in capitals right over the own number."""
    number = draft.places.get("number") or (draft.unread.line if draft.unread is not None else None)
    above = [one for one in offices if number is not None and one[0].end <= number.start]
    if number is not None and above and draft.document.text.count("\n", above[-1][0].end, number.start) == 1:
        line, name = above[-1]
        if _NAME.fullmatch(name) and len(name.split()) >= _LEAST_WORDS and all(map(_is_spelled, name.split())):
            draft.put("issuer", _spelled(draft, name), span_of(line), "issuer", 0.6)


def _spelled(draft: Draft, name: str) -> str:
    """Return a name in capitals in small letters, but for its first and those of names and of the place."""
    place = draft.text("place")
    spelled = with_names(sentence_case(name), (place,) if place else ())
    return spelled.replace("Nhà xuất bản giáo dục", "Nhà xuất bản Giáo dục")


def _is_spelled(word: str) -> bool:
    bare = word.strip(".,&-")
    return not bare or is_syllable(bare)


def _whole(offices: list[tuple[Line, str]], place: str) -> list[tuple[Line, str]]:
    """Return the lines of a left column, those joined whose name a line's end cut, with the blanks that were lost.

    A name goes on behind "và" or where the next line ends the place of the date: "PHƯỜNG TÂN ⏎ BẢO SƠN", "… PHƯỜNG ⏎
    TÂN BẢO SƠN".
    """
    found: list[tuple[Line, str]] = []
    for line, words in offices:
        text = _with_kind(_GLUED.sub(r"\1 VÀ \2", words))
        for edge, name in _AT_EDGE:
            cut_off = edge.match(folded(text))
            text = f"{name}{text[cut_off.end() :]}" if cut_off is not None else text
        cut = bool(found) and (_OPEN.search(found[-1][1]) is not None or place.endswith(f" {folded(text)}"))
        cut = cut or (bool(found) and folded(text) == place and _KIND_OPEN.search(found[-1][1]) is not None)
        if cut:
            found[-1] = (found[-1][0], f"{found[-1][1]} {text}")
        else:
            found.append((line, text))
    return found


def _with_kind(text: str) -> str:
    """Return the line of an office with the kind of its place as it is spelled; Tịnh Biên is a place of its own."""
    match = _KIND.match(folded(text))
    if match is None or (match["kind"] == "tinh" and match["name"].strip() not in province_names()):
        return text
    return text[: match.start("kind")] + _KIND_SPELLED[match["kind"]] + text[match.end("kind") :]


def _other_office(draft: Draft, offices: list[tuple[Line, str]], at: int) -> None:
    """Read an issuer that is no education office: a people's committee, another Sở, a Cục of the Bộ, a board."""
    line, own = offices[at]
    below = offices[at + 1][1] if at + 1 < len(offices) else ""
    fold = folded(own)
    committee, insurance = _COMMITTEE.match(fold), _INSURANCE.fullmatch(fold)
    if committee is not None:
        found = next(((t, m) for t in (below, own) if (m := _PLACE_LINE.search(folded(t)))), None)
        name = _COUNCIL_NAME if committee["council"] else _COMMITTEE_NAME
        if found is not None:
            words, place = found
            name += f" {_PLACE_KINDS[place['kind']]} {title_case(words[place.start('name') :].strip())}"
    elif insurance is not None:
        kind = f"{_PLACE_KINDS[insurance['kind']]} " if insurance["kind"] else ""
        name = f"Bảo hiểm xã hội {kind}{title_case(own[insurance.start('name') :].strip())}"
    elif _COMPANY.match(fold):
        name = _spelled(draft, own)
    else:
        board = _BOARD.match(fold) and _GOES_ON.fullmatch(folded(below)) and not _OTHER_OFFICE.match(folded(below))
        name = office_case(f"{own} {below}" if board else own)
        parent = _PARENT_PLACE.search(" ".join(t for _, t in offices[:at]))
        if parent is not None and fold.startswith("so "):
            name = f"{name} {title_case(parent['name'].strip())}"
        elif parent is not None and fold.startswith("phong ") and parent["kind"]:
            name = _PARTS.sub(lambda m: m.group().upper(), name)
            name = f"{name} {_PLACE_KINDS[folded(parent['kind'])]} {title_case(parent['name'].strip())}"
    agency = agency_at(name, folded(name), 0)
    if agency is None and _from_picture(draft):
        name = _nearly_agency(name)
        agency = agency_at(name, folded(name), 0)
    name = agency.name if agency and agency.end == len(name) else name
    draft.put("issuer", name, span_of(line), "issuer", 0.8)
    above = " ".join(folded(t) for _, t in offices[:at])
    of_ministry = re.match(r"(?:cuc|vu|thanh tra|van phong)\s", folded(own))
    if of_ministry and entries("offices", "office")[0].find.search(above):
        draft.values["issuer_level"] = IssuerLevel.BO


def _nearly_agency(name: str) -> str:
    """Return the name of a Sở with the letters that the reader of a picture cut off or lost: "Sở Thông tin và truy èn
    thông Hải Lâm"; the name as it is where none is so near."""
    words = name.split()
    for known in (entry.name for entry in entries("agencies", "agency") if entry.name.startswith("Sở ")):
        size = len(known.split())
        for end in (size, size + 1):
            if end <= len(words) and one_slip(_letters(" ".join(words[:end])), _letters(known)):
                return " ".join([known, *words[end:]])
    return name


def _letters(text: str) -> str:
    return "".join(c for c in folded(text) if c.isalpha())


def _named(entry: Entry, kept: str, rest: str, parent: str, *, blurred: bool) -> str:
    """Return the name of an office with its place, of its own line or of the agency above it.

    ``blurred``: it was read from a picture, so that a province may have lost its tones.
    """
    if entry.row.get("keep"):
        return office_case(kept) if entry.row.get("office") else title_case(kept)
    how = entry.row.get("place")
    if how is None:
        return entry.name
    place = _OWN_PLACE.fullmatch(rest) if rest else None
    place = place or _PARENT_PLACE.search(parent)
    if place is None:
        return entry.name
    name = title_case(place["name"].strip())
    kind = (place["kind"] or "").lower().replace("tp.", "thành phố").replace("tp", "thành phố")
    if blurred and (how == "bare" or kind == "tỉnh"):
        name = province_names().get(folded(name), name)  # "Đóng Tháp"
    if how == "bare" and kind and name in _WITH_KIND:
        return f"{entry.name} {kind.capitalize()} {name}"
    return f"{entry.name} {name}" if how == "bare" or not kind else f"{entry.name} {kind} {name}"


def issuer_from_symbol(draft: Draft) -> None:
    """Where no office is named, the symbol tells its kind and the place of the date line its province."""
    number, place = draft.number, draft.places.get("number")
    if number is None or place is None or ("issuer" in draft.values and "issuer_level" in draft.values):
        return
    for part in number.parts[:1]:
        entry = next((e for e in entries("offices", "symbol") if e.find.fullmatch(folded(part))), None)
        if entry is None:
            continue
        where = draft.text("place")
        name = f"{entry.name} {where}" if entry.row.get("place") and where else entry.name
        draft.put("issuer", name, (place.start, place.end), "symbol", 0.7)
        draft.values.setdefault("issuer_level", IssuerLevel(entry.row["level"]))
        return


def issuer_from_body(draft: Draft, lines: list[Line]) -> None:
    """Read an office that the letterhead lacks, or its place, where it acts in the body: "Phòng GDĐT Sơn Hà yêu cầu".

    A people's committee without a place is else that of the province in which it dates its papers.
    """
    issuer, place = draft.text("issuer"), draft.text("place")
    if issuer is not None and issuer not in _BARE:
        return
    for k, line in enumerate(lines[:_FIRST_LINES]):
        for match in _OFFICE.finditer(line.fold):
            named = agency_at(line.text, line.fold, match.start())
            if named is None or not named.name.startswith(issuer or "") or named.name == issuer:
                continue
            if named.name.split()[-1] in _KIND_ONLY:  # "Ủy ban nhân dân tỉnh": of which, it does not say
                continue
            at_home = issuer is not None and place is not None and named.name.endswith(f" {place}")
            if at_home or (_ACTS.match(line.fold, named.end) and _opens(lines, k, match.start())):
                name = _with_place(named.name, lines) if named.name in _BARE else named.name
                _put_named(draft, name, span_of(line, match.start(), named.end))
                return
    if issuer == _COMMITTEE_NAME and place in province_names().values():
        kind = "thành phố" if place in _CITIES else "tỉnh"
        draft.values["issuer"] = f"{_COMMITTEE_NAME} {kind} {place}"


def _with_place(bare: str, lines: list[Line]) -> str:
    """Return an office of a page without a letterhead with the place that alone the page names for its kind: "căn cứ
    kế hoạch của Phòng GD&ĐT TP Lam Sơn, Phòng GD&ĐT đề nghị …"."""
    told = {
        named.name
        for line in lines[:_FIRST_LINES]
        for match in _OFFICE.finditer(line.fold)
        if (named := agency_at(line.text, line.fold, match.start())) is not None
        and named.name.startswith(f"{bare} ")
        and named.name.split()[-1] not in _KIND_ONLY
    }
    return told.pop() if len(told) == 1 else bare


def _put_named(draft: Draft, name: str, span: tuple[int, int]) -> None:
    draft.values.pop("issuer", None)
    draft.put("issuer", name, span, "body", 0.6)
    level = next((e.row.get("level") for e in entries("offices", "office") if e.find.search(folded(name))), None)
    if level is not None:
        draft.values.setdefault("issuer_level", IssuerLevel(level))


def _opens(lines: list[Line], k: int, at: int) -> bool:
    """Tell whether a clause begins at ``at`` of line ``k``, so that the office there is who acts."""
    before = lines[k].text[:at].rstrip()
    if not before and k > 0 and not lines[k].gap:
        before = lines[k - 1].text
    return not before or before[-1] in ".,;:)”-–"


def issuer_place(draft: Draft) -> None:
    """A Sở dates its papers in its province (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4): the place that either lacks."""
    issuer, place = draft.text("issuer"), draft.text("place")
    bare = {e.name for e in entries("offices", "office") if e.row.get("place") == "bare"}
    if issuer in bare and place:
        draft.values["issuer"] = f"{issuer} {place}"
        return
    if not issuer or not place or not _from_picture(draft):
        return
    own = next((name for name in set(province_names().values()) if issuer.endswith(f" {name}")), None)
    if own and place != own and one_slip(folded(place), folded(own)):
        draft.values["place"] = own  # "Đẳng Tháp"
    elif not own and folded(issuer).endswith(f" {folded(place)}"):
        # "huyện Chầu Thành" over "Châu Thành, ngày …": small letters are surer, unless the text writes the other
        read, text = issuer[-len(place) :], draft.document.text
        if text.count(read) <= text.count(place):
            draft.values["issuer"] = issuer[: -len(place)] + place
