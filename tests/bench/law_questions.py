"""Questions about articles of law, made by rules from the law text: a stand-in for a question set of its own kind.

``../shared/data/law_sentences.txt.xz`` is read, nothing of it is kept in the project. Only laws that no training of
ours sees (``index.training.lawtext.Line.held_out``) are asked about, half of them for choosing weights, the other half
for reports. A question is put together of phrases of one sentence, or of the title, in the words of a question ("Ai có
thẩm quyền …", "Mức phạt … là bao nhiêu"), some of them in everyday words, some words forgotten.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.training.lawtext import MOST_LINES, Line, law_lines, read_lines

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
#: A passage of the small set, in syllables.
PIECE = 75
LONGEST_TITLE = 130
#: Words by which a sentence is known again; share of known sentences from which an article is a repeat.
OPENING, KNOWN = 8, 1 / 3


@dataclass(frozen=True, slots=True)
class Article:
    """An article of law: the title, the text below it, its law, whether that is kept from training."""

    title: str
    body: str
    law: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the number of its passage among those of the set."""

    text: str
    article: int


#: Everyday words for the words of the law.
SAYINGS = {
    "cơ quan có thẩm quyền": ("cơ quan chức năng", "nơi có quyền giải quyết"),
    "cơ quan nhà nước có thẩm quyền": ("cơ quan chức năng", "nhà nước"),
    "tổ chức, cá nhân": ("người dân và đơn vị", "ai"),
    "cá nhân, tổ chức": ("người dân và đơn vị", "ai"),
    "người lao động": ("nhân viên", "người đi làm"),
    "người sử dụng lao động": ("công ty", "chủ thuê"),
    "doanh nghiệp": ("công ty", "hãng"),
    "nộp": ("gửi", "đưa"),
    "hồ sơ": ("giấy tờ", "bộ hồ sơ"),
    "thời hạn": ("thời gian", "số ngày"),
    "kinh phí": ("tiền", "chi phí"),
    "thực hiện": ("làm", "tiến hành"),
    "tiến hành": ("làm", "thực hiện"),
    "trách nhiệm": ("nhiệm vụ", "bổn phận"),
    "nhiệm vụ": ("việc phải làm", "trách nhiệm"),
    "thông báo": ("báo", "báo tin"),
    "chấm dứt": ("ngừng", "kết thúc"),
    "đình chỉ": ("tạm dừng", "ngừng"),
    "thu hồi": ("lấy lại", "rút"),
    "sử dụng": ("dùng",),
    "ban hành": ("đưa ra", "ra"),
    "cung cấp": ("đưa", "cho"),
    "hoàn thành": ("làm xong", "xong"),
    "đề nghị": ("xin", "yêu cầu"),
    "phương tiện": ("xe", "xe cộ"),
    "trẻ em": ("trẻ nhỏ", "các cháu"),
    "điều kiện": ("yêu cầu", "tiêu chuẩn"),
    "tiêu chuẩn": ("yêu cầu", "điều kiện"),
    "trường hợp": ("khi", "lúc"),
    "hành vi vi phạm": ("vi phạm", "lỗi"),
    "trình tự, thủ tục": ("thủ tục", "các bước"),
    "trình tự": ("các bước", "thứ tự"),
    "kiểm tra": ("xem xét", "soát lại"),
    "thành lập": ("mở", "lập"),
    "giải thể": ("đóng cửa", "xóa bỏ"),
    "xây dựng": ("làm", "lập"),
    "phê duyệt": ("duyệt", "thông qua"),
    "bổ nhiệm": ("cử", "đưa lên chức"),
    "miễn nhiệm": ("thôi chức", "cho thôi giữ chức"),
    "tuyển dụng": ("tuyển", "nhận vào làm"),
    "bồi thường": ("đền bù", "đền tiền"),
    "hỗ trợ": ("giúp", "giúp đỡ"),
    "bảo đảm": ("giữ", "lo"),
    "chi trả": ("trả", "trả tiền"),
    "thanh toán": ("trả tiền", "trả"),
    "mức thu": ("số tiền phải đóng", "giá"),
    "lệ phí": ("phí", "tiền phí"),
    "vận chuyển": ("chở", "chuyên chở"),
    "khai thác": ("lấy", "khai thác"),
    "sửa chữa": ("sửa",),
    "chứng minh": ("cho thấy",),
    "cơ sở giáo dục": ("trường", "nhà trường"),
    "người học": ("học sinh", "sinh viên"),
    "nhà giáo": ("giáo viên", "thầy cô"),
    "cán bộ, công chức": ("người nhà nước", "cán bộ"),
    "từ chối": ("không nhận", "không đồng ý"),
    "khiếu nại": ("kêu", "khiếu kiện"),
    "người đứng đầu": ("thủ trưởng", "sếp"),
    "nguyên tắc": ("quy tắc", "lưu ý"),
    "nội dung": ("những gì", "phần"),
    "hình thức": ("cách", "kiểu"),
    "phương pháp": ("cách",),
    "thẩm quyền": ("quyền",),
    "giá trị": ("giá",),
    "tối thiểu": ("ít nhất",),
    "tối đa": ("nhiều nhất", "không quá"),
    "định kỳ": ("đều đặn", "theo đợt"),
    "hằng năm": ("mỗi năm", "hàng năm"),
}
#: How often a saying takes the place of the word of the law.
SAID = 0.45
#: What a question may open with.
OPENINGS = (*("",) * 12, "Theo quy định,", "Cho tôi hỏi", "Xin hỏi", "Cho biết")
#: Where one phrase of a sentence ends and the next begins.
_PHRASE = re.compile(
    r"\s*[,;:]\s*|\s+(?=(?:và|hoặc|theo|đối với|trong|khi|để|từ|cho|với|tại|bằng|về|do|mà|nếu|thì|nhưng|như|trừ|đến"
    r"|trên|sau|trước|qua|nhằm)\s)"
)
#: Phrases that nobody asks for.
_EMPTY = re.compile(
    r"quy định (?:tại|của)|khoản \d|điểm [a-zđ]\b|điều (?:này|\d)|(?:thông tư|nghị định|luật|quyết định) này|sau đây"
    r"|như sau|ban hành kèm|\d{3,}",
    re.IGNORECASE,
)
_LINK = re.compile(r"^(?:và|hoặc|mà|thì|nhưng|theo|như|cho|với|do)\s+", re.IGNORECASE)
#: Syllables of a question's topic, at most and at least, phrases of a sentence that it is made of, and the share of its
#: words that are forgotten. Chosen so that plain BM25 has about the figures that it has on questions of people.
TOPIC, FEWEST, PHRASES, FORGOTTEN = 16, 5, (2, 3, 3, 4), 0.35
_FINE = re.compile(r"phạt tiền từ .{3,60}? đến .{3,40}? (?:đối với|với)\s+(?P<what>.+)", re.IGNORECASE)
_DEFINED = re.compile(r"^(?P<what>[^,]{6,60}?) (?:là|gồm|bao gồm) ")
_DUTY = re.compile(r"^(?P<who>[^,]{6,70}?) (?:có trách nhiệm|phải|chịu trách nhiệm|có nhiệm vụ) (?P<what>.{20,})")
_RIGHT = re.compile(r"^(?P<who>[^,]{6,70}?) (?:được|có quyền) (?P<what>.{20,})")
_TERM = re.compile(r"(?:trong thời hạn|chậm nhất|không quá|thời hạn) .{2,30}?(?:ngày|tháng|năm|giờ)\b", re.IGNORECASE)
#: What the plain statement of a sentence becomes.
STATEMENTS = (
    "{0} như thế nào?", "{0} ra sao?", "Khi nào {0}?", "Quy định về {0}?", "{0} thì sao?", "{0} gồm những gì?",
    "Làm thế nào để {0}?", "{0} được quy định ở đâu?", "{0} có được không?", "Vì sao {0}?", "{0} cần lưu ý gì?",
)  # fmt: skip


