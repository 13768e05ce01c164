"""Recipient (nơi nhận báo cáo) of a duty, as it is written; offices of education in their short form."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import LOWER, UPPER, squeeze
from nlp.naming.bodies import body_at, department_at, is_board, office_behind
from nlp.naming.departments import CUT_SHORT, DEPARTMENTS
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb
from nlp.words.vocabulary import entries, union

#: "các" belongs to the name of schools or units alone, not to "các trường THPT".
_NAMED = r"(?!truong(?! (?:mam non|tieu hoc|thcs|thpt|trung hoc|pho thong))(?!\w)|don vi)"
#: Where an office keeps what it gets: "nộp về kho dữ liệu của Sở".
_STORE = (
    r"(?:(?:kho(?: du lieu| hoc ba| hoc lieu)?|co so du lieu|hop thu|hom thu)(?: \w+){0,4}? cua\s|tai khoan (?:cua )?)?"
)
#: What joins a verb of sending to who receives.
_TO, _NOT_AT, _WITH, _REPORTED = (
    pattern(rf"(?<!\w)(?:{words}):?\s{{1,2}}(?:cho\s)?{_STORE}(?:cac\s{_NAMED})?")
    for words in (
        r"ve|cho|toi|len|den|tai|sang|vao(?= kho )|(?:vao )?tai khoan cua|"
        r"(?:(?<=van ban )|(?<=cong van )|(?<=to trinh ))de nghi",
        r"ve|cho|toi|len|den",
        # "đăng ký câu lạc bộ với phó hiệu trưởng", not "chữ ký số cho giáo viên", not "liên hệ với Sở GDĐT"
        r"ve|toi|len|den|(?<!doi )(?<!lien he )(?<!lien lac )voi",
        r"ve|cho|toi|len|den|(?<!doi )(?<!cung )(?<!so )(?<!lien he )(?<!lien lac )voi",
    )
)
_FOR = pattern(r"(?<!\w)(?:cho|ve)\s{1,2}(?:cac\s|tung\s(?=(?:so|phong)(?!\w)))?")
_SCHOOL = pattern(r"truong (?:mam non|tieu hoc|thcs|thpt)(?!\w)")
_BEFORE = pattern(r"(?<!\w)(?<!lien he )(?<!lien lac )voi\s{1,2}")
_MORE = pattern(
    r"(?:\s\([^()]{3,90}\))?(?:\s\d{1,2} (?:bo|ban|cuon|quyen|tap)(?: \w+)?)?"
    r"\s{0,2}(?:,?\s?(?:va|hoac|dong thoi)|,)\s{1,2}"
    r"(?P<verb>(?:(?:dong thoi |dong )?(?:gui|nop|bao cao)|bao(?= so(?! luong| lieu)| phong| ubnd))\s"
    r"(?:(?:ve|cho|toi|len)\s)?)?"
)
_BRACKET = re.compile(r"\s?\([^()]*\)|\s\d{1,2} (?:bộ|bản|cuốn|quyển|tập)(?: [^\W\d]+)?(?=,)")
_OFFICE = pattern(r"(?<!\w)(?P<kind>bo|so|phong) (?:giao duc va dao tao|gddt)(?!\w)")
_WORD = rf"[{UPPER}][{LOWER}]{{0,7}}(?:['’][{UPPER}]?[{LOWER}]{{1,7}})?"
#: A person who receives: "cô H’Wen Niê".
_ADDRESS = r"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Cc]ô|[Tt]hầy)\s"
_POSITION = r"(?:Chánh|Phó|Trưởng|Hiệu|Giám|Chủ tịch|Tổ trưởng|Bí thư|Kế toán|Văn thư)(?!\w)"
PERSON = re.compile(rf"{_ADDRESS}(?!{_POSITION}){_WORD}(?:\s{_WORD}){{0,4}}")
#: Who is addressed by the position only: "đ/c Chánh Văn phòng Sở".
_HOLDER = re.compile(rf"{_ADDRESS}(?={_POSITION})")
#: What the one who receives does with it: "gửi Sở GDĐT để tổng hợp, báo cáo UBND tỉnh".
_IN_ORDER = pattern(r"(?<!\w)(?:de|nham)(?! (?:nghi|an|xuat|tai|thi|cuong)(?!\w))\s")
#: Of a person the body behind a comma or the position in brackets receives: "cho cô Lê Thị Hoa, Tổ Văn phòng".
OF_BODY = re.compile(
    rf",\s(?=[{UPPER}])"
    r"|\s\((?=(?:Phó|Trưởng|Hiệu trưởng|Tổ trưởng|Giám đốc|Chủ tịch|Chánh|Bí thư|Kế toán|Văn thư)(?!\w))"
    # "gửi đ/c Hoan (PGDĐT)", "cho bà Lan (chuyên viên Phòng GDĐT)"; of a department the person receives
    r"|\s\((?:(?:[Cc]huyên viên|[Cc]án bộ|CV)\s)?(?=(?:Phòng|Sở) (?:GD\s?&?\s?ĐT|Giáo dục và)|[PS]GD(?:&?ĐT)?\))"
)
#: The post that a person is named with: "cho cô Hạnh, phó hiệu trưởng, trước …", "đ/c Bắc, chuyên viên Phòng GDĐT".
_POST = re.compile(
    r"(?:,| -)\s(?:(?:[Cc]huyên viên|[Cc]án bộ|[Nn]hân viên)\s(?=Phòng|Sở|Bộ phận|Văn phòng)"
    r"|(?=(?:[Pp]hó [Hh]iệu trưởng|[Hh]iệu trưởng|[Tt]ổ trưởng|[Kk]ế toán|[Vv]ăn thư|[Tt]hủ quỹ|[Tt]hư ký hội đồng)"
    r"(?!\w)))"
)
#: The short form that a name is given: "Ủy ban nhân dân (UBND) cấp tỉnh"; "đ/c Hoan (PGDĐT)" tells a person's office.
_SHORT_FORM = re.compile(r"\s\((?![PS]GD(?:&?ĐT)?\))[A-ZĐ&-]{2,10}\)|(?<=tạo)\s\([PS]GD(?:&?ĐT)?\)")
#: What tells but where in an office, behind a verb of sending: "… gửi UBND xã, nộp tại bộ phận một cửa".
_COUNTER = pattern(r"\s(?:truc tiep )?tai (?:bo phan|van thu|phong van thu|quay)(?!\w)")
#: What is assigned, not handed over: "giao nhiệm vụ cho Phòng GDTrH".
_ASSIGNED = pattern(r"(?<!\w)(?:nhiem vu|trach nhiem|quyen|chi tieu|(?<!lam )viec|bien che)(?!\w)")
_PHONG = re.compile(r"^([Pp])h(?:[oôóõồ]|ươ)ng")
#: What follows "sở" where it is the office: "… báo cáo sở trước ngày …"; "sở trẻ" is a misread "số trẻ".
_BARE_SO = re.compile(
    r"$|\s?[,.;:()]|\s(?:qua|trước|để|và|chậm|theo|trong|vào|hoặc|kết quả|tình hình|danh sách"
    r"|bằng|ngay|kèm|tổng hợp|ngày(?= \d))(?!\w)"
)
#: A room, not the Phòng: "bàn giao phòng, bàn ghế".
_ROOM = re.compile(r"\s?[,:(]|\s(?:và|hoặc|kèm|bằng)\s")
#: An office whose name goes on in the next line of a row, behind words of other cells.
_CUT_OFFICE = re.compile(r"\s(?:về\s)?(?P<kind>Phòng|Sở|Bộ)\s(?!GDĐT|Giáo dục).{2,80}\sGDĐT(?!\w)")
#: "phòng KHTC Sở", "Phòng TC-KH huyện": the office that a department is of, by its kind alone.
_OF_SO = re.compile(r"\s(?:Sở|huyện|quận|thị xã)(?=\s?[,.;:()]|\s(?:trước|chậm|để|trong|vào)|$)")
_DIRECT = pattern(
    rf"\s?:?\s{{1,2}}(?:cac\s{_NAMED}|(?:truc tiep|thang|lai|bo sung|dong thoi"
    r"|(?:ngay|nhanh|kip thoi)(?! (?:d/c|dong chi|ong|ba|thay|co)(?!\w)))\s"
    r"|(?:ho so|danh sach|bao cao|van ban|ke hoach)\s"
    r"(?=(?:so (?:gd|giao duc)|phong (?:gd|giao duc|truoc|cham|ngay \d)|ubnd|bo gd)))?"
)
_OWN_VERB = pattern(r"(?:,? \w+){0,7} (?:ve|gui|nop|bao cao|cho|toi)\s")
#: Whom something is sent for to decide on it.
_SO_THAT = pattern(r"(?<!\w)de\s(?=\w)")
_DECIDES = pattern(
    r"\s(?:(?:xem xet|tham dinh|kiem tra|tong hop)(?:,| va)? )?(?:phe duyet|duyet|tham dinh|xem xet|ky|quyet dinh"
    r"|cho y kien|tham tra)(?!\w)"
)
#: The office itself, by its kind alone, that decides on what is put before it: "nộp dự toán để Phòng thẩm định".
_OWN_PHONG = re.compile(r"Phòng(?=\s(?:xem|thẩm|kiểm|tổng|phê|duyệt|ký|quyết|cho ý))")
#: A paper that asks an office for something, and what it asks for.
_PAPER_BEGS = pattern(
    r"(?<!\w)(?:lap|lam|hoan thien|co|gui) (?:\w+ ){0,2}?(?:danh sach|ho so|to trinh|don|van ban)(?: \w+){0,6}?,?"
    r" (?:de nghi|kien nghi)\s(?:cac\s)?(?=\w)"
)
_IS_ASKED = pattern(
    r"\s(?:xem xet|xac nhan|cap(?! xa| huyen)|phe duyet|duyet|cong nhan|ho tro|giai quyet|tham dinh|kiem tra"
    r"|khen thuong)(?!\w)"
)
_STOP = pattern(r"[;.](?=\s)")
_REACH = 110
#: What a bracket holds is not counted, up to so far.
_FAR = 280
_BRACKETED = re.compile(r"\([^()]{8,200}\)")
#: An office that something goes to through a department, whatever was read before.
_TOWARDS, _THROUGH = pattern(r"(?<!\w)ve\s{1,2}"), pattern(r"\s?\(qua\s")
_OFFICES = ("Bộ GDĐT", "Sở GDĐT", "Phòng GDĐT")


def sends(text: str) -> bool:
    """Tell whether a clause speaks of sending something."""
    return any(not _other_word(text, m, "send") for m in union("recipients", "send").finditer(folded(text)))


def office_in(text: str) -> str | None:
    """Return the education office that a row of a table names after its verb of sending, None for none."""
    fold = folded(text)
    verbs = [verb.end() for verb in union("recipients", "send").finditer(fold)]
    offices = list(_OFFICE.finditer(fold, verbs[0] if verbs else 0))
    if offices:
        match = next((o for o in offices if _TO.search(fold, max(0, o.start() - 6), o.start()) is not None), offices[0])
        return {"bo": "Bộ GDĐT", "so": "Sở GDĐT", "phong": "Phòng GDĐT"}[match["kind"]]
    cuts = (_CUT_OFFICE.match(text, at) for at in verbs)
    return next((f"{cut['kind']} GDĐT" for cut in cuts if cut is not None), None)


#: What schools are told to do, no paper that reaches them: "thông báo đến các trường THCS cho học sinh nghỉ học từ …".
TOLD_TO_DO = pattern(
    r" (?:cho|den|toi) (?P<units>(?:toan bo |tat ca )?(?:cac )?(?:truong|co so|trung tam|don vi|nha truong)(?!\w)"
    r"[^.;:]{0,200}?[^\W\d_]) (?:viec )?(?:cho (?:toan the |toan bo |tat ca )?(?:cac )?(?:tre|hoc sinh"
    r"|hoc vien|sinh vien)|(?:tiep tuc )?(?:tam )?(?:nghi|dung)(?= )|to chuc(?: cho)? (?:day|hoc|don|khai|tuu)"
    r"|day hoc truc tuyen|(?:thoi gian|lich) (?:nghi|day|hoc|tuu|khai|di hoc)"
    r"|(?:di hoc|hoat dong|day hoc) tro lai)(?!\w)"
)


@lru_cache(maxsize=256)
def recipient_of(text: str, *, until: int | None = None) -> str | None:
    """Return who receives what a clause asks for, in the short form of the gold; None where it says nothing.

    Of several the last verb of sending before ``until`` counts.
    """
    end = len(text) if until is None else until
    if (short := _SHORT_FORM.search(text)) is not None:
        end -= sum(len(m.group()) for m in _SHORT_FORM.finditer(text, short.start(), end))
        text = _SHORT_FORM.sub("", text)
    text = _BRACKETED.sub(lambda m: m.group().replace(";", ","), text)  # "(số lớp; số học sinh)" ends no clause
    fold = folded(text)
    best: str | None = None
    told, put = 0, False
    for verb in union("recipients", "send").finditer(fold, 0, end):
        told_to = verb.group() == "thong bao" and TOLD_TO_DO.match(fold, verb.end()) is not None
        if told_to or verb.start() < told or _other_word(text, verb, "send"):
            continue  # "gửi UBND xã …, gửi Sở …" is one list
        if best is not None and _is_their_act(text, fold, told, verb.start()):
            break
        if put and verb.group() == "bao cao" and not fold[told : verb.start()].strip():
            break  # "trình UBND tỉnh báo cáo Bộ GDĐT": they report
        at = verb.end()
        direct = _DIRECT.match(fold, at)
        found = _chain(text, fold, direct.end()) if direct else None
        if found is not None and direct is not None and ":" in direct.group() and _OWN_VERB.match(fold, found[1]):
            found = None  # "gửi: trường mầm non về UBND xã …"
        if found is None:
            beside = (m.end() - m.start() for m in _BRACKETED.finditer(fold, at, min(len(fold), at + _FAR)))
            stop = min(len(fold), at + _REACH + sum(beside))
            cut = _STOP.search(fold, at, stop)
            for to in _joints(verb.group()).finditer(fold, at, cut.start() if cut else stop):
                found = _chain(text, fold, to.end())
                if found is not None:
                    break
        if found is not None and (best is None or _COUNTER.match(fold, verb.end()) is None):
            best, told = found
            put = verb.group() == "trinh"
    return (
        best
        or _for_approval(text, fold, end)
        or _declared_to(text, fold, end)
        or _handed_to(text, fold, end)
        or _on_its_way(text, fold, end)
        or _begged(text, fold, end)
    )


def _begged(text: str, fold: str, end: int) -> str | None:
    """Return the office that a paper asks for something: "lập danh sách đề nghị UBND xã xác nhận"."""
    for begs in _PAPER_BEGS.finditer(fold, 0, end):
        found = receiver_at(text, fold, begs.end())
        if found is not None and _IS_ASKED.match(fold, found[1]) is not None:
            return found[0]
    return None


def _for_approval(text: str, fold: str, end: int) -> str | None:
    """Return who decides on what is put before nobody else: "trình danh sách trúng tuyển để Phòng GDĐT phê duyệt"."""
    for verb in union("recipients", "send").finditer(fold, 0, end):
        if _other_word(text, verb, "send"):
            continue
        for aim in _SO_THAT.finditer(fold, verb.end(), min(len(fold), verb.end() + _REACH)):
            own = _OWN_PHONG.match(text, aim.end())
            found = receiver_at(text, fold, aim.end()) or (("Phòng GDĐT", own.end()) if own is not None else None)
            if found is not None and text[aim.start() : aim.end()].startswith("để") and _DECIDES.match(fold, found[1]):
                return found[0]
    return None


def _joints(verb: str) -> re.Pattern[str]:
    """Return what joins a verb to who receives; "bàn giao tại Sở" only tells where."""
    if verb.startswith("dang ky"):
        return _WITH
    if verb == "bao cao":
        return _REPORTED
    return _NOT_AT if verb.startswith(("ban giao", "thong bao", "trinh", "cung cap")) else _TO


def _is_their_act(text: str, fold: str, told: int, at: int) -> bool:
    """Tell whether a verb tells what those do who receive: "gửi Sở GDĐT để tổng hợp, báo cáo UBND tỉnh"."""
    return any(
        text[aim.start() : aim.end()].lower().startswith(("để", "nhằm")) for aim in _IN_ORDER.finditer(fold, told, at)
    ) and not re.search(r"[;.]\s", text[told:at])


def receiver_in(row: str) -> str | None:
    """Return the recipient that stands in a row of a table with a column for it: the last one named, None for none."""
    fold = folded(row)
    last: tuple[str, int] | None = None
    for word in re.finditer(r"(?<!\w)[^\W\d_]", row):
        if row[word.start()].isupper() and (last is None or word.start() >= last[1]):
            last = receiver_at(row, fold, word.start()) or last
    return last[0] if last is not None else None


def _handed_to(text: str, fold: str, end: int) -> str | None:
    """Return to whom something is handed over: "giao phiếu đăng ký cho trường THPT", "trả bài thi cho Phòng GDĐT"."""
    for verb in union("recipients", "hand").finditer(fold, 0, end):
        if _other_word(text, verb, "hand"):
            continue
        stop = min(end, verb.end() + _REACH)
        to = _FOR.search(fold, verb.end(), stop)
        if to is None:
            continue
        found = _school_at(text, fold, to.end())
        person = PERSON.match(text, to.end())
        if person is not None:
            return squeeze(person.group())
        if _ASSIGNED.search(fold, verb.end(), to.start()) is not None:
            continue
        if found is not None:
            return found
        office = receiver_at(text, fold, to.end())
        if office is None:
            continue
        at = office[1] + 1
        late = fold.startswith(("trong ", "cham nhat ", "muon nhat "), at)  # "trong" folds like "trồng"
        if late or not opens_with_verb(fold, at):
            return office[0]
    return None


def _school_at(text: str, fold: str, at: int) -> str | None:
    school = _SCHOOL.match(fold, at)
    if school is None or opens_with_verb(fold, school.end() + 1):
        return None
    return squeeze(text[at : school.end()])


def _declared_to(text: str, fold: str, end: int) -> str | None:
    """Return before whom something is declared: "kê khai, cam kết với hiệu trưởng"."""
    for verb in union("recipients", "declare").finditer(fold, 0, end):
        for joint in _BEFORE.finditer(fold, verb.end(), min(end, verb.end() + _REACH)):
            found = _chain(text, fold, joint.end())
            if found is not None:
                return found[0]
    return None


def _on_its_way(text: str, fold: str, end: int) -> str | None:
    """Return where something goes whose verb was not read: "… danh sách có ký tên về Sở GDĐT (qua Phòng QLCL)"."""
    for joint in _TOWARDS.finditer(fold, 0, end):
        found = _listed(text, fold, joint.end())
        if found is not None and found[0] in _OFFICES and _THROUGH.match(fold, found[1]):
            return found[0]
    return None


def _chain(text: str, fold: str, at: int) -> tuple[str, int] | None:
    """Return the recipients that begin at ``at`` and where they end: "UBND cấp xã và Sở GDĐT".

    Those that have a verb of sending of their own stand behind a semicolon.
    """
    names: list[str] = []
    out, end = "", at
    while len(names) < 4:
        found = receiver_at(text, fold, at)
        if found is None:
            break
        name, end = found
        names.append(name)
        out += name
        more = _MORE.match(fold, end)
        if more is None or PERSON.match(text, more.end()) or receiver_at(text, fold, more.end()) is None:
            break  # "tại Phòng GDĐT, đ/c Nhàn nhận"
        joint = squeeze(_BRACKET.sub("", text[more.start() : more.start("verb") if more["verb"] else more.end()]))
        out += "; " if more["verb"] else ", " if joint.strip() == "," else f" {joint.strip(' ,')} "
        at = more.end()
    if len(names) == 2 and names[1] == "Sở GDĐT" and names[0].lower().startswith("phòng ") and ", " in out:
        return names[1], end  # "gửi về Phòng Công nghệ, Sở GDĐT": the office, through its department
    if (
        len(names) == 2
        and names[0] in _OFFICES
        and ", " in out
        and names[1].startswith(("Tổ ", "Bộ phận ", "bộ phận "))
    ):
        return names[0], end  # "gửi về Phòng GDĐT, Tổ Phổ thông"
    return (out, end) if out else None


def receiver_at(text: str, fold: str, at: int) -> tuple[str, int] | None:
    """Return the recipient that begins at ``at`` and where it ends; a department of the Sở goes by its name."""
    holder = _HOLDER.match(text, at)
    at = holder.end() if holder is not None else at
    person = PERSON.match(text, at)
    if person is not None:
        joint = OF_BODY.match(text, person.end()) or _POST.match(text, person.end())
        post = receiver_at(text, fold, joint.end()) if joint is not None else None
        return post or (squeeze(person.group()), person.end())
    end = department_at(text, fold, at)
    office = office_behind(fold, end) if end is not None and not is_board(fold, at) else None
    if office is not None:
        return _listed(text, fold, office)
    department = DEPARTMENTS.match(text, at)
    body = body_at(text, fold, at)
    if department is not None and (body is None or department["other"] is None or body <= department.end()):
        office_end = _OF_SO.match(text, department.end())  # an OCR lost the tone of "Phong KTQLCL"
        end = office_end.end() if office_end is not None else department.end()
        return _PHONG.sub(lambda m: f"{m[1]}hòng", CUT_SHORT.sub("-", squeeze(text[at:end]))), end
    found = _listed(text, fold, at)
    return (squeeze(text[at:body]), body) if body is not None and (found is None or found[1] < body) else found


def _listed(text: str, fold: str, at: int) -> tuple[str, int] | None:
    """Return the recipient of the table that begins at ``at`` and where it ends."""
    match = union("recipients", "recipient").match(fold, at)
    if match is None or match.end() == at or _other_word(text, match, "recipient"):
        return None
    surface = text[match.start() : match.end()]
    if surface == "bộ":
        return None
    if surface == "phòng" and _ROOM.match(text, match.end()) is not None:
        return None
    if surface in ("sở", "phòng", "Phòng", "Bộ") and _BARE_SO.match(text, match.end()) is None:
        return None
    return _name(text, match), match.end()


def _other_word(text: str, match: re.Match[str], group: str) -> bool:
    """Tell whether the match is another word that only folds alike ("số" for "Sở", "bảo" for "báo")."""
    entry = entries("recipients", group)[int(str(match.lastgroup)[1:])]
    words = text[match.start() : match.end()].lower()
    return any(words == other or words.startswith(f"{other} ") for other in entry.row.get("not", ()))


def _name(text: str, match: re.Match[str]) -> str:
    entry = entries("recipients", "recipient")[int(str(match.lastgroup)[1:])]
    surface = squeeze(text[match.start() : match.end()])
    if "{}" not in entry.name:
        return entry.name
    if entry.name == "{}":
        return surface
    tail = re.sub(r"(?i)^(?:chủ tịch\s)?(?:ubnd|[uủ][yỷ] ban nhân dân)\s?", "", surface)
    return entry.name.format(tail).strip()
