"""Questions about passages of law, made by rules: a stand-in for questions that people asked.

A question is a phrase of one sentence, or of a title, in the words of a question ("Ai có thẩm quyền …", "Mức phạt đối
với … là bao nhiêu?"): whole words are forgotten, some are said in everyday words, some phrases turned round, some
questions name what the article is about. How much of each was chosen so that plain BM25 over syllables, and over
syllables and their pairs, has about the figures that it has on questions of people (0.833 / 0.558 and 0.890 / 0.671
among 357).
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.words import normal, stop_words, syllables
from tests.bench.law_articles import Article, statements

Bonds = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the numbers of the passages that answer it among those of the set."""

    text: str
    articles: tuple[int, ...]


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
#: How often a saying takes the place of the word of the law, a word is forgotten, a question names what the article
#: is about, is about its title, or has its phrases turned round.
SAID, FORGOTTEN, HINTED, TITLED, TURNED = 0.45, 0.2, 0.25, 0.12, 0.15
#: Words of a question's phrase; syllables of a sentence that is asked about.
WORDS, SENTENCE = (5, 14), (6, 70)
#: Most passages that one title may stand over.
PASSAGES = 3
#: From here on two syllables are one word (normalised pointwise mutual information), and least times seen together.
BOUND, SEEN = 0.3, 10
#: What a question may open with.
OPENINGS = (*("",) * 8, "Theo quy định của pháp luật,", "Hiện nay", "Theo quy định,", "Cho tôi hỏi", "Xin hỏi")
FORMS = {
    "what": (
        "{0} là gì?", "{0} được quy định như thế nào?", "{0} như thế nào?", "{0} gồm những gì?", "Quy định về {0}?",
        "Pháp luật quy định như thế nào về {0}?", "{0} cần đáp ứng những gì?", "{0} thì bị xử lý như thế nào?",
        "Trường hợp nào thì {0}?", "Khi nào thì {0}?", "{0} có được không?", "Nguyên tắc {0} là gì?",
        "{0} phải thực hiện như thế nào?",
    ),
    "who": ("Ai có trách nhiệm {0}?", "Cơ quan nào {0}?", "Ai có thẩm quyền {0}?", "Đơn vị nào phải {0}?"),
    "duty": ("{0} phải làm gì?", "{0} có trách nhiệm gì?", "{0} có quyền gì?"),
    "time": ("Thời hạn {0} là bao lâu?", "{0} trong bao nhiêu ngày?", "{0} trong thời gian bao lâu?"),
    "money": ("Mức phạt đối với {0} là bao nhiêu?", "{0} bị phạt bao nhiêu tiền?"),
    "named": ("{0} là gì?", "Thế nào là {0}?", "{0} được hiểu như thế nào?"),
}  # fmt: skip
#: What nobody asks for: where else the law says something, and numbers.
_REFERENCE = re.compile(
    r"\(.*?\)|(?:theo )?quy định tại .*?(?=[,;]|$)|khoản \d+|điểm [a-zđ]\b|Điều \d+\w?|Nghị định[^,;]*|Thông tư[^,;]*"
    r"|\d{3,}[\d./A-ZĐ-]*"
)
_SIGNS = re.compile(r"[,;:.]")
_FINE = re.compile(r"phạt tiền từ .{3,60}? đến .{3,40}? (?:đối với|với)\s+(?P<what>.+)", re.IGNORECASE)
_NAMED = re.compile(r"^(?P<what>[^,]{6,60}?) (?:là|gồm|bao gồm) ")
_DUTY = re.compile(r"^(?P<who>[^,]{6,70}?) (?:có trách nhiệm|phải|chịu trách nhiệm|có nhiệm vụ) (?P<what>.{20,})")
_TERM = re.compile(r"(?:trong thời hạn|chậm nhất|không quá|thời hạn) .{2,30}?(?:ngày|tháng|năm|giờ)\b", re.IGNORECASE)


def bonds(texts: Sequence[str]) -> dict[tuple[str, str], float]:
    """Return for pairs of syllables that make a word how strongly they are drawn to each other, 0..1."""
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for run in syllables(text):
            single.update(run)
            double.update(pairwise(run))
    total = sum(single.values())
    found = {
        (a, b): math.log(n * total / (single[a] * single[b])) / -math.log(n / total)
        for (a, b), n in double.items()
        if n >= SEEN
    }
    return {pair: bond for pair, bond in found.items() if bond > BOUND}


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a saying takes the place of the word of the law, a word is forgotten, a question names what the article
    is about; words of a question's phrase."""

    said: float = SAID
    forgotten: float = FORGOTTEN
    hinted: float = HINTED
    words: tuple[int, int] = WORDS


