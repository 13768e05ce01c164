"""Citations (văn bản được viện dẫn): every mention of another numbered document, with what stands around it.

Numbers are found and repaired by ``corpus.numbers``; this module reads the type word before them, the date, agency
and subject behind them, provisions, lists under one type word, short forms and laws by name and year. Forms are those
of Nghị định 30/2020/NĐ-CP, Annex I, II.6 and of office practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from corpus.facts import Relation
from corpus.numbers import DocumentNumber, NumberMatch, find_numbers, parse_number
from corpus.text import LOWER, UPPER
from nlp.citing.daysshared import SAME_DAY, share
from nlp.citing.relations import is_object, relation_before, told_behind
from nlp.citing.signed import signed_after, signed_before
from nlp.citing.titles import goes_on_behind_stop
from nlp.naming.agencies import agency_at
from nlp.naming.plain import plain_numbers
from nlp.page.structure import Item
from nlp.page.zones import Zone
from nlp.words.folding import pattern
from nlp.words.stretches import Stretch, apart, meets
from nlp.words.vocabulary import entries, table

_BEFORE = 110
#: So much behind a document tells whether it is the subject of its sentence.
_BEHIND = 160
_SO = r"(?:s[o6ebd0&.]?\s{0,2}[:.;]?\s{0,2})"
_AFTER_TYPE = pattern(
    rf"^(?P<gap>(?:\s{{1,2}}[\w,-]{{1,14}}){{0,7}}?)\s{{0,2}}(?:\(\s?)?(?P<so>(?<!\w)(?:{_SO}|[60&]\s))?$"
)
_JOINT = pattern(rf"^\s{{0,2}}\)?[,;]?\s{{0,2}}(?:(?:va|hoac|cung|voi)\s{{1,2}})?(?:cac\s)?{_SO}?$")
_TO_AGENCY = pattern(r"\s{0,2}\)?,?\s{0,2}(?:cua|do)\s{1,2}(?:lien\s)?")
_SUBJECT = pattern(
    r"\s{0,2}[,)]{0,2}\s{0,2}(?:ve viec|v/v|ve|phe duyet|quy dinh|ban hanh|huong "
    r"dan|sua doi|thuc hien|trien khai|cong bo|thong bao)(?!\w)"
)
_SUBJECT_END = re.compile(
    r"[;.](?=\s|$)|\s\((?:sau đây|dưới đây|gọi tắt|viết tắt)|,\s(?=Bộ |Sở |Phòng |Ủy ban |UBND |Trường )|\n"
)
_PROVISION = pattern(
    r"(?:(?:diem|khoan|dieu|muc|chuong|phan|phu luc|tiet)\s[\w.]{1,6}\)?(?:,\s|\sva\s|\s|\s?-\s?|;\s)(?:cua\s)?){1,8}$"
)
_BARE_BEFORE = pattern(r"(?<![\w/,.])(?P<list>\d{1,5}(?:, \d{1,5}){0,5})(?:,| va|, va)\s(?:so\s)?$")
_SHORT = re.compile(
    r"(?<![\w/])(?P<serial>\d{1,5})(?:/(?P<year>(?:19|20)\d{2}))?(?![\w/]|[.,-]\d|\s?/\s?\S|\s?%|-[A-ZĐ])"
)
#: "sau đây gọi tắt là Thông tư 16" gives a name, it does not cite.
_CALLED = pattern(r"goi (?:tat |chung )?la\s{1,2}[\W]{0,2}$")
#: What stands before the code of a form: "theo Mẫu số 02/TSC-ĐA ban hành kèm theo Nghị định …".
_FORM = pattern(r"(?<!\w)(?:bieu )?mau (?:so )?$")
#: What adds to the document before and is no member of the list: "…, hướng dẫn bổ sung tại Công văn …".
_ADDED = pattern(r"[^.;]{0,160}[,(]\s?(?:duoc )?huong dan (?:bo sung|them|chi tiet) (?:tai|trong)\s{1,2}$")
_SHORT_SO = pattern(r"(?<!\w)s[o6]\s?[:.]?\s{0,2}$")
#: Types whose numbers hold a year: "Thông tư 27/2020" is a short form of one.
_YEARLY_TYPES = ("Thông tư", "Nghị định", "Thông tư liên tịch", "Nghị quyết")
_ABBREVIATED = re.compile(r"^(?:TTLT|TT|NĐ|ND|NQ|QĐ|QD|CT|KH|KL|HD|TB|BC|TTr|CTr|GM|CV|VB)$")
_LAW = re.compile(rf"(?<!\w)(?:Bộ luật|Luật|LUẬT)\s(?=[{UPPER}{LOWER}])")
#: A law within the name of another that changes it: "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B".
_CHANGING = pattern(r"(?<!\w)luat sua doi,? bo sung (?:mot so |cac )?dieu cua (?:[a-z,]+ ){0,16}$")
_LAW_YEAR = pattern(
    r"(?P<name>sua doi[a-z, ]{20,150}?|[a-z][a-z, ]{1,60}?),?\s(?:nam\s|ngay\s\d{1,2}\s?/\s?\d{1,2}\s?/\s?|"
    r"ngay\s\d{1,2}\sthang\s\d{1,2}\snam\s|\()?(?P<year>(?:19|20)\d\d)(?!\d|\s?/)"
)


@dataclass(slots=True)
class Found:
    """A citation as found in one item: ``item.text[start:end]``; the resolver decides what it is.

    ``day`` is month and day where the year is left out ("ngày 09/7"): the last such day before the directive's own.
    ``hands`` is the relation of the list that goes on behind it, where it is but the object of the one before.
    """

    item: Item
    start: int
    end: int
    number: DocumentNumber | None
    serial: str
    word: str | None
    word_given: bool
    date: date | None
    issuer: str | None
    issuer_local: bool
    subject: str | None
    provision: str | None
    relation: Relation
    rule: str
    confidence: float
    alternatives: tuple[str, ...] = ()
    repaired: bool = False
    joined: bool = False
    number_at: int = 0
    day: tuple[int, int] | None = None
    hands: Relation | None = None

    @property
    def doc_type(self) -> str | None:
        """The tên loại: of the symbol where it tells one, else of the word before the number.

        "Công văn số 847/TTr-VP" is the Thanh tra's, whose sign is that of a tờ trình.
        """
        if self.word == "Công văn" and self.number is not None and self.number.type == "TTr":
            return self.word
        if self.number is None or (self.number.type is None and self.word not in (None, "Công văn", "Hướng dẫn")):
            return self.word
        return self.number.type_name


@lru_cache(maxsize=1)
def _type_words() -> re.Pattern[str]:
    rows = "|".join(f"(?P<_{k}>{r['pattern']})" for k, r in enumerate(table("types")["type"]))
    return re.compile(rf"(?<!\w)(?:{rows})(?!\w)")


def find_citations(item: Item, *, inherit: Relation | None = None, mark_context: str = "") -> list[Found]:
    """Return the citations of one item in order.

    ``inherit``: what a list before this item hands on; ``mark_context``: for a footnote, the text before its mark.
    """
    text, fold = item.text, item.joined.fold
    found: list[Found] = []
    taken = 0
    for match in _numbers(text, fold):
        if item.zone is Zone.LETTERHEAD and _is_own_line(fold, match.start):
            continue
        shared = list(_sharing(item, match, taken))
        found += shared
        made = _numbered(item, match, taken, found[-1] if found else None)
        if made is not None:
            found.append(made)
            taken = made.end
    full = apart((f.start - 2, f.end) for f in found)
    found = sorted([*found, *_short(item, full), *_laws(item, full)], key=lambda f: f.start)
    share(found, text)
    for k, one in enumerate(found):
        before = _outside(found, k, text) if k else None
        last = (before.end, before.relation) if before is not None else None
        if before is not None and before.hands is not None and one.word_given and ";" in text[before.end : one.start]:
            last = (before.end, before.hands)
        again = _named_again(found, k, item)
        one.relation = again or relation_before(item, one.start, last, inherit, mark_context)
        if before is not None and again is None:
            handed = before.hands or before.relation
            one.relation = handed if _is_next_of_list(item, before.end, one, handed) else one.relation
        if last is not None and one.relation is Relation.MENTIONS and last[1] is not Relation.MENTIONS:
            one.hands = last[1] if is_object(item, one.start, last) else None
        elif before is not None and last is not None and one.relation is before.relation is Relation.MENTIONS:
            one.hands = before.hands
        elif before is not None and _ADDED.fullmatch(fold, before.end, one.start):
            one.hands = before.relation
        one.subject = _subject(text, fold, one.end, found[k + 1].start if k + 1 < len(found) else len(text))
    return found


def _is_next_of_list(item: Item, end: int, one: Found, handed: Relation) -> bool:
    """Tell whether ``one`` opens a sentence as the next of the documents before, the last of which ends at ``end``."""
    between, behind = item.joined.fold[end : one.start], item.joined.fold[one.end : one.end + _BEHIND]
    return goes_on_behind_stop(between, behind, handed) and told_behind(item, one.start) is None


def _numbers(text: str, fold: str) -> list[NumberMatch]:
    """Return the numbers of a text in order; what no table knows only where no other number stands."""
    known = list(find_numbers(text))
    taken = apart((m.start, m.end) for m in known)
    plain = [m for m in plain_numbers(text, fold) if not meets(taken, m.start, m.end)]
    return sorted([*known, *plain], key=lambda m: m.start) if plain else known


def _outside(found: list[Found], k: int, text: str) -> Found:
    """Return the citation that the ``k``-th goes on from: the one before it that no bracket between them has closed."""
    at = k - 1
    while at > 0 and _in_bracket(text, found[at].start) and _closes(text, found[at].end, found[k].start):
        at -= 1
    return found[at]


def _named_again(found: list[Found], k: int, item: Item) -> Relation | None:
    """Return the relation of a document that a bracket names once more: "(Thông tư số 16/2021/TT-BGDĐT)", "(gọi tắt là
    Thông tư số 16/2021/TT-BGDĐT)"."""
    one, text = found[k], item.text
    called = _CALLED.search(item.joined.fold, max(0, one.start - 24), one.start) is not None
    opens = called or text[one.start - 1 : one.start] == "("
    if one.number is None or not opens or text[one.end : one.end + 1] != ")":
        return None
    same = (f.relation for f in reversed(found[:k]) if f.number == one.number)
    return next(same, None)


