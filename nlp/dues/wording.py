"""The task of a duty as a sentence: its words without the time and without the units that act, which have fields of
their own, and with what they hang on: the lead of a list, the clauses before it in the same sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.text import squeeze
from nlp.dues.leads import lead_of_title
from nlp.dues.order import AFTER, NAMED, asked, sent_on, without_term, without_topic
from nlp.naming.actors import Group
from nlp.naming.recipients import recipient_of, sends
from nlp.page.structure import Clause, Item
from nlp.when.titles import done_in_last
from nlp.whom.headings import heading_units
from nlp.whom.subjects import opening_units, subject_before
from nlp.words.casing import sentence_case
from nlp.words.content import ADDRESS, THIN, telling, tells
from nlp.words.folding import folded, pattern
from nlp.words.phrases import bare_title, clean, sentence, tidy
from nlp.words.verbs import opens_with_verb

_MANY = 24
#: A heading, and words that only tell for whom, are no longer than this.
_SHORT = 120
_ONLY_TIME = pattern(r"^(?:\W{0,3}(?:thoi (?:gian|han|diem)|han|tien do)(?: \w{2,8}){0,4}\W{0,3}|doi voi (?:cap )?)$")
_OPENER = pattern(
    r"(?:(?<=\s)|^|(?<=,))(?:(?:rieng|de nghi|yeu cau|giao cho|giao|phan cong|doi voi|ve phia|danh cho)\s{1,2}){1,3}$"
)
#: What follows units that are only described ("trường có bể bơi", "trường đã được công nhận"), or ends their naming.
_DESCRIBED = re.compile(
    r"(?:có(?! trách nhiệm)|đã|chưa|thiếu|mới|được|bị|chuyển (?:đi|đến)|thuộc|này|trên|nêu|nào|đạt|là|còn|đủ|đang|ở|do"
    r"|và|cả|kể cả|gồm cả|cũng|của|không đủ|mà|nếu|tham gia|để xảy ra|đăng cai|không có(?! [^;,]{0,12}quyền)"
    r"|đến (?:làm việc|duyệt|nhận|nộp)|(?:gửi|nộp|báo cáo|đăng ký)(?: \w+){0,2}? (?:trễ|chậm|muộn|thiếu))(?!\w)"
)
#: A clause that stands for itself: it only sends something, or speaks of each single one.
_ALONE = pattern(r"\W{0,4}(?:gui|nop|bao cao|trinh|dang ky|moi|tung|cac|nhung|khi|neu)(?!\w)")
_COMPLETES = pattern(r",\s(?:hoan thanh|hoan tat|(?:lam )?xong)(?:\s\w{2,5}){0,2}\s?$")
_HANDS_ON = pattern(
    r"\W{0,4}(?:gui|nop|trinh|bao cao|thong bao|lap|tong hop|hoan thien)\s(?:\d{1,2} (?:ban|bo) )?"
    r"(?:danh sach|quyet dinh|bien ban|ho so|ket qua|ke hoach|van ban|phieu|ban)(?! (?:tong ket|so ket))"
    r"|\W{0,4}(?:phan cong|phoi hop (?:voi|cung))\s"
)
#: A report told by its time alone: "…: báo cáo lần 1 trước …; báo cáo tổng kết trước …; năm 2026 trước …".
_PERIOD = pattern(
    r"\W{0,4}(?:gui |nop )?(?:bao cao )?(?:(?:lan|dot) (?:\d|i{1,3}|thu \w+|dau|cuoi)"
    r"|(?:so|tong) ket(?: (?:nam hoc|hoc ky \w+))?|hang (?:thang|quy|nam)|(?:6|sau|9|chin) thang(?: dau nam| cuoi nam)?"
    r"|(?:ca )?nam(?: hoc)?(?: \d{4})?|hoc ky \w{1,2}|quy \w{1,3}|(?:dau|cuoi|giua) (?:nam(?: hoc)?|ky|hoc ky))"
    r"(?:\W|$)(?!\w+ \w+ \w+ \w+ \w+ \w+ \w+)"
)
_EXHORTS = pattern(r"\W{0,4}(?:day manh|tang cuong|nang cao|chu trong|khuyen khich|quan tam|tiep tuc|doi moi)(?!\w)")
_MAKES = pattern(r"(?<!\w)(?:lap|tong hop|xay dung|hoan thien|hoan thanh|chuan bi|viet|thong ke)(?!\w)")
#: To whom something goes, at the end of a lead; the article that a cut left before units; both lists' receivers.
_TO_END = re.compile(
    r"\s(?:về|cho|tới|lên)\s(?:[Pp]hòng|[Ss]ở|Bộ|UBND|P?GD|SGD|Vụ|Cục|Ban|Hội đồng|Văn phòng)[^;:,.()]{0,60}"
    r"(?:\s?\(qua [^()]{3,80}\))?$"
)
_ARTICLE = re.compile(r"[\s,]{1,2}(?:các|những|mỗi)$")
_TO_ALL = re.compile(r"\s(?:về|cho|gửi)\s[^;:,.()]{3,60}(?:\s?\(qua [^()]{3,80}\))?")
#: The rank of what is held, behind its name.
_RANKED = pattern(r"(?:o )?cap (?:truong|cum|xa|huyen|quan|tinh|thanh pho|co so|so)\s?:")
#: What the members of a list are parts of something by.
_PART_OF = pattern(r"(?:vong|dot|lan|cum|lop|khoi|khu vuc|nhom|buoi|cap|bac|phan|giai doan|ky)(?= )")
#: Words that only tell of which learners a time is: "Đối với giáo dục mầm non", "Đối với lớp 9, 12: 18 tuần thực học".
_LEARNERS_ALONE = pattern(
    r"\W{0,3}(?:(?:doi voi|cac|giao duc|cap hoc|cap|bac hoc|bac|nganh hoc|khoi lop|khoi|lop|hoc sinh|tre|mam non"
    r"|mau giao|nha tre|tieu hoc|trung hoc co so|trung hoc pho thong|trung hoc|thcs|thpt|gdtx|thuong xuyen|pho thong"
    r"|con lai|\d{1,2} tuan thuc hoc|\d{1,2}|va)(?!\w)\W{0,3}){1,24}"
)
#: A heading that names no matter: "Thời gian, địa điểm tổ chức:".
_NO_MATTER = pattern(
    r"\W{0,3}(?:(?:thoi gian|dia diem|thanh phan|doi tuong|noi dung|lich|ke hoach|to chuc|thuc hien|du kien|cu the"
    r"|nhu sau|va)(?!\w)\W{0,3}){1,8}"
)
#: For whom a time is, right behind it: "ngày 06/9 đối với khối lớp 9, 12 và ngày 13/9 đối với các khối lớp còn lại".
_FOR_WHOM = re.compile(
    r"\s(?:đối với|dành cho|cho)\s[^;.]{3,80}?(?=(?:,?\s(?:và|còn))?\s?(?:từ\s|vào\s)?(?:ngày\s)?[.;]?$)"
)
#: What units are named behind that stay in the task: "Số liệu do các trường nhập", "… thì Phòng GDĐT tham mưu".
_BY_OR_THEN = re.compile(r"(?<!\w)(?:do|thì)\s$")
_JOINT = pattern(r"\s{0,2}(?:(?:,|;|va|dong thoi|sau do|roi|hoac)\s{0,2}){0,3}")


@dataclass(frozen=True, slots=True)
class Timed:
    """A time in a clause: ``item.text[start:end]``; ``group`` the units it holds for; ``keep``: it names the task."""

    start: int
    end: int
    group: Group | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """The task, and the stretch ``item.text[start:end]`` that it is read from."""

    words: str
    start: int
    end: int


def task_of(item: Item, clauses: list[Clause], times: list[list[Timed]], k: int, n: int) -> Task:
    """Return what is to be done by time ``n`` of clause ``k``; ``times`` are those of every clause."""
    if len(times[k]) > _MANY:  # no directive has so many; the work stays linear
        time = times[k][n]
        clause = Clause(times[k][n - 1].end if n else clauses[k].start, time.end)
        return Task(sentence(tidy(clean(item.text[clause.start : time.start]))), clause.start, clause.end)
    clause, time = clauses[k], times[k][n]
    first = _sentence_start(item, clauses, k)
    words, whole = _own(item, clause, times[k], n)
    if first == k and (matter := _matter_of_learners(item, words)):
        return Task(sentence(f"{matter}: {tidy(words)}"), clause.start, clause.end)
    start, end = clause.start, clause.end
    goes_on = _goes_with(item, clauses, times, first, k, time)
    member = first < k and _is_member(item, clauses[first], words)
    if not (goes_on and words) and (member or _needs_lead(words, time.group, item, first < k)):
        lead = _lead(item, clauses[first], times[first]) if first < k else ""
        if not tells(lead) and first and not whole and (len(words.split()) < 5 or not tells(words)):
            before = clauses[first - 1]  # the sentence before
            lead = _lead(item, before, times[first - 1]) if times[first - 1] else plain(item, before)
            start = before.start
        if first < k and not tidy(words):
            start = clauses[first].start  # "…; hoàn thành trước ngày …"
        lead = lead or whole or done_in_last(item, item.text[time.start : time.end]) or _title(item)
        words = _led(lead, _own(item, clause, times[k], n, strip=False)[0] if lead else words)
    else:
        at = k
        while at > first and (
            _goes_with(item, clauses, times, first, at, time) if at == k else _lists(item, clauses, times, at)
        ):
            at -= 1
            words = f"{tidy(plain(item, clauses[at]))}; {words[:1].lower() + words[1:]}"
        start = clauses[at].start
    if k + 1 < len(clauses) and _sends_it(item, clauses, times, k, words):
        words, end = (
            f"{tidy(words)}; {clean(item.text[clauses[k + 1].start : clauses[k + 1].end])}",
            clauses[k + 1].end,
        )
    if not words:
        words = squeeze(item.text[clause.start : clause.end])
    return Task(sentence(asked(without_topic(tidy(words)))), start, end)


def _matter_of_learners(item: Item, words: str) -> str:
    """Return the heading that tells what is done, where words only tell for whom: "Ngày tựu trường: đối với giáo dục
    mầm non"; empty where they say more, or no heading does."""
    if len(words) > _SHORT or _LEARNERS_ALONE.fullmatch(folded(words)) is None:
        return ""
    titles = list(map(bare_title, item.path))
    above = next((t for t in range(len(titles) - 1, -1, -1) if not _LEARNERS_ALONE.fullmatch(folded(titles[t]))), None)
    if above is None or len(titles[above]) > _SHORT or heading_units(item.path[above]) is not None:
        return ""
    if _NO_MATTER.fullmatch(folded(titles[above])) is not None:
        return ""
    told = (title.rstrip(" :.") for title in titles[above:])
    return ": ".join(sentence_case(title) if title.isupper() else title for title in told)