def articles(path: Path) -> list[Article]:
    """Return the articles with a title and a body of some length, each body once, in order.

    An article of a held-out law that other laws repeat, a third of its sentences or more, is left out: training would
    have seen it.
    """
    found: list[Article] = []
    seen: set[str] = set()
    shown: set[str] = set()
    for line, body in _raw(path):
        if not line.held_out:
            shown.update(_openings(body))
        title = line.text
        text = " ".join(" ".join(body).split()[:LONGEST])
        if (
            not title
            or _DULL.match(title)
            or len(title) > LONGEST_TITLE
            or text[:80] in seen
            or len(text.split()) < SHORTEST
        ):
            continue
        seen.add(text[:80])
        found.append(Article(title, text, line.law, line.held_out))
    return [a for a in found if not a.held_out or _known(a.body, shown) < KNOWN]


def _raw(path: Path) -> Iterator[tuple[Line, list[str]]]:
    """Yield the heading and the body lines of every article, and other lines under no heading."""
    head, body = Line("", False, True, ""), list[str]()
    for line in law_lines(read_lines(path)):
        if line.title or line.ends or len(body) >= MOST_LINES:
            yield head, body
            head, body = (line if line.title else Line("", False, True, line.law)), []
        else:
            body.append(line.text)
    yield head, body


