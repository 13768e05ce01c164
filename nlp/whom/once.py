"""To whom and through whom a whole list goes, told once: in its heading, in a sentence of it or in one behind it."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.naming.recipients import recipient_of, sends
from nlp.naming.ways import by_phone, via_of
from nlp.page.sent import DATED, THINGS, TIME_OF, sending_lead
from nlp.page.structure import Item
from nlp.page.unitcolumns import unit_columns
from nlp.whom.subjects import clauses_of
from nlp.words.folding import folded, pattern

_SECTION = pattern(r"(?<!\w)bao cao(?!\w)")
#: A sentence that tells of a table above it: "đúng ngày ghi trong bảng nêu trên".
_NOT_SO = pattern(r"(?<!\w)khong (?:theo|thuoc|nam trong|ap dung)(?: cac)?\s$")
_OF_TABLE = pattern(r"(?<!\w)(?:bang|lich|bieu|moc thoi gian)(?: \w+){0,3}? (?:(?:o|neu|ghi|noi) )?tren(?!\w)")
#: A paragraph of its own that tells where it is handed in: "4. Địa điểm nhận tác phẩm: Báo Giáo dục và Thời đại, …".
_PLACE_OF = pattern(
    r"\W{0,3}(?:(?:\d{1,2}|[a-z])[.)]\s)?(?:noi|dia (?:chi|diem)) (?:gui|nop|(?:tiep )?nhan)(?: [^\W\d]\w{0,6}){0,4}:"
)
#: What tells of all that is sent, not of one more: "- Báo cáo gửi về phòng KHTC".
_ALL_GO = pattern(
    r"\W{0,3}(?:(?:cac|tat ca|toan bo|moi) ){0,2}(?:(?:bao cao|ho so|danh sach|ke hoach|ket qua|van ban)"
    r"(?: (?:tren|nay|bang van ban|dinh ky|cua cac (?:don vi|truong))){0,2}) (?:(?:duoc )?(?:gui|nop))(?!\w)"
)
#: So many items behind a table a sentence may tell of it.
_NEAR = 12


#: Who reports how is told before the list of the reports: "Các trường thực hiện chế độ báo cáo định kỳ về Sở GDĐT".
_REGIME = pattern(
    r"(?<!\w)thuc hien (?:tot |nghiem (?:tuc )?|day du |dung )*(?:che do )?(?:thong tin,? )?bao cao"
    r"(?:,? (?:va )?(?:bao cao )?(?:dinh ky|dot xuat|thuong xuyen|thong ke))*(?= (?:ve|gui) )"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Recipient (nơi nhận báo cáo) and way ("qua …"), None for what is not told."""

    recipient: str | None = None
    way: str | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is told."""
        return self.recipient is not None or self.way is not None


def told_by(words: str) -> Told:
    """Return what words tell."""
    return Told(recipient_of(words), via_of(words))


def told_once(items: list[Item]) -> dict[int, Told]:
    """Return what is told once for the items of a list, by where they begin: in its heading, or in a sentence of it."""
    found: dict[int, Told] = {}
    by_path: dict[tuple[str, ...], Told] = {}
    said = {k: told for k, item in enumerate(items) if not item.table and (told := _sentence_for_all(item))}
    for item in items:
        if item.path and item.path not in by_path:
            by_path[item.path] = told_by(item.path[-1]) if sends(item.path[-1]) else Told()
    for k, told in said.items():
        path = items[k].path
        if path and by_path[path].recipient in (None, told.recipient) and not by_path[path].way:
            by_path[path] = Told(by_path[path].recipient or told.recipient, told.way)
    first: dict[tuple[str, ...], Told] = {}
    for k, item in enumerate(items):
        told = by_path.get(item.path, Told())
        if item.path and _SECTION.search(folded(item.path[-1])) and THINGS.match(item.joined.fold, len(item.label)):
            told = told or first.get(item.path, told)
            if not by_phone(item.text):
                first.setdefault(item.path, told_by(item.text))
        by_unit = item.table and len(unit_columns(item.head)) > 1  # "Loại báo cáo | Trường THPT | PGDĐT"
        if item.table and not by_unit and sends(item.head) and recipient_of(item.head) is not None:
            told = told_by(item.head)
        if item.table and not item.path and not told and (lead := sending_lead(item)):
            told = told_by(lead)
        told = told or _behind_list(items, k, by_path, said) or _beside(items, k, said) or _place_of(items, k)
        if told:
            found[item.start] = told
        reference = _OF_TABLE.search(item.joined.fold) if not item.table else None
        denied = reference is not None and _NOT_SO.search(item.joined.fold, 0, reference.start()) is not None
        if reference is not None and not denied and sends(item.text):
            rows, behind = _rows_before(items, k), f"gửi {item.text[reference.end() :].strip()}"
            near = behind if recipient_of(behind) is not None else item.text
            told = Told(recipient_of(near), via_of(near))
            found.update({row.start: told for row in rows if row.start not in found and told.recipient is not None})
    return found


def _sentence_for_all(item: Item) -> Told:
    """Return what a sentence without a date tells of things that are sent: "Các báo cáo gửi về Sở GDĐT (qua …)"."""
    for clause in clauses_of(item):
        words = item.text[clause.start : clause.end]
        thing = THINGS.match(folded(words)) or _REGIME.search(folded(words))
        if thing is None or DATED.search(words) is not None or not sends(words):
            continue
        opens = words.lstrip(" -+*")[:1].isupper() or not clause.start  # "…; báo cáo nhanh về …" is an act
        if (opens or thing.re is _REGIME or sends(words[thing.end() :])) and (told := told_by(words)):
            return told
    return Told()


def _beside(items: list[Item], k: int, said: dict[int, Told]) -> Told:
    """Return what the next paragraph tells of a plain one, or the one before of a paragraph that is but a time."""
    item = items[k]
    if k and TIME_OF.match(item.joined.fold) and items[k - 1].path == item.path and sends(items[k - 1].text):
        return told_by(items[k - 1].text)
    if k + 1 < len(items) and not item.path and items[k + 1].path == item.path and not items[k + 1].label:
        return said.get(k + 1, Told())
    return Told()


def _place_of(items: list[Item], k: int) -> Told:
    """Return where what an item tells the time of is handed in, as the next paragraph of its kind tells.

    "3. Thời gian nhận bài: … ⏎ 4. Địa điểm nhận bài: Nhà Thiếu nhi huyện".
    """
    item = items[k]
    timed = TIME_OF.match(item.joined.fold) or (item.path and TIME_OF.match(folded(item.path[-1])))
    if not timed:
        return Told()
    for other in items[k + 1 : k + 1 + _NEAR]:
        if len(other.path) <= len(item.path) and _PLACE_OF.match(other.joined.fold):
            return told_by(other.text)
        if TIME_OF.match(folded(item.path[-1] if item.path else "")) and other.path == item.path:
            told = told_by(other.text) if sends(other.text) and DATED.search(other.text) is None else Told()
            if told.recipient is not None:  # "- Các đơn vị nộp bản mềm về Phòng GDĐT" in the list of the times
                return told
    return Told()


def _rows_before(items: list[Item], k: int) -> list[Item]:
    """Return the rows of the last table before an item that is no row."""
    last = next((n for n in range(k - 1, max(-1, k - _NEAR), -1) if items[n].table), None)
    if last is None:
        return []
    first = last
    while first > 0 and items[first - 1].table:
        first -= 1
    return items[first : last + 1]


def _behind_list(items: list[Item], k: int, by_path: dict[tuple[str, ...], Told], said: dict[int, Told]) -> Told:
    """Return what a paragraph behind the list of an item tells, under the heading of the list's lead.

    Behind a list of times it may be a member of the list above: "- Thời gian gửi báo cáo: ⏎ + … ⏎ - Báo cáo gửi về …".
    """
    path = items[k].path
    if not path:
        return Told()
    at = next((j for j in range(k + 1, len(items)) if items[j].path != path), None)
    if at is None or items[at].path != path[:-1]:
        return Told()
    if (
        items[at].label
        and TIME_OF.match(folded(path[-1]))
        and _ALL_GO.match(items[at].joined.fold, len(items[at].label))
    ):
        return said.get(at, Told())
    return by_path.get(path[:-1], Told()) if path[1:] and not items[at].label else Told()