def _needs_lead(words: str, group: Group | None, item: Item, behind: bool) -> bool:
    """Tell whether words need what they hang on; ``behind``: they follow another clause of the sentence.

    There a verb says enough ("…; quyết toán trước ngày …"), unless it only sends, and what names but a period does not.
    """
    if behind and _PERIOD.match(folded(words)):
        return True
    if not tells(words.partition(",")[0] if behind else words):
        return True  # "…; trường THCS hoàn thành trước ngày …", "gửi Phòng Giáo dục và Đào tạo trước ngày …"
    bare = folded(words).strip()
    enough = behind and opens_with_verb(bare, 0) and not _ALONE.match(bare) and len(bare.split()) > 1
    return _is_thin(words, group, item) and not enough


def _is_member(item: Item, first: Clause, words: str) -> bool:
    """Tell whether words go on with what a colon leads to: "Hội thi: vòng lý thuyết ngày …; vòng thực hành ngày …"."""
    _, colon, member = item.text[first.start : first.end].partition(": ")
    one, other = _PART_OF.match(folded(member)), _PART_OF.match(folded(words))
    return bool(colon) and one is not None and other is not None and one.group() == other.group()


def _title(item: Item) -> str:
    """Return the heading above where it says what is done, not who does it."""
    title = item.path[-1] if item.path else ""
    return "" if _is_thin(bare_title(title), None, item) else lead_of_title(title, whole=True)


