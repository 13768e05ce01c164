"""The words behind a cited document: its own title (trích yếu), what that names, and where a list goes on behind it."""

from __future__ import annotations

import re

from corpus.facts import Relation
from nlp.words.folding import pattern

#: How a title begins: "của UBND tỉnh về việc …", "khóa XIII phê duyệt …", "“Quy định …”".
_TITLE_WORD = (
    r"(?:ve viec|ve|v/v|ban hanh|phe duyet|huong dan|trien khai|to chuc|thuc hien|quy dinh|sua doi|cong bo|tang cuong"
    r"|nham|thong qua|giao)(?!\w)"
)
_OFFICE = r"(?:,? ?(?:cua|do) (?:[\w&]+,? (?!de nghi|yeu cau)){1,9}?)?"
#: Who goes on behind a comma: with it the sentence leaves the title.
_LEAVES = (
    r",\s(?:so|phong|bo|ubnd|uy ban|truong|nha truong|hieu truong|cac (?:truong|don vi|phong|so|co so|dia phuong)"
    r"|de nghi|yeu cau|de(?! an)|don vi|giao vien|to(?! chuc)|ban (?:chi dao|giam hieu))(?!\w)"
)
_WITHIN = rf"(?:(?!{_LEAVES})[^;])"
#: A document that another names in its title: "… của UBND huyện thực hiện Đề án “…” ban hành kèm theo Quyết định …".
_ISSUES_WITHIN = pattern(
    rf"\s?{_OFFICE}\s?(?:{_TITLE_WORD} [^;.,]{{0,120}}?)?(?:trien khai|thuc hien|cu the hoa) {_WITHIN}{{2,200}}$"
)
#: "Thông báo … về cấp độ dịch của tỉnh theo Nghị quyết …".
_GOES_BY_WITHIN = pattern(
    rf"\s?{_OFFICE}\s?(?:ve viec|ve|v/v) (?:[^;.,“”\"]|[“\"][^“”\"]{{1,120}}[”\"]){{2,140}}(?<!va) theo\s{{1,2}}$"
)
#: Nothing but the title of the document before, up to the stop behind which the next one stands.
_TITLE_ALONE = pattern(
    rf"\s?(?:\([^;.()]{{3,60}}\))?{_OFFICE}\s?(?:\W?{_TITLE_WORD}{_WITHIN}{{2,300}})?\W{{0,3}}\.\s{{1,3}}$"
)
#: A document that opens a sentence and is no subject: its title follows, or the stop, or who is told to do something.
_NO_SUBJECT = pattern(rf"[,;]?\s?{_OFFICE}\s?(?:\W?{_TITLE_WORD}|[.;]|$)")
#: The trích yếu of the document that is cited before, up to what it carries out: "về việc triển khai Quyết định số …".
_TITLE = pattern(
    r"\s?(?:cua (?:\w+ ){1,7})?(?:(?:ve viec|v/v|ve|ban hanh|phe duyet|nham|de) "
    rf"(?:[^,;]|,(?!{_LEAVES[1:]})){{0,160}}?)?"
    r"(?:trien khai|thuc hien|thi hanh)(?: (?:thuc hien|co hieu qua|hieu qua|nghiem(?: tuc)?|tot|day du))?"
    r"\s{1,2}(?:cac\s)?$"
)
#: What the document before makes last longer, by its title: "về việc kéo dài thời gian áp dụng Nghị quyết …".
_PROLONGS_WITHIN = pattern(
    rf"\s?{_OFFICE}\s?(?:ve viec|ve|v/v) (?:[^;.,]{{0,60}} )?(?:keo dai|gia han) (?:thoi (?:gian|han))"
    r" (?:[\w ]{2,60}?)??(?:ap dung|thuc hien|hieu luc|cua)\s{1,2}(?:(?:cac|de an|chuong trinh|ke hoach)\s)?$"
)
#: What a consolidated text (văn bản hợp nhất) is made of: "… về hợp nhất các Thông tư: số 11/2014/TT-BGDĐT …".
_MERGES_WITHIN = pattern(r"[^;.]{0,80}?(?<!\w)hop nhat(?: [a-z]{1,8}){0,4}[: ]{0,2}(?:so )?$")
SENTENCE_END = re.compile(r"[;.](?=\s|$)")
#: So far behind a document is told that it is over.
_REACH = 210
#: What is no longer in force, said right behind a document; the next number ends what is said of it.
_OVER = pattern(r"(?<!\w)(?<!nay khong con )(?<!nay )het hieu luc(?!,? (?:\w+ ){0,12}nay(?!\w))")
_NUMBER = pattern(r"\d/[\w-]*[a-z]{2}")
_CARRIED_ON = (Relation.IMPLEMENTS, Relation.PURSUANT_TO, Relation.BASED_ON)


def carries_out_within(between: str) -> bool:
    """Tell whether the document before carries out, by its title, the one behind ``between``."""
    return _TITLE.match(between) is not None


def is_named_in_title(between: str, *, attached: bool) -> bool:
    """Tell whether the document behind ``between`` stands in the title of the one before it, which goes by it.

    ``attached``: the rules issued with it are meant ("ban hành kèm theo …", not part of ``between``).
    """
    if _PROLONGS_WITHIN.fullmatch(between) or _MERGES_WITHIN.fullmatch(between):
        return True
    return (_ISSUES_WITHIN if attached else _GOES_BY_WITHIN).fullmatch(between) is not None


def is_over(fold: str, start: int) -> bool:
    """Tell whether a document is said to be no longer in force, right behind it: "…, đã hết hiệu lực"."""
    told = fold[start : start + _REACH]
    own = _NUMBER.search(told)
    after = _NUMBER.search(told, own.end()) if own else None
    told = told[own.end() if own else 0 : after.start() if after else len(told)]
    over = _OVER.search(told)
    return over is not None and SENTENCE_END.search(told, 0, over.start()) is None


def goes_on_behind_stop(between: str, behind: str, before: Relation) -> bool:
    """Tell whether a list of documents goes on behind a stop: "theo Công văn A về …. Công văn B về …".

    ``between`` are the words from the one before, whose relation is ``before``, to the one that opens a sentence,
    ``behind`` those behind it. A document that is said to do something ("Thông tư B có hiệu lực …") is no such member.
    """
    return (
        before in _CARRIED_ON and _TITLE_ALONE.fullmatch(between) is not None and _NO_SUBJECT.match(behind) is not None
    )
