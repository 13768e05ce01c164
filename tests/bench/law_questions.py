"""Questions about articles of law, made by rules from the law text: a stand-in for a question set of its own kind.

``../shared/data/law_sentences.txt.xz`` is read, nothing of it is kept in the project. Only articles that no training
of ours has seen (``index.training.lawtext.is_held_out``) are asked about. A question is never a quotation: it is put
in the words of a question ("Ai có thẩm quyền …", "Mức phạt … là bao nhiêu"), a part of its words is left out, some are
put in other words, and half the questions ask about one sentence in the middle of the article.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.training.lawtext import is_held_out, read_lines

_TITLE = re.compile(r"^Điều \d{1,3}[a-zđ]?\. (?P<title>[^\d\s(\"“]\D{9,130})$")
_DULL = re.compile(
    r"^(?:Hiệu lực|Điều khoản|Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Tổ chức thực hiện|Trách nhiệm thi hành|Phạm vi điều chỉnh"
    r"|Đối tượng áp dụng|Quy định chuyển tiếp)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;:])\s+(?=[A-ZĐÀ-Ỹ]|\d{1,2}\.\s|[a-zđ]\)\s)")
_LABEL = re.compile(r"^(?:\d{1,2}\.|[a-zđ]\)|-)\s*")
_TAIL = re.compile(r"[\s,.;:]+$")

#: Body of an article, in syllables.
SHORTEST, LONGEST = 40, 320


@dataclass(frozen=True, slots=True)
class Article:
    """An article of law: the title, the text below it, whether training has not seen it, its place in the data."""

    title: str
    body: str
    held_out: bool
    at: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the number of its article among the passages; ``tune``: for choosing weights, not for reports."""

    text: str
    article: int
    tune: bool


#: Everyday words for the words of the law; each is used in about a third of its places.
SAYINGS = {
    "cơ quan có thẩm quyền": "cơ quan chức năng",
    "tổ chức, cá nhân": "ai",
    "cá nhân, tổ chức": "ai",
    "nộp": "gửi",
    "hồ sơ": "giấy tờ",
    "thời hạn": "bao lâu",
    "kinh phí": "tiền",
    "người lao động": "nhân viên",
    "người sử dụng lao động": "công ty",
    "doanh nghiệp": "công ty",
    "thực hiện": "làm",
    "trách nhiệm": "nhiệm vụ",
    "thông báo": "báo",
    "chấm dứt": "dừng",
    "quyết định": "ra quyết định",
    "quy định": "nêu",
    "sử dụng": "dùng",
    "ban hành": "đưa ra",
    "cung cấp": "đưa",
    "tiến hành": "làm",
    "hoàn thành": "làm xong",
    "đề nghị": "xin",
    "cấp giấy phép": "xin giấy phép",
    "phương tiện": "xe",
    "trẻ em": "trẻ nhỏ",
    "điều kiện": "yêu cầu",
    "trường hợp": "khi",
    "hành vi vi phạm": "vi phạm",
    "có trách nhiệm": "phải",
    "được phép": "có thể",
    "trình tự, thủ tục": "thủ tục",
    "kiểm tra": "xem xét",
}
#: What a question may open with, and how many syllables of its sentence it keeps.
OPENINGS = (
    "",
    "",
    "",
    "Theo quy định của pháp luật,",
    "Cho tôi hỏi",
    "Trong trường hợp nào",
    "Người dân cần biết gì:",
    "Có đúng là",
)
ASKED = 11
#: Words that people leave out of a question first.
LIGHT = frozenset(
    "và của các những theo về đối với tại được có là cho từ trong do để khi hoặc bằng này đó quy định pháp luật"
    " nhà nước khoản điều điểm việc thực hiện có liên quan thẩm quyền".split()
)
_FINE = re.compile(r"phạt tiền từ .{3,60}? đến .{3,40}? (?:đối với|với)\s+(?P<what>.+)", re.IGNORECASE)
_DEFINED = re.compile(r"^(?P<what>[^,]{6,60}?) (?:là|gồm|bao gồm) ")
_DUTY = re.compile(r"^(?P<who>[^,]{6,70}?) (?:có trách nhiệm|phải|chịu trách nhiệm|có nhiệm vụ) (?P<what>.{20,})")
_RIGHT = re.compile(r"^(?P<who>[^,]{6,70}?) (?:được|có quyền) (?P<what>.{20,})")
_TERM = re.compile(r"(?:trong thời hạn|chậm nhất|không quá|thời hạn) .{2,30}?(?:ngày|tháng|năm|giờ)\b", re.IGNORECASE)


def articles(path: Path) -> list[Article]:
    """Return the articles with a title and a body of some length, each body once, in order."""
    found: list[Article] = []
    seen: set[str] = set()
    for at, title, body in _raw(path):
        if _DULL.match(title) or body[:80] in seen or len(body.split()) < SHORTEST:
            continue
        seen.add(body[:80])
        found.append(Article(title, " ".join(body.split()[:LONGEST]), is_held_out(at), at))
    return found


def _raw(path: Path) -> Iterator[tuple[int, str, str]]:
    title, begins, body = "", 0, list[str]()
    for k, line in enumerate(read_lines(path)):
        head = _TITLE.match(line)
        if head or line.startswith(("Điều ", "Chương ", "Phụ lục")):
            if title:
                yield begins, title, " ".join(body)
            title, begins, body = head["title"] if head else "", k, []
        elif title and len(body) < 40:
            body.append(line)
    if title:
        yield begins, title, " ".join(body)