def questions(
    chosen: Sequence[Article],
    bound: Bonds,
    *,
    each: int,
    seed: int,
    upto: int | None = None,
    habits: Habits | None = None,
) -> list[Asked]:
    """Return ``each`` questions for each of the first ``upto`` passages."""
    chance = random.Random(seed)
    maker = _Maker(bound, chance, habits or Habits())
    return [Asked(maker.question(article), (k,)) for k, article in enumerate(chosen[:upto]) for _ in range(each)]


def titles(chosen: Sequence[Article], *, seed: int) -> list[Asked]:
    """Return the titles of articles as questions, half of them in the words of one: what people wrote who had the text
    before them, in their own words. Each passage under a title answers; titles of more than ``PASSAGES`` are left
    out."""
    chance = random.Random(seed)
    below: dict[str, list[int]] = {}
    for k, article in enumerate(chosen):
        for title in dict.fromkeys(article.titles):
            below.setdefault(title, []).append(k)
    asked = []
    for title, found in below.items():
        if len(found) <= PASSAGES:
            small = title[0].lower() + title[1:]
            text = title if chance.random() < 0.5 else chance.choice(FORMS["what"]).format(small)
            asked.append(Asked(text, tuple(found)))
    return asked


class _Maker:
    """Makes questions, each by chance."""

    def __init__(self, bound: Bonds, chance: random.Random, habits: Habits) -> None:
        self._bound, self._chance, self._habits = bound, chance, habits

    def question(self, article: Article) -> str:
        """Return a question that the passage answers."""
        chance = self._chance
        kind, topic = self._topic(article)
        words = self._some(self._words(_SIGNS.sub(" ", topic)))
        phrase = " ".join(words) or topic
        if chance.random() < self._habits.hinted:
            about = self._words(chance.choice(article.titles))[: chance.randint(2, 5)]
            phrase += chance.choice((" trong ", " về ", " của ")) + " ".join(about).lower()
        text = _said(chance.choice(FORMS[kind]).format(phrase), chance, self._habits.said)
        opening = chance.choice(OPENINGS)
        return f"{opening} {text[0].lower() + text[1:]}" if opening else text[0].upper() + text[1:]

    def _topic(self, article: Article) -> tuple[str, str]:
        """Return what kind of question it is, and the words of the law that it is about."""
        chance = self._chance
        if chance.random() < TITLED:
            return "what", _plainly(chance.choice(article.titles))
        fit = [s for s in statements(article.body) if SENTENCE[0] <= len(s.split()) <= SENTENCE[1]]
        told = _plainly(chance.choice(fit) if fit else article.body)
        if match := _FINE.search(told):
            return "money", match["what"]
        if _TERM.search(told):
            return "time", _TERM.sub(" ", told)
        if match := _DUTY.search(told):
            return ("duty", match["who"]) if chance.random() < 0.35 else ("who", match["what"])
        if (match := _NAMED.search(told)) and chance.random() < 0.6:
            return "named", match["what"]
        return "what", told

    def _words(self, text: str) -> list[str]:
        """Return the words of a text, those of two syllables whole: the strongest bonds first."""
        tokens = text.split()
        names = [normal(token.strip('“”"()')) for token in tokens]
        drawn = [(self._bound.get(pair, 0.0), at) for at, pair in enumerate(pairwise(names))]
        second: set[int] = set()
        taken: set[int] = set()
        for bond, at in sorted(drawn, reverse=True):
            if bond and not taken & {at, at + 1}:
                taken |= {at, at + 1}
                second.add(at + 1)
        found: list[str] = []
        for at, token in enumerate(tokens):
            if at in second:
                found[-1] += f" {token}"
            else:
                found.append(token)
        return found

    def _some(self, words: list[str]) -> list[str]:
        """Return a stretch of the words without the forgotten ones and without function words at its ends."""
        chance = self._chance
        count = chance.randint(*self._habits.words)
        if len(words) > count:
            first = 0 if chance.random() < 0.4 else chance.randrange(len(words) - count + 1)
            words = words[first : first + count]
        words = [word for word in words if chance.random() >= self._habits.forgotten] or words
        if len(words) > 4 and chance.random() < TURNED:
            middle = chance.randrange(2, len(words) - 1)
            words = words[middle:] + words[:middle]
        while words and words[0].lower() in stop_words():
            words = words[1:]
        while words and words[-1].lower() in stop_words():
            words = words[:-1]
        return words


def _plainly(text: str) -> str:
    """Return a statement without references, its first letter small."""
    told = " ".join(_REFERENCE.sub(" ", text).split())
    return told[0].lower() + told[1:] if told else text


def _said(text: str, chance: random.Random, often: float) -> str:
    """Return a question as someone else would put it, some words in everyday speech."""
    for official, said in SAYINGS.items():
        if official in text.lower() and chance.random() < often:
            text = re.sub(rf"(?<!\w){re.escape(official)}(?!\w)", chance.choice(said), text, flags=re.IGNORECASE)
    return text