def _in_bracket(text: str, at: int) -> bool:
    lo = max(0, at - 160)
    return text.rfind("(", lo, at) > text.rfind(")", lo, at)


def _closes(text: str, start: int, end: int) -> bool:
    close = text.find(")", start, min(end, start + 160))
    return close >= 0 and text.find("(", start, close) < 0


def _is_own_line(fold: str, start: int) -> bool:
    """Tell whether a number of the letterhead stands behind its "Số:" at the start of the line: the own number."""
    before = fold[max(0, start - 12) : start]
    return bool(re.search(rf"(?:^|\s){_SO}$", before)) and "v/v" not in fold[:start]


def _numbered(item: Item, match: NumberMatch, taken: int, before: Found | None) -> Found | None:
    text, fold = item.text, item.joined.fold
    word = _word_before(text, fold, match.start - len(match.glued), taken)
    joined = False
    start = word[0] if word else _with_so(fold, match.start, taken)
    name = word[1] if word else None
    if name == "Luật" and (changing := _CHANGING.search(fold, max(taken, start - _BEFORE), start)) is not None:
        start = changing.start()
    if word is None and before is not None and _JOINT.fullmatch(fold[before.end : match.start]):
        joined, name = True, before.word
    if word is None and not joined and not _plausible(match, fold):
        return None
    signed = signed_after(text, fold, match.end)
    end, issuer, local = _issuer_after(text, fold, signed.end)
    if issuer and signed.end == match.end:
        signed = signed_after(text, fold, end)
        end = signed.end
    number = match.number
    if number.parts == ("TT",) and issuer is not None and issuer.startswith("Thủ tướng"):
        number = replace(number, parts=("TTg",))  # "Chỉ thị số 16/CT-TT ngày … của Thủ tướng Chính phủ"
    if issuer is None and signed.place is not None and match.number.parts[:1] == ("UBND",):
        issuer, local = f"Ủy ban nhân dân {signed.place}", True
    day = signed.date or (signed_before(text, fold, start) if signed.day is None else None)
    if day is None and before is not None and SAME_DAY.match(fold, signed.end + 1):
        day = before.date  # "…; Nghị định B cùng ngày về …"
    provision = provision_before(text, fold, start) if word else None
    return Found(
        item, start, end, number, number.serial, name, word is not None, day, issuer, local, None,
        provision,
        Relation.MENTIONS, "number", match.confidence * (1.0 if word or joined else 0.85), match.alternatives,
        match.repaired, joined, match.start, signed.day,
    )  # fmt: skip


