"""The order of a task's words: the verb first, no topic before it, no units that the actor's field names."""

from __future__ import annotations

import re

from nlp.naming.actors import group_at
from nlp.naming.recipients import recipient_of
from nlp.words.content import ADDRESS, tells
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

#: Persons, single units and shares: the actor's field does not say who it is, so the task does.
NAMED = pattern(
    r"^(?:moi |tung )|^(?:giao vien|gvcn|to (?:truong )?chuyen mon|can bo|nhan vien|ban giam hieu|pho hieu truong"
    r"|tong phu trach)|^hieu truong$|^(?:(?:it nhat|toi thieu|tren|khoang|phan dau)(?: dat)? )?\d"
)
AFTER = pattern(
    r"(?:\s?\([^()]{1,24}\))?(?:\s?[:,]\s{0,2}|\s{1,2})(?:(?:can(?! cu(?!\w))|phai|co trach nhiem"
    r"|chiu trach nhiem(?! (?:ve|truoc)(?!\w))|co nhiem vu|nghiem tuc|khan truong|chu dong)\s{1,2})?"
)
_PASSIVE = re.compile(
    r"(?P<what>[^;:]{6,300}?),?\s(?:đề nghị|yêu cầu)\s(?P<verb>gửi|nộp|báo cáo|chuyển)\s(?P<rest>.+)$", re.S
)
#: Who asks for something in writing: "trường hợp vắng, hiệu trưởng có văn bản đề nghị gửi về Sở".
_IN_WRITING = re.compile(r"\s(?:có|bằng|làm|ra)\s(?:văn bản|công văn|tờ trình|đơn|giấy)$")
#: "Danh sách đăng ký dự thi gửi về Sở": what is sent stands before its verb.
_SENT = re.compile(
    r"(?P<what>(?:Báo cáo|Danh sách|Hồ sơ|Kế hoạch|Dự toán|Biên bản|Kết quả|Phiếu|Bản|Bài|Công văn|Số liệu|Tờ trình)"
    r"(?:(?!\s(?:gửi|nộp)\s)[^;:]){3,200}?)\s(?P<verb>gửi|nộp)"
    r"(?P<rest>(?:\s(?:về|cho|tới|lên|qua|trực tiếp)\s.*)?\.?)$",
    re.S,
)
_TERM = re.compile(r"(?:[Tt]hời (?:hạn|gian|điểm)|[Hh]ạn(?: cuối| chót)?)\s")
#: What is sent, where it stands before a colon: "Báo cáo năm: các đơn vị gửi về Sở".
_THING = re.compile(r"(?:Báo cáo|Danh sách|Hồ sơ|Kế hoạch|Dự toán|Biên bản|Kết quả|Công văn|Số liệu|Tờ trình)(?!\w)")
_OCCASION = pattern(r"\W{0,3}(?:huong ung|ky niem|chao mung|nhan dip|tuyen truyen|to chuc)(?!\w)")
_SENDS = re.compile(r"(?P<verb>gửi|nộp)\s(?P<rest>.+)$", re.S)
_AGAIN = re.compile(r"(?:gửi|nộp)\s(?P<to>(?:về|cho|tới|lên|qua|tại|trực tiếp)\s)?(?=\w)", re.I)
#: A topic before a colon has at most so many words.
_TOPIC = 12


def without_topic(words: str) -> str:
    """Return words without the topic before a colon where what follows says it all: "Chế độ báo cáo: các sở gửi …".

    Where what follows says only who sends it to whom, the topic is what is sent.
    """
    topic, colon, rest = words.partition(": ")
    if not colon or len(topic.split()) > _TOPIC or "(" in topic or ADDRESS.search(topic):
        return words
    fold = folded(rest)
    group = group_at(rest, fold, 0)
    if group is None:
        return _led_by(topic, rest, words)
    gap = AFTER.match(fold, group.end)
    if gap is None or not opens_with_verb(fold, gap.end()):
        return words
    if NAMED.search(fold[group.start : group.end]):
        return words if opens_with_verb(folded(topic), 0) and _THING.match(topic) else f"{rest[:1].upper()}{rest[1:]}"
    bare = rest[gap.end() :]
    sending = _SENDS.match(bare)
    if _THING.match(topic) and sending is not None:
        return f"{sending['verb'].capitalize()} {topic[:1].lower()}{topic[1:]} {sending['rest']}"
    if _THING.match(topic) and len(bare.split()) < 12 and recipient_of(bare):
        return topic
    if len(bare.split()) < 3:
        return f"{bare[:1].upper()}{bare[1:]} {topic[:1].lower()}{topic[1:]}"
    if not tells(bare.partition(",")[0]) and tells(topic):
        return sent_on(topic, bare)
    if _OCCASION.match(folded(topic)):
        return f"{topic}: {bare}"
    return f"{bare[:1].upper()}{bare[1:]}"


def sent_on(lead: str, words: str) -> str:
    """Return a lead with where else it is sent: "Gửi phiếu", "nộp Sở GDĐT" → "Gửi phiếu về Sở GDĐT"."""
    again = _AGAIN.match(words)
    if again is None or not _SENDS.match(lead[:1].lower() + lead[1:]):
        return f"{lead}: {words}"
    return f"{lead} {again['to'] or 'về '}{words[again.end() :]}"


def _led_by(topic: str, rest: str, words: str) -> str:
    """Return words whose topic is no unit's: units alone before the colon act, a theme goes, a lead stays."""
    fold = folded(topic)
    group = group_at(topic, fold, 0)
    if not opens_with_verb(folded(rest), 0) or len(rest.split()) < 4:
        return words
    if group is not None and group.end >= len(fold) - 1:
        return f"{topic} {rest}" if NAMED.search(fold) else f"{rest[:1].upper()}{rest[1:]}"
    return words if opens_with_verb(fold, 0) or recipient_of(topic) else f"{rest[:1].upper()}{rest[1:]}"


def asked(words: str) -> str:
    """Return "Văn bản … đề nghị gửi về …" with its verb first: "Gửi văn bản … về …"; "Thời hạn gửi …": "Gửi …"."""
    bare = without_term(words)
    if bare != words:
        return bare
    match = _PASSIVE.match(words)
    if match is None:
        return _sent(words)
    if opens_with_verb(folded(words), 0) or _IN_WRITING.search(match["what"]):
        return words
    return f"{match['verb'].capitalize()} {match['what'][:1].lower() + match['what'][1:]} {match['rest']}".strip()


def _sent(words: str) -> str:
    """Return "Danh sách … gửi về Sở" with its verb first."""
    sent = _SENT.match(words)
    if sent is None:
        return words
    return f"{sent['verb'].capitalize()} {sent['what'][:1].lower()}{sent['what'][1:]}{sent['rest']}"


def without_term(words: str) -> str:
    """Return "Thời hạn gửi báo cáo" as "gửi báo cáo"."""
    term = _TERM.match(words)
    return words[term.end() :] if term is not None and opens_with_verb(folded(words), term.end()) else words