def _openings(body: list[str]) -> Iterator[str]:
    """Yield the first words of every sentence, by which it is known again."""
    for sentence in _SENTENCE.split(" ".join(body)):
        words = _LABEL.sub("", sentence).lower().split()
        if len(words) >= OPENING:
            yield " ".join(words[:OPENING])


def _known(body: str, shown: set[str]) -> float:
    openings = list(_openings([body]))
    return sum(o in shown for o in openings) / max(1, len(openings))


def is_for_tuning(law: str) -> bool:
    """Whether questions on a held-out law are for choosing weights; those on the others are for reports only."""
    return zlib.crc32(law.encode()[::-1]) % 2 == 0


def small_set(found: list[Article], seed: int, *, tune: bool, size: int = 357, groups: int = 2) -> list[Article]:
    """Return ``size`` passages of held-out articles in groups of neighbours: a few laws, many articles each, near to
    each other, long articles in several passages."""
    chance = random.Random(seed)
    held = [piece for a in found if a.held_out and is_for_tuning(a.law) == tune for piece in _pieces(a)]
    each = size // groups + 1
    starts = chance.sample(range(0, len(held) - each, each // 2), groups)
    chosen = dict.fromkeys(a for start in sorted(starts) for a in held[start : start + each])
    return list(chosen)[:size]


def _pieces(article: Article) -> Iterator[Article]:
    """Yield an article in passages of whole sentences, ``PIECE`` syllables or a little more."""
    piece: list[str] = []
    for sentence in _SENTENCE.split(article.body):
        piece += sentence.split()
        if len(piece) >= PIECE:
            yield replace(article, body=" ".join(piece))
            piece = []
    if len(piece) >= SHORTEST:
        yield replace(article, body=" ".join(piece))


def large_set(found: list[Article], seed: int, *, tune: bool, asked: int = 400, size: int = 10_000) -> list[Article]:
    """Return ``asked`` held-out articles first, then other articles as distractors, up to ``size`` in all."""
    chance = random.Random(seed)
    held = [a for a in found if a.held_out and is_for_tuning(a.law) == tune]
    first = chance.sample(held, min(len(held), asked))
    others = [a for a in found if not a.held_out]
    return first + chance.sample(others, min(len(others), size - len(first)))


def questions(chosen: list[Article], *, each: int, seed: int = 7, upto: int | None = None) -> list[Asked]:
    """Return up to ``each`` questions for each of the first ``upto`` passages."""
    chance = random.Random(seed)
    asked = []
    for k, article in enumerate(chosen[:upto]):
        asked += [Asked(text, k) for text in dict.fromkeys(_questions(article, each, chance))]
    return asked


def _questions(article: Article, each: int, chance: random.Random) -> Iterator[str]:
    """Yield one question in the words of the title, the others about single sentences of the article."""
    sentences = [_TAIL.sub("", _LABEL.sub("", s)) for s in _SENTENCE.split(article.body)]
    sentences = [s for s in sentences if 8 <= len(s.split()) <= 60 and not s.endswith("...")]
    chance.shuffle(sentences)
    for k in range(each):
        if k < 1 or not sentences:
            yield _put(_from_title(article.title, chance), chance)
        else:
            hint = _topic(article.title, chance, (1,)) if chance.random() < 0.25 else ""
            yield _put(_from_sentence(sentences[k % len(sentences)], hint, chance), chance)


def _topic(text: str, chance: random.Random, counts: Sequence[int] = PHRASES) -> str:
    """Return some phrases of a text in their order, mostly neighbours, without what only refers to other places."""
    phrases = [p for p in _PHRASE.split(_TAIL.sub("", text)) if p and not _EMPTY.search(p)]
    if not phrases:
        phrases = [_EMPTY.sub("", text).strip() or text]
    count = min(len(phrases), chance.choice(counts))
    first = chance.randrange(len(phrases) - count + 1)
    chosen = phrases[first : first + count]
    if chance.random() < 0.3:
        chosen = [phrases[k] for k in sorted(chance.sample(range(len(phrases)), count))]
    words = _LINK.sub("", " ".join(chosen)).split()[:TOPIC]
    kept = _forgotten(words, chance)
    return " ".join(kept if len(kept) >= FEWEST else words)


def _forgotten(words: list[str], chance: random.Random) -> list[str]:
    """Return the words without some stretches of two: who asks does not know the law's words for everything."""
    return [w for at in range(0, len(words), 2) if chance.random() >= FORGOTTEN for w in words[at : at + 2]]


def _from_title(title: str, chance: random.Random) -> str:
    low = _topic(title[0].lower() + title[1:], chance, (2, 3, 4))
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


def _from_sentence(sentence: str, hint: str, chance: random.Random) -> str:
    sentence = sentence[0].lower() + sentence[1:]
    about = f" trong {hint}" if hint else ""
    for pattern, forms in (
        (_FINE, ("Mức phạt {what} là bao nhiêu?", "{what} thì bị phạt bao nhiêu tiền?")),
        (_DUTY, ("Ai phải {what}?", "{who} phải làm gì{about}?", "{who} có phải {what} không?")),
        (_RIGHT, ("Ai được {what}?", "{who} có được {what} không?", "{who} có quyền gì{about}?")),
        (_DEFINED, ("{what} là gì{about}?", "Thế nào là {what}{about}?")),
    ):
        match = pattern.search(sentence)
        if match:
            parts = {k: _topic(v, chance) for k, v in match.groupdict().items()}
            return chance.choice(forms).format(**parts, about=about)
    if _TERM.search(sentence):
        return "Bao lâu thì " + _topic(_TERM.sub("", sentence), chance) + about + "?"
    return chance.choice(STATEMENTS).format(_topic(sentence, chance) + about)


def _put(text: str, chance: random.Random) -> str:
    """Return a question as someone else would put it: everyday words, an opening."""
    for official, said in SAYINGS.items():
        if official in text.lower() and chance.random() < SAID:
            text = re.sub(rf"(?<!\w){re.escape(official)}(?!\w)", chance.choice(said), text, flags=re.IGNORECASE)
    opening = chance.choice(OPENINGS)
    return f"{opening} {text[0].lower() + text[1:]}" if opening else text[0].upper() + text[1:]