def _sharing(item: Item, match: NumberMatch, taken: int) -> Iterator[Found]:
    """Yield the bare numbers that share the symbol of the number behind them: "Thông tư 26 và 27/2020/TT-BGDĐT"."""
    text, fold = item.text, item.joined.fold
    before = _BARE_BEFORE.search(fold, max(taken, match.start - 40), match.start)
    if before is None:
        return
    word = _word_before(text, fold, before.start("list"), taken)
    if word is None:
        return
    for bare in re.finditer(r"\d{1,5}", before["list"]):
        start = before.start("list") + bare.start()
        number = replace(match.number, serial=bare.group())
        yield Found(
            item, start, start + len(bare.group()), number, bare.group(), word[1], True, None, None, False, None, None,
            Relation.MENTIONS, "list", 0.8, number_at=start,
        )  # fmt: skip


def _plausible(match: NumberMatch, fold: str) -> bool:
    """Tell whether a number without a type word is a citation: it has a type or agency that is known."""
    number = match.number
    if _FORM.search(fold, max(0, match.start - 12), match.start) is not None:
        return False
    return number.type is not None or bool(number.agencies) or bool(_SHORT_SO.search(fold[: match.start][-8:]))


def _with_so(fold: str, start: int, taken: int) -> int:
    so = re.search(rf"(?<!\w){_SO}$", fold[max(taken, start - 8) : start])
    return start - len(so.group()) if so else start