def _goes_with(item: Item, clauses: list[Clause], times: list[list[Timed]], first: int, at: int, time: Timed) -> bool:
    """Tell whether the clause before ``at`` is one task with it: "Lập danh sách …; phân công …, gửi … trước ngày …".

    Not where the sentence opens with units (then it lists their duties), where a clause names its own units or only
    sends something, and not what exhorts.
    """
    if at <= first or times[at - 1] or verb_start(item, clauses[first]) is not None:
        return False
    clause, before = clauses[at], clauses[at - 1]
    if time.group is not None and clause.start <= time.group.start < clause.end:
        return False
    fold = item.joined.fold
    if _EXHORTS.match(fold, before.start):
        return False
    if not (_hands_on(item, before, clause) or _COMPLETES.search(fold, clause.start, max(clause.start, time.start))):
        return False
    return verb_start(item, clause) is None and opens_with_verb(fold, _bare_start(fold, before.start))


def _lists(item: Item, clauses: list[Clause], times: list[list[Timed]], at: int) -> bool:
    """Tell whether the clause before ``at`` is of the same list of tasks, which the last clause sends or completes."""
    before = clauses[at - 1]
    fold = item.joined.fold
    if times[at - 1] or verb_start(item, before) is not None or _EXHORTS.match(fold, before.start):
        return False
    return opens_with_verb(fold, _bare_start(fold, before.start))