def small_set(found: list[Article], seed: int = 5, size: int = 357, groups: int = 8) -> list[Article]:
    """Return ``size`` held-out articles in groups of neighbours: a few laws, many articles each, near to each other."""
    chance = random.Random(seed)
    held = [a for a in found if a.held_out]
    each = size // groups + 1
    starts = chance.sample(range(0, len(held) - each, each), groups)
    return [a for start in sorted(starts) for a in held[start : start + each]][:size]


def large_set(found: list[Article], seed: int = 6, asked: int = 600, size: int = 10_000) -> list[Article]:
    """Return ``asked`` held-out articles first, then other articles as distractors, up to ``size`` in all."""
    chance = random.Random(seed)
    held = [a for a in found if a.held_out]
    first = chance.sample(held, min(len(held), asked))
    others = [a for a in found if not a.held_out]
    return first + chance.sample(others, min(len(others), size - asked))


def questions(chosen: list[Article], *, each: int, seed: int = 7, upto: int | None = None) -> list[Asked]:
    """Return ``each`` questions for each of the first ``upto`` articles; half the articles are for tuning."""
    chance = random.Random(seed)
    asked = []
    for k, article in enumerate(chosen[:upto]):
        made = list(dict.fromkeys(_questions(article, each, chance)))
        asked += [Asked(text, k, k % 2 == 0) for text in made]
    return asked


def _questions(article: Article, each: int, chance: random.Random) -> Iterator[str]:
    sentences = [_TAIL.sub("", _LABEL.sub("", s)) for s in _SENTENCE.split(article.body)]
    sentences = [s for s in sentences if 8 <= len(s.split()) <= 60]
    for k in range(each):
        if k < 2 or not sentences:
            yield _put(_from_title(article.title, chance), chance, article.title if k == 1 else "")
        else:
            yield _put(_from_sentence(chance.choice(sentences), chance), chance, article.title)


def _from_title(title: str, chance: random.Random) -> str:
    low = title[0].lower() + title[1:]
    for start, forms in (
        ("thẩm quyền", ("Ai có {0}?", "Cơ quan nào có {0}?")),
        ("trách nhiệm của", ("{1} phải làm gì?", "{1} có trách nhiệm gì?")),
        ("nhiệm vụ", ("{0} gồm những gì?",)),
        ("quyền", ("{0} là gì?", "{0} được nêu thế nào?")),
        ("thủ tục", ("{0} ra sao?", "Làm {0} như thế nào?")),
        ("hồ sơ", ("{0} gồm những giấy tờ gì?",)),
        ("điều kiện", ("{0} là gì?", "Cần đáp ứng gì về {0}?")),
        ("thời hạn", ("{0} là bao lâu?",)),
    ):
        if low.startswith(start):
            return chance.choice(forms).format(low, low.removeprefix("trách nhiệm của "))
    return chance.choice(("{0} được quy định thế nào?", "Pháp luật quy định gì về {0}?", "{0} là gì?")).format(low)


def _from_sentence(sentence: str, chance: random.Random) -> str:
    for pattern, forms in (
        (_FINE, ("Mức phạt với {what} là bao nhiêu?", "{what} thì bị phạt bao nhiêu tiền?")),
        (_DUTY, ("Ai phải {what}?", "{who} phải làm gì?", "{who} có phải {what} không?")),
        (_RIGHT, ("Ai được {what}?", "{who} có được {what} không?", "{who} có quyền gì?")),
        (_DEFINED, ("{what} là gì?", "Thế nào là {what}?")),
    ):
        match = pattern.search(sentence)
        if match:
            return chance.choice(forms).format(**match.groupdict())
    if _TERM.search(sentence):
        return "Bao lâu thì " + _TERM.sub("", sentence) + "?"
    words = sentence.split()
    start = chance.randrange(max(1, len(words) - 16))
    return (
        " ".join(words[start : start + 16]) + " " + chance.choice(("như thế nào?", "thì sao?", "khi nào?", "ra sao?"))
    )


def _put(text: str, chance: random.Random, context: str) -> str:
    """Return a question as someone else would put it: other words, fewer words, sometimes a hint at the article."""
    for official, said in SAYINGS.items():
        if official in text.lower() and chance.random() < 0.5:
            text = re.sub(rf"(?<!\w){re.escape(official)}(?!\w)", said, text, flags=re.IGNORECASE)
    words = text.rstrip("?;,. ").split()
    kept = [*_thinned(words[:-2], chance)[:ASKED], *words[-2:]]
    hint = context.split()
    if hint and chance.random() < 0.2:
        at = chance.randrange(max(1, len(hint) - 4))
        kept = ["về", *hint[at : at + 4], "thì", *kept]
    if len(kept) < 5:
        kept = words[:8]
    return f"{chance.choice(OPENINGS)} {' '.join(kept)}?".strip()


def _thinned(words: list[str], chance: random.Random) -> list[str]:
    """Return the words without stretches of one to four syllables here and there: whole words and phrases go."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        length = chance.choice((1, 2, 2, 2, 3, 4))
        stretch = words[at : at + length]
        light = [w for w in stretch if w.lower().strip(",.;") in LIGHT]
        if chance.random() > 0.35 + 0.3 * len(light) / len(stretch):
            kept += stretch
        at += length
    return kept