def _word_before(text: str, fold: str, start: int, taken: int) -> tuple[int, str] | None:
    """Return where the type word before a number begins and the tên loại it names."""
    lo = max(taken, start - _BEFORE)
    best: tuple[int, str] | None = None
    for match in _type_words().finditer(fold, lo, start):
        rest = _AFTER_TYPE.match(fold[match.end() : start])
        if rest is None:
            continue
        surface = text[match.start() : match.end()]
        gap = rest["gap"].split()
        rule = entries("types", "type")[int(str(match.lastgroup)[1:])]
        if len(surface) <= 4 and rule.name not in ("Luật", "Thư", "Đề án"):
            if gap or not _ABBREVIATED.match(surface):
                continue
        elif gap and not rest["so"]:
            continue
        limit = 7 if rule.name in ("Luật", "Bộ luật", "Pháp lệnh") else 6 if "cua" in gap else 3
        if len(gap) > limit or (rule.name == "Thư" and (not rest["so"] or gap[:1] == ["vien"])):
            continue
        best = (match.start(), rule.name)
    return best


def _issuer_after(text: str, fold: str, at: int) -> tuple[int, str | None, bool]:
    lead = _TO_AGENCY.match(fold, at)
    if lead is None:
        return at, None, False
    names, end, local = [], lead.end(), False
    for _ in range(4):
        named = agency_at(text, fold, end)
        if named is None:
            break
        names.append(named.name)
        at, local = named.end, named.local
        joint = re.compile(r"(?:,| và| -)\s{1,2}").match(text, at)
        alone = local or named.unit
        following = agency_at(text, fold, joint.end()) if joint is not None and not alone else None
        if joint is None or following is None or following.local:
            break  # "của Bộ GDĐT, Sở GDĐT yêu cầu": a local office behind a comma begins what follows
        end = joint.end()
    return (at, ", ".join(names), local) if names else (at, None, False)


def provision_before(text: str, fold: str, start: int) -> str | None:
    """Return the điểm, khoản, Điều that stand right before a document, as written."""
    lo = max(0, start - 90)
    match = _PROVISION.search(fold, lo, start)
    if match is None:
        return None
    surface = text[match.start() : match.end()].strip(" ,;")
    return re.sub(r"\s+của$", "", surface).strip() or None