def _hands_on(item: Item, before: Clause, clause: Clause) -> bool:
    """Tell whether a clause sends or lists what the one before makes: "phân công …; gửi danh sách … trước ngày …"."""
    fold = item.joined.fold
    if _HANDS_ON.match(fold, clause.start):
        return True
    if _ALONE.match(fold, clause.start) or not sends(item.text[clause.start : clause.end]):
        return False
    ours, theirs = (_pairs(fold[c.start : c.end]) for c in (before, clause))
    return bool(ours & theirs)


def _pairs(fold: str) -> set[tuple[str, str]]:
    """Return the pairs of neighbouring words that say something."""
    words = re.findall(r"[a-z]{2,}", fold)
    return {(a, b) for a, b in pairwise(words) if a not in THIN and b not in THIN}


def _bare_start(fold: str, at: int) -> int:
    while at < len(fold) and not fold[at].isalnum():
        at += 1
    return at


def _sends_it(item: Item, clauses: list[Clause], times: list[list[Timed]], k: int, words: str) -> bool:
    """Tell whether the next clause of the sentence, without a time of its own, sends what this one makes."""
    after = clauses[k + 1]
    if times[k + 1] or not item.text[clauses[k].end : after.start].startswith(";") or sends(words):
        return False
    text = item.text[after.start : after.end]
    return sends(text) and _MAKES.search(folded(words)) is not None


def _led(lead: str, words: str) -> str:
    """Return words under their lead."""
    lead, words = tidy(lead), without_term(tidy(words))
    if not lead or not words or _ONLY_TIME.match(folded(words)):
        return lead or words
    if folded(words) in folded(lead):
        return lead
    head, comma, last = lead.rpartition(", ")
    if comma and sends(words) and sends(last) and len(last.split()) < 8 and not words.startswith("và "):
        lead = head  # "tổ chức sơ kết, gửi về Sở": another part of the schools sends it elsewhere
    elif sends(words) and recipient_of(words) is not None and tells(other := _TO_END.sub("", lead)) and other != lead:
        return sent_on(other, words)  # "Gửi phiếu về Phòng GDĐT; trường THPT gửi về Sở GDĐT"
    return f"{lead} {words}" if words.startswith(("và ", "hoặc ")) else f"{lead}: {words}"