def _subject(text: str, fold: str, at: int, limit: int) -> str | None:
    lead = _SUBJECT.match(fold, at)
    if lead is None:
        return None
    end = _SUBJECT_END.search(text, lead.end(), min(limit, at + 420))
    stop = end.start() if end else min(limit, at + 420)
    subject = text[at:stop].strip(" ,;.()")
    return re.sub(r"(?:\s(?:và|theo|tại|các|của))+$", "", re.sub(r"^(?:về việc|V/v|v/v|về)\s+", "", subject)) or None


def _short(item: Item, full: list[Stretch]) -> Iterator[Found]:
    """Yield short forms: a type word, "số" and bare digits ("Kế hoạch số 1977", "CV 5807")."""
    text, fold = item.text, item.joined.fold
    for match in _SHORT.finditer(text):
        start = match.start()
        if meets(full, start, start + 1):
            continue
        so = _SHORT_SO.search(fold[max(0, start - 8) : start])
        at = start - len(so.group()) if so else start
        words = [m for m in _type_words().finditer(fold, max(0, at - 24), at) if fold[m.end() : at].strip() == ""]
        if not words:
            continue
        first = words[-1]
        surface = text[first.start() : first.end()]
        rule = entries("types", "type")[int(str(first.lastgroup)[1:])]
        short = bool(_ABBREVIATED.match(surface))
        if (len(surface) <= 4 and not short) or rule.name in (
            "Luật",
            "Thư",
            "Hiến pháp",
            "Bộ luật",
            "Biên bản",
            "Báo cáo",
        ):
            continue
        if not so and (len(match["serial"]) < 2 or not (short or surface[0].isupper())):
            continue  # "TT 1" heads a table
        if re.fullmatch(r"(?:19|20)\d\d", match["serial"]) and not so:
            continue
        if (match["year"] and rule.name not in _YEARLY_TYPES) or _CALLED.search(
            fold, max(0, first.start() - 24), first.start()
        ):
            continue
        if _names(text, first.start(), match):
            continue
        signed = signed_after(text, fold, match.end())
        end, issuer, local = _issuer_after(text, fold, signed.end)
        yield Found(
            item, first.start(), end, None, match.group(), rule.name, True, signed.date, issuer, local, None,
            provision_before(text, fold, first.start()),
            Relation.MENTIONS, "short" if so or short else "short-bare", 0.7, number_at=start, day=signed.day,
        )  # fmt: skip


def _names(text: str, start: int, short: re.Match[str]) -> bool:
    """Tell whether a bracket gives the document before it a short name: "Kế hoạch số 84/KH-UBND … (Kế hoạch 84)"."""
    bracket = text[start - 1 : start] == "(" and text[short.end() : short.end() + 1] == ")"
    return bracket and re.search(rf"(?<!\d){short['serial']}\s?/", text[:start]) is not None


def _laws(item: Item, full: list[Stretch]) -> Iterator[Found]:
    """Yield laws cited by name and year ("Luật Giáo dục năm 2019")."""
    text, fold = item.text, item.joined.fold
    for match in _LAW.finditer(text):
        if meets(full, match.start() + 2, match.start() + 3):
            continue
        if _CHANGING.search(fold, max(0, match.start() - _BEFORE), match.start()):
            continue
        named = _LAW_YEAR.match(fold, match.end())
        if named is None:
            continue
        number = _law_number(named["name"].strip(), int(named["year"]))
        if number is None:
            continue
        word = "Bộ luật" if match.group().startswith("Bộ") else "Luật"
        signed = signed_after(text, fold, match.end() + len(named["name"]))
        end = named.end() + (1 if text[named.end() : named.end() + 1] == ")" else 0)
        yield Found(
            item, match.start(), end, number, number.serial, word, True, signed.date, None, False, None,
            provision_before(text, fold, match.start()), Relation.MENTIONS, "law-name", 0.9, number_at=match.start(),
        )  # fmt: skip


def _no_commas(name: str) -> str:
    """Return the name of a law without its commas, which are often left out: "Luật Phòng chống tham nhũng"."""
    return name.replace(",? ", " ").replace(",", "")


def _law_number(name: str, year: int) -> DocumentNumber | None:
    rows = [
        r
        for r in table("laws")["law"]
        if r["year"] == year and re.fullmatch(_no_commas(r["pattern"]), _no_commas(name))
    ]
    return parse_number(rows[0]["number"]) if len(rows) == 1 else None