def _own(item: Item, clause: Clause, times: list[Timed], n: int, *, strip: bool = True) -> tuple[str, str]:
    """Return the words of time ``n`` of a clause, and all that its clause shares where it is one of several.

    ``strip``: without the units that act.
    """
    text = item.text
    starts = [clause.start]
    verbs = [False]
    for one, after in pairwise(times):
        end = max(one.end, one.group.end) if one.group and one.end <= one.group.start < after.start else one.end
        joint = _JOINT.match(item.joined.fold, end)
        begin = joint.end() if joint else end
        verbs.append(len(text[begin : after.start].split()) >= 1 and opens_with_verb(item.joined.fold, begin))
        starts.append(end)
    for_whom = _each_for_its_own(item, clause, times, n)
    if for_whom:
        return for_whom, ""
    begin = max(i for i in range(n + 1) if i == 0 or verbs[i])
    stop = next((i for i in range(n + 1, len(times)) if verbs[i]), len(times))
    last = starts[stop] if stop < len(times) else clause.end
    mine = times[n]
    pieces = [(starts[i], times[i].start) for i in range(begin, stop)]
    tail = text[times[stop - 1].end : last]
    whole = clean(text[verb_start(item, clause) or clause.start : times[0].start]) if begin else ""
    shared, colon, member = whole.rpartition(": ")
    if colon and _is_thin(member, None, item) and not ADDRESS.search(member):
        whole = shared  # "02 đợt: đợt 1 từ …, đợt 2 từ …"
    bare = [not re.sub(r"[\s,;]|và|hoặc|trước|vào", "", text[a:b]) for a, b in pieces[1:]]
    kept = f" {text[mine.start : mine.end]} " if mine.keep else " "
    if item.table and stop - begin > 1 and n == begin and not pieces[0][1] - pieces[0][0] > 2:
        return clean(text[mine.end : pieces[1][1]]), whole  # the row begins with its time
    if stop - begin == 1 or all(bare):
        head = _without_units(item, *pieces[0], mine.group if strip else None)
        opening = verb_start(item, clause) if strip and mine.group and mine.group.start >= mine.end else None
        if opening is not None and not begin and opening < mine.start:
            head = text[opening : mine.start]
        if strip and not head.strip() and stop - begin == 1:
            return clean(_behind(item, mine, tail)), whole
        if stop < len(times) and not tail.strip(" ,;") and sends(head) and recipient_of(head) is None:
            tail = _shared_tail(item, times[-1], clause)
        return clean(f"{head}{kept}{_tail(item, times[stop - 1], tail)}"), whole
    own = clean(text[slice(*pieces[n - begin])])
    if n == begin:
        return clean(_without_units(item, *pieces[0], mine.group if strip else None)), whole
    base = _lead(item, Clause(*pieces[0]), [times[begin]])
    return _led(base if tells(base) or item.table else "", own), whole  # "…; tiểu học hoàn thành trước …, THCS trước …"


def _each_for_its_own(item: Item, clause: Clause, times: list[Timed], n: int) -> str:
    """Return the words before the first of several times with those for whom time ``n`` is; empty where not each of
    them tells for whom it is."""
    ends = [*(time.start for time in times[1:]), clause.end]
    behind = [_FOR_WHOM.match(item.text, time.end, end) for time, end in zip(times, ends, strict=True)]
    mine = behind[n]
    if len(times) < 2 or mine is None or None in behind:
        return ""
    return clean(f"{item.text[clause.start : times[0].start]} {mine.group().strip(' ,')}")


def _shared_tail(item: Item, last: Timed, clause: Clause) -> str:
    """Return whom all reports of a clause go to: "… học kỳ I trước …, năm học trước … | về Bộ GDĐT (qua …)"."""
    match = _TO_ALL.match(item.text, last.end, clause.end)
    return match.group() if match else ""


def _behind(item: Item, time: Timed, words: str) -> str:
    """Return the words behind a time that opens a clause, without the units that act: "Trước ngày …, các trường …"."""
    group = time.group
    if group is None or not time.end <= group.start <= time.end + 8:
        return words
    after = _acting(item, group)
    return words if after is None else words[after - time.end :]


def _tail(item: Item, time: Timed, words: str) -> str:
    """Return the words behind a time without the units it holds for."""
    if time.group is not None and time.end <= time.group.start < time.end + len(words):
        rest = words[max(0, time.group.end - time.end) :]
        opened = "(" in words[: time.group.start - time.end] and ")" in rest
        name = rest.strip(" .;,").split()
        if name and not opened and all(word[0].isupper() or word[0].isdigit() for word in name):
            return words  # no more than the rest of a name: "Trường Mầm non | Hoa Sen"
        return rest[rest.index(")") + 1 :] if opened else rest
    return words


def _lead(item: Item, clause: Clause, times: list[Timed]) -> str:
    """Return what the members of a list share: the words before the colon, else the first member without its units."""
    head = item.text[clause.start : clause.end]
    words = head
    if times:
        one = times[0]
        before = item.text[clause.start : one.start]
        by = one.group is not None and _BY_OR_THEN.search(item.text, clause.start, one.group.start) is not None
        if one.group is not None and clause.start < one.group.start < one.start and not by:
            inner = _unit_start(item, clause.start, one.group.start)
            rest = item.text[one.group.end : one.start]
            before = item.text[clause.start : inner] + ("" if _is_thin(rest, None, item) else rest)
        else:
            before = item.text[verb_start(item, clause) or clause.start : one.start]
        tail = _tail(item, one, item.text[one.end : clause.end]) if len(times) == 1 else ""
        words = f"{before} {tail}"
    left, colon, right = words.rpartition(": ")
    if colon and not _is_thin(left, None, item) and not ADDRESS.search(right):
        words = left
    opening = verb_start(item, clause)
    if opening is not None and words.startswith(item.text[clause.start : opening]):
        words = words[opening - clause.start :]
    return _ARTICLE.sub("", clean(words))


def verb_start(item: Item, clause: Clause) -> int | None:
    """Return where the units that open a clause end and their verb begins, None where no units act there."""
    group = opening_units(item, clause) or subject_before(item, clause, min(clause.end, clause.start + 220))
    if group is None or group.start - clause.start > 24:
        return None
    return _acting(item, group)


def plain(item: Item, clause: Clause) -> str:
    """Return a clause without a time, and without the units that open it."""
    opening = verb_start(item, clause)
    return clean(item.text[opening if opening is not None else clause.start : clause.end])


def _without_units(item: Item, start: int, end: int, group: Group | None) -> str:
    """Return ``item.text[start:end]`` without the units that act: what they are to do is left."""
    text = item.text
    if group is None or not start <= group.start < end or ":" in text[start : group.start]:
        return text[start:end]
    if _RANKED.match(item.joined.fold, group.start) and text[start : group.start].strip(" -+"):
        return text[start:end]  # "Thi giáo viên giỏi cấp trường: …": which contest it is
    if _BY_OR_THEN.search(text, start, group.start):
        return text[start:end]
    if text.count("(", start, group.start) > text.count(")", start, group.start):
        return text[start:end]  # "(đối với các trường dùng nước giếng)" says which, not who
    after = _acting(item, group)
    if after is None or after >= end:
        return text[start:end]
    return f"{text[start : _unit_start(item, start, group.start)]} {text[after:end]}"


def _acting(item: Item, group: Group) -> int | None:
    """Return where the verb behind acting units begins, None where the units are described or named for a reason."""
    fold = item.joined.fold
    named = fold[group.start : group.end]
    gap = AFTER.match(fold, group.end)
    if NAMED.search(named) or gap is None or gap.end() >= len(fold):
        return None
    if not fold[gap.end()].isalpha() or _DESCRIBED.match(item.text, gap.end()):
        return None
    if item.text[gap.end()].isupper() and ":" not in gap.group():
        return None
    return gap.end()


def _unit_start(item: Item, start: int, at: int) -> int:
    """Return where the words begin that lead units in: "Đề nghị các …", "đối với …"."""
    opener = _OPENER.search(item.joined.fold[start:at])
    if opener is None:
        return at
    asking = subject_before(item, Clause(start, start + opener.start()), start + opener.start())
    return start if asking is not None and opener.start() - (asking.end - start) <= 2 else start + opener.start()


def _sentence_start(item: Item, clauses: list[Clause], k: int) -> int:
    """Return the index of the first clause of the sentence in which clause ``k`` stands."""
    last = max(0, k - _MANY)
    while k > last and item.text[clauses[k - 1].end : clauses[k].start].startswith(";"):
        k -= 1
    return k


def _is_thin(words: str, group: Group | None, item: Item) -> bool:
    """Tell whether words say too little by themselves of what is to be done."""
    if group is not None:
        words = re.sub(r"\([^()]*\)", " ", words).replace(item.text[group.start : group.end], " ")
    return len(telling(words)) < 3
