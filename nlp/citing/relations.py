"""What a citation does, read from the words before it, the list it stands in and the headings above it."""

from __future__ import annotations

import re

from corpus.facts import CitationPlace, Relation
from corpus.text import UPPER
from nlp.citing.grounds import is_own_ground
from nlp.citing.past import is_past
from nlp.citing.titles import SENTENCE_END, carries_out_within, is_named_in_title, is_over
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import entries

#: A stop behind a figure ends a sentence only behind a year or a day ("…/2021. Công văn"), not behind a label ("2. ").
_SENTENCE = re.compile(
    rf"(?:(?<=[^\d\s][.!?])|(?<=[/ -]\d{{4}}[.])|(?<=/\d[.])|(?<=/\d\d[.]))\s(?=[{UPPER}“\"])|;\s|\n"
)
_LIST = pattern(
    r"(?:^|[,;]|\sva|\bva)\s{0,2}(?:va\s)?(?:cac\s|so\s)?(?:(?:dieu le|quy che|quy "
    r"dinh|de an|chuong trinh|bo chi so|danh muc|huong dan)\s)?$"
)
#: Rules that are the next member of a list: "… và Thể lệ Cuộc thi | ban hành kèm theo Quyết định số …"; behind a stroke
#: of the list under their whole title, brackets in it: "; Quy chế thi … (THPT) quốc gia | ban hành kèm theo …".
_RULES = pattern(
    r"(?:(?:[,;]|\sva)\s{1,2}(?:dieu le|the le|quy che|quy dinh|quy tac|chuong trinh|de an)(?: [\w-]+){0,8}"
    r"|;\s{1,2}(?:dieu le|the le|quy che|quy dinh|chuong trinh|de an|danh muc|tieu chuan)"
    r"(?:[ ,]{1,2}(?!theo|thuc hien|can cu|yeu cau|de nghi|tai (?!nan))[\w()/-]+){0,30})\s{1,2}$"
)
#: The document that holds the next of several rules, in a bracket: "…, Chương trình giáo dục mầm non (VBHN số …)".
_RULES_IN = pattern(
    r"(?:,|;|\sva)\s(?:chuong trinh|quy che|quy dinh|dieu le|de an|bo chi so)(?: [\w-]+){1,10} \((?:vbhn )?(?:so )?"
)
_OPENS = pattern(r"^[\W\d_]{0,12}(?:[a-z]\)\s?)?(?:cac\s|-\s)?$")
_CHANGES_OTHERS = (Relation.AMENDS, Relation.REPLACES, Relation.GUIDES)
#: Converters of PDFs lose letters: "an hành kèm theo".
_ISSUED = pattern(r"an hanh\s{1,2}kem theo")
_REACH = 420
#: So near to the label of a row of an annex a citation opens the row, even where its type word is unreadable.
_NEAR_LABEL = 10
_FIRM = ("theo", "dung", "thuc hien", "tuan thu", "can cu", "trien khai", "ap dung", "dap ung", "chap hanh", "tai")
_ATTACHED = pattern(r"(?<!\w)(?:(?:duoc )?(?:b?an hanh )?kem theo|duoc ban hanh theo)\s{1,2}(?:cac\s{1,2})?$")
#: What goes with another document, at the head of a sentence: "Danh sách giáo viên cốt cán kèm theo Quyết định …".
_GOES_WITH = pattern(
    r"\W*(?:\d{1,2}\s)?(?:danh sach|bieu mau|mau|phu luc|bang|de cuong|tai lieu|bao cao|ho so|bieu)(?!\w)"
    r"(?! (?:duoc |xin |cac )?gui)(?:(?!(?<!\w)(?:gui|ban hanh)(?!\w))[^;:]){0,150}$"
)
#: "được sửa đổi, bổ sung tại Thông tư …": what stands behind it changed the document that is cited before it.
_PASSIVE = pattern(
    r"(?:da |vua )?(?:duoc|bi) (?:sua doi|bo sung|thay the|dieu chinh|dinh chinh|bai bo)"
    r"(?:[,]? (?:va )?(?:sua doi|bo sung|thay the|bai bo))?(?: (?:mot so|mot phan)(?: (?:dieu|noi dung))?)?"
    r" (?:tai|boi|bang|theo|trong)\s{1,2}(?:cac\s{1,2})?$"
)
#: The same in short: "Thông tư A, sửa đổi, bổ sung tại Thông tư B".
_CHANGED_BY = pattern(
    r"(?:[^;:]{0,80}[,(]\s{0,2}|\s)(?:sua doi,? bo sung|sua doi|bo sung)(?: (?:mot so"
    r"|mot phan)(?: (?:dieu|noi dung))?)?"
    r" (?:tai|boi|bang)\s{1,2}$"
)
#: The passive behind a stroke of a sentence: "… sửa đổi Thông tư A; đã được sửa đổi, bổ sung tại Thông tư B".
_PASSIVE_ON = pattern(rf"[^;]{{0,300}};\s{_PASSIVE.pattern}")
_OWN_ACT = pattern(
    r"(?<!\w)(?:dong thoi|va) (?:bai bo|huy bo|thay the|sua doi)"
    r"|(?<!\w)(?:nay|(?:, |; |^)(?:so|phong|bo|ubnd|uy ban nhan dan|truong)(?: \w+){1,6}) \w*"
)
_CHANGES_RULES = pattern(r"(?<!\w)(?:thay the|bai bo|sua doi)(?!\))(?:(?! theo )[^;.]){0,150}$")
_CHANGES = pattern(
    r"(?<!\w)(?:thay the|thay cho|bai bo|huy bo|sua doi,? bo sung|sua doi|(?<!huong dan )bo sung|dinh chinh"
    r"|(?:dieu chinh|gia han|thay doi|lui|keo dai) (?:mot so |cac )?"
    r"(?:thoi (?:gian|han|diem)|ngay|lich|tien do|chi tieu|noi dung|dia diem|muc|phu luc|bieu mau))"
    r"(?: (?!va |theo |thuc |thuoc |can cu )[\w,]{1,9}){0,12}?"
    r" (?:tai|trong|cua|o|ban hanh kem theo)\s{1,2}$"
)
#: "thay thế các hướng dẫn trước đây của Sở, trong đó có …", "…, gồm …".
_CHANGES_LISTED = pattern(
    r"(?<!\w)(?:thay the|thay cho|bai bo|huy bo)(?: [\w,]{1,9}){1,18}?"
    r" (?:trong do(?: co)?|bao gom|gom(?: co)?|cu the(?: la)?|nhu|la):?\s{1,2}(?:cac\s)?$"
)
_REPLACING = ("thay the", "thay cho", "bai bo", "huy bo")
#: What goes on in the grounds: "theo đề nghị của A tại Tờ trình … và B tại Báo cáo …".
_AND_AT = pattern(r"\s?(?:,|;|va)\s(?:(?!thuc hien|trien khai|yeu cau)\w+\s){1,10}tai\s{1,2}(?:cac\s)?$")
#: What else is carried out beside a document: "Thực hiện Công văn A … và ý kiến chỉ đạo của UBND tỉnh tại Công văn B".
_AND_WORD_AT = pattern(
    r"(?:,(?: va)?|;|(?<!\w)va)\s(?:y kien|chi dao|ket luan|yeu cau|de nghi|chu truong|phan cong|noi dung)"
    r"(?: [\w,&]+){1,12}?"
    r" (?:tai|trong)\s{1,2}(?:cac\s)?$"
)
_ON_GROUNDS = pattern(r"\W{0,4}can cu(?: vao)?(?!\w)")
#: A bracket that opens right behind a document and its office.
_BEHIND_ONE = pattern(r"[^();:.]{0,60}\(")
#: A bracket that tells what was, or which form: "(đã ấn định tại …", "(Mẫu 2 kèm theo …", "(biểu 09 của …".
_TOLD_IN = pattern(r"\((?:\w+ ){0,4}?(?:da|vua|truoc day)(?!\w)[^();]{0,120}$")
_FORM_IN = pattern(
    r"\((?:theo )?(?:mau|bieu|phu luc|phieu|bang|de cuong)(?!\w)[^();]{0,60}?"
    r"(?:(?:ban hanh |dinh |gui )?kem(?: theo)?|cua|tai|trong)\s{1,2}$"
)
#: What is still to come changes nothing yet: "chờ văn bản sửa đổi …", "dự thảo Thông tư thay thế …".
_AWAITED = re.compile(
    r"(?<!\w)(?:[Cc]hờ|[Đđ]ợi|[Dd]ự thảo|[Tt]ham mưu|[Kk]iến nghị|[Đđ]ề xuất|[Nn]ghiên cứu)\s[^.;]{0,120}$"
)
#: A document whose name tells what it changes: "Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế".
_NAMED_CHANGE = pattern(
    r"(?<!\w)(luat|phap lenh)\s(?:sua doi|bo sung)[\w, ]{0,60}? (?:cua|ve)"
    r" (?:cac )?(?:(?:luat|phap lenh)[^;.()]{0,90})?$"
)
#: A list that goes with a document, told in a bracket: "(danh sách kèm theo Thông báo số …)".
_LIST_IN = pattern(r"\((?:co )?(?:danh sach|ket qua|so lieu|thong ke)(?!\w)[^();]{0,60}?kem(?: theo)?\s{1,2}$")
#: What goes with the directive, alone in a bracket: "(Kèm theo Kế hoạch số …)".
_WITH_IN = pattern(r"\((?:gui |dinh )?kem(?: theo)?\s{1,2}$")
#: An order that is obeyed is carried out: "chấp hành nghiêm Chỉ thị số …"; rules are followed.
_OBEYED = pattern(r"(?<!\w)chap hanh(?: nghiem(?: tuc| chinh)?| tot| day du| dung)?\s{1,2}(?:cac\s)?$")
_ORDER = pattern(r"(?:chi thi|cong dien|lenh)(?!\w)")
#: The document that holds what is gone by, alone in a bracket: "… theo hướng dẫn tạm thời các biện pháp … (Công văn …".
_SOURCE_IN = pattern(r"(?<!\w)theo (?:\w+ )?(?:huong dan|quy dinh|huong dan cua)(?!\w)[^.;:()]{0,160} \($")
#: By what a programme that is carried out was approved: "Triển khai Đề án … (được phê duyệt theo Quyết định …)".
_APPROVED_IN = pattern(
    r"(?<!\w)(?:de an|chuong trinh|ke hoach|chien luoc|du an)(?!\w)[^.;()]{0,260} \((?:da )?(?:duoc )?phe duyet"
    r"(?: [\w ]{1,40})? (?:theo|tai|kem theo)\s{1,2}$"
)
#: The same without a bracket: "Thực hiện Đề án … phê duyệt tại Quyết định …", "Căn cứ Đề án … được phê duyệt tại …".
_APPROVED = pattern(
    r"(?<!\w)(?:de an|chuong trinh|ke hoach|chien luoc|du an)(?!\w)[^.;()]{0,200}? (?:da )?(?:duoc )?phe duyet"
    r"(?: kem)? (?:theo|tai)\s{1,2}$"
)
_DONE = Relation.IMPLEMENTS
#: What is written so that a document is carried out: "Để Nghị định A và Thông tư B được triển khai kịp thời, …".
_SO_THAT = pattern(r"\W{0,4}(?:(?:\d{1,2}|[a-h])[.)]\s)?(?:nham |de ){1,2}(?:cac )?(?:noi dung (?:cua|tai) )?")
_IS_DONE = pattern(
    r"[^.;]{0,600}?(?<!\w)(?:duoc (?:to chuc )?(?:trien khai|thuc hien|thi hanh|ap dung)"
    r"|di vao (?:cuoc song|thuc te))(?!\w)"
)
#: A superior's document that gives the writing office a task: "UBND tỉnh có Văn bản số … giao Sở GDĐT chủ trì …".
_ASSIGNS = pattern(r"[^.;]{0,60}(?<!\w)giao (?:so|phong|truong|cho so|cho phong)(?!\w)")
#: The head of a clause that carries something out; rules that somebody carries out within one are followed.
_CARRIES_OUT = pattern(
    r"(?:(?:^|[.;:-])\W{0,4}(?:\d{1,2}\W{1,3})?|,\W{0,4})"
    r"(?:(?:de|nham|tiep tuc|nghiem tuc|to chuc|trien khai|can cu|va)\s){0,3}"
    r"(?:thuc hien|trien khai|quan triet|thi hanh)(?!\w)"
    r"(?:[^.;]|;(?= (?:cac )?(?:luat|de an|chuong trinh|ke hoach)(?!\w))){0,200}$"
)
#: A class or a subject that goes by rules: "lớp 4, lớp 5: thực hiện Chương trình …".
_BY_CLASS = pattern(
    r"(?<!\w)(?:lop|khoi|cap|bac|mon)(?: [\w,]+){1,12}\s?:\s(?:tiep tuc |van )?thuc hien(?!\w)[^.;]{0,200}$"
)
_CIRCULAR = pattern(r"(?:(?:duoc )?(?:ban hanh )?kem theo )?(?:cac )?(?:thong tu|tt)(?!\w)")
#: A matter or a unit that has a circular as its rule: "3. Dạy thêm, học thêm trong nhà trường thực hiện nghiêm …".
_FOLLOWED = pattern(
    r"(?:^|[.;]\s)\W{0,4}(?:\w{1,3}[.)]\s)?(?!(?:de|nham|can cu|tiep tuc|nghiem tuc|to chuc|trien khai|chu dong"
    r"|(?:cac |moi |tung |nha )?(?:truong|don vi|phong|so|co so|bo|ubnd|giao vien|hieu truong|trung tam))(?!\w))"
    r"(?:(?!(?:viec|ket qua|tinh hinh|qua trinh|nam|bao cao|kiem tra|ke hoach|yeu cau|de nghi)(?!\w))[\w,()]+\s){2,14}?"
    r"(?:tiep tuc\s)?thuc hien(?: nghiem(?: tuc)?| tot)?\s{1,2}(?:cac\s)?$"
)
#: What another document makes concrete: "về việc quy định cụ thể hóa Điều 18 của Thông tư …".
_CONCRETE = pattern(r"(?<!\w)(?:cu the hoa|chi tiet hoa)(?: [\w,]+){0,12}\s{1,2}$")
#: A document and its office, at the end of the words before the mark of a note.
_ENDS_WITH_ONE = re.compile(r"\d/[\w-]*[A-ZĐ][^.;:]{0,60}$")
#: Headings over documents that stand alone below them, line by line.
_MADE_KNOWN = pattern(
    r"(?<!\w)(?:quan triet|trien khai|thuc hien|pho bien)(?: [\w,]+){0,6} (?:van ban|chi thi|nghi quyet|de an)(?!\w)"
)
_GROUNDS = pattern(
    r"^\W{0,4}(?:\w{1,4}[.)]\s)?(?:(?:cac |nhung )?can cu(?!\s\w+ so \d)"
    r"|co so (?:phap ly|(?:de )?xay dung ke hoach))(?!\w)"
)
#: What goes along with the directive, told behind it: "… (gửi kèm theo công văn này)".
_SENT_ALONG = pattern(
    r"(?:(?!\.\s)[^()]){0,400}?\s?\(\s?(?:duoc )?(?:gui |dinh |co )?kem(?: theo)?"
    r"(?: (?:cong van|van ban|ke hoach|huong dan|thong bao) nay)?\s?\)"
)
_OF = pattern(r"(?<!\w)(?:cua|o)\s{1,2}(?:cac\s)?$")
_BRACKETED = pattern(
    r"\((?:theo |tai |xem )?(?:(?:diem|khoan|dieu|muc|chuong|phu luc)\s[\w.]{1,6}\)?,?\s(?:cua\s)?){0,4}$"
)


def relation_before(
    item: Item,
    start: int,
    last: tuple[int, Relation] | None,
    inherit: Relation | None,
    mark_context: str,
) -> Relation:
    """Return the relation of the citation at ``start``; ``last`` is where the one before it ends, and its relation."""
    fold = item.joined.fold
    begin, start, attached = start, *_behind_attached(fold, start)
    end, before = last if last is not None else (0, Relation.MENTIONS)
    since = max(0, begin - _REACH, end)
    first_of_row = bool(item.label) and item.place is CitationPlace.APPENDIX and start <= len(item.label) + _NEAR_LABEL
    if last is None and not attached and (first_of_row or _OPENS.fullmatch(fold[:start])):
        return _of_list(item, inherit, mark_context)
    between = fold[since:start]
    if last is not None and _RULES_IN.fullmatch(between):
        return before
    if last is not None and (changed := _of_another(item, end, start, before, far=100 if attached else 0)) is not None:
        return changed
    if last is not None and start - end < _REACH and (_LIST.search(between) or (attached and _RULES.search(between))):
        return before
    if last is None and _PASSIVE.search(between):
        return Relation.MENTIONS  # a note to a document that is cited elsewhere
    cut = max(
        (m.end() for m in _SENTENCE.finditer(item.text, since, start + 1) if item.text[m.start()] != ";"),
        default=since,
    )
    if _SO_THAT.fullmatch(fold, cut, start) is not None and _IS_DONE.match(fold, start) is not None:
        return Relation.IMPLEMENTS
    told = _in_bracket(item, cut, begin)
    if told is not None:
        return told
    cue = _cue(fold[cut:start], far=100 if attached else 0)
    meant = _meant(item, cue, cut, start, begin, last=last)
    if meant is not None:
        return meant
    if cue in (None, Relation.PURSUANT_TO, Relation.MENTIONS):
        cue = told_behind(item, start) or cue
    if cue is not None:
        return cue
    if _SENT_ALONG.match(fold, start):
        return Relation.ATTACHED
    if (
        (item.label or item.path)
        and item.place is CitationPlace.BODY
        and (_OF.search(fold, max(0, start - 12), start) or _BRACKETED.search(fold, max(0, start - 90), start))
    ):
        return Relation.PURSUANT_TO  # "mức tối đa của Nghị quyết …", "… (khoản 1 Điều 4 Thông tư …)"
    if attached:
        if _ISSUED.search(fold, start, begin):
            return Relation.PURSUANT_TO
        named = item.place is not CitationPlace.APPENDIX and _GOES_WITH.match(fold[cut:start])
        return Relation.MENTIONS if named else Relation.ATTACHED
    if last is not None and cut <= since and start - end < _REACH:
        return before if before is not Relation.LISTED else Relation.MENTIONS
    if item.place is CitationPlace.FOOTNOTE:
        return _of_note(mark_context)
    return Relation.MENTIONS


def _meant(
    item: Item, cue: Relation | None, cut: int, start: int, begin: int, *, last: tuple[int, Relation] | None
) -> Relation | None:
    """Return the relation where the words around a cue make another of it (what was sent or done before, a ground of
    those who act, what is out of force); None where the cue stands.

    The sentence begins at ``cut``, the citation at ``begin``, what it is attached to at ``start``; ``last``: see
    ``relation_before``.
    """
    fold, text = item.joined.fold, item.text
    words = fold[cut:start]
    if cue in _CHANGES_OTHERS and _AWAITED.search(text, max(0, start - _REACH // 2), start):
        return Relation.MENTIONS
    if is_past(text, fold, cue, cut, start, begin, last[1] if last is not None else None):
        return Relation.MENTIONS
    if cue is Relation.BASED_ON and is_own_ground(
        fold, cut, start, labelled=bool(item.label), within=bool(item.path) and item.place is CitationPlace.BODY
    ):
        return Relation.PURSUANT_TO
    if cue is None and last is None and _ASSIGNS.match(fold, begin):
        return Relation.IMPLEMENTS
    if cue is Relation.PURSUANT_TO and _OBEYED.search(words) and _ORDER.match(fold, begin):
        return Relation.IMPLEMENTS
    if cue is Relation.PURSUANT_TO and _APPROVED_IN.search(words) and _cue(words[: words.rfind("(")]) is _DONE:
        return _DONE
    approved = _APPROVED.search(words) if cue is Relation.PURSUANT_TO else None
    if approved is not None and (of_plan := _cue(words[: approved.start()])) in (_DONE, Relation.BASED_ON):
        return of_plan
    if cue is Relation.IMPLEMENTS and _SOURCE_IN.search(words):
        return Relation.PURSUANT_TO
    if cue is Relation.IMPLEMENTS and _is_rule(item, begin, start < begin, words):
        return Relation.PURSUANT_TO
    if cue is Relation.PURSUANT_TO and last is not None and last[1] is Relation.BASED_ON:
        since = max(0, begin - _REACH, last[0])
        same = cut <= last[0] and _AND_WORD_AT.search(fold, since, start) is not None
        if same or _AND_AT.fullmatch(fold[since:start]):
            return Relation.BASED_ON
    if cue is Relation.PURSUANT_TO and last is None and _ON_GROUNDS.match(words) and _AND_WORD_AT.search(words):
        return Relation.BASED_ON  # "Căn cứ Luật Giáo dục và đề nghị của Sở Tài chính tại Công văn …"
    goes_on = last is not None and last[1] is Relation.IMPLEMENTS and cut <= last[0] and cue is Relation.PURSUANT_TO
    if goes_on and last is not None and _AND_WORD_AT.search(fold, max(0, begin - _REACH, last[0]), start):
        return Relation.IMPLEMENTS
    if cue not in _CHANGES_OTHERS and is_over(fold, begin):
        return Relation.MENTIONS
    return None


def is_object(item: Item, start: int, last: tuple[int, Relation]) -> bool:
    """Tell whether the citation at ``start`` is but the object of the one before it: what that changes or carries out.

    A list goes on behind it: "Căn cứ Thông tư A sửa đổi Thông tư B; Thông tư C".
    """
    start, attached = _behind_attached(item.joined.fold, start)
    return _of_another(item, last[0], start, last[1], far=100 if attached else 0) is Relation.MENTIONS


def _in_bracket(item: Item, since: int, start: int) -> Relation | None:
    """Return the relation that a bracket tells by itself: what was, or which form; None for another bracket."""
    fold = item.joined.fold
    near = max(since, start - 160)
    if _TOLD_IN.search(fold, near, start) or _LIST_IN.search(fold, near, start):
        return Relation.MENTIONS
    if _WITH_IN.search(fold, near, start):
        return Relation.ATTACHED
    return Relation.PURSUANT_TO if _FORM_IN.search(fold, max(since, start - 110), start) else None


def _is_rule(item: Item, at: int, attached: bool, before: str) -> bool:
    """Tell whether what is carried out is a rule that somebody follows in what he does, no order that is passed on.

    "lớp 12 thực hiện chương trình ban hành kèm theo Quyết định …", "… thực hiện Quy chế ban hành kèm theo Thông tư …",
    "Dạy thêm, học thêm thực hiện nghiêm Thông tư …".
    """
    circular = _CIRCULAR.match(item.joined.fold, at) is not None
    if attached:
        return (
            not _CARRIES_OUT.search(before)
            or _BY_CLASS.search(before) is not None
            or _CIRCULAR.search(item.joined.fold, at, at + 40) is not None
        )
    return circular and bool(item.label or item.path) and _FOLLOWED.search(before) is not None


def _behind_attached(fold: str, start: int) -> tuple[int, bool]:
    """Return where "… ban hành kèm theo" before a citation begins: what is said of rules counts for their decree."""
    match = _ATTACHED.search(fold, max(0, start - 40), start)
    return (match.start(), True) if match else (start, False)


def _of_another(item: Item, end: int, start: int, before: Relation, far: int = 0) -> Relation | None:
    """Return the relation of a document that another one, which ends at ``end``, changes or is changed by.

    What changes a base is a base as well ("Căn cứ Thông tư A, được sửa đổi tại Thông tư B"), in brackets, in a footnote
    and as the object of another's change it is only mentioned. None where the directive itself changes it.
    """
    between = item.joined.fold[end:start]
    if _PASSIVE_ON.fullmatch(between):
        return Relation.MENTIONS
    if len(between) > _REACH // 2 or _SENTENCE.search(item.text, end, start):
        return None
    bracket = between.rfind("(") > between.rfind(")")
    if _PASSIVE.search(between) or _CHANGED_BY.fullmatch(between):
        return Relation.MENTIONS if bracket or before in (Relation.LISTED, Relation.ATTACHED) else before
    cue = _cue(between, far if _CHANGES_RULES.search(between) else 0)
    behind = _BEHIND_ONE.match(between) if bracket and cue in (None, Relation.IMPLEMENTS) else None
    if behind is not None and between[behind.end() :].strip():
        return Relation.MENTIONS  # "Công văn A (triển khai Công văn B)"
    if _OWN_ACT.search(between):
        return None
    if _CONCRETE.search(between):
        return Relation.MENTIONS
    carried_out = cue is Relation.IMPLEMENTS and carries_out_within(between)
    in_title = carried_out or is_named_in_title(between, attached=far > 0)
    return Relation.MENTIONS if cue in _CHANGES_OTHERS or in_title else None


def told_behind(item: Item, start: int) -> Relation | None:
    """Return the relation that the words behind a citation tell: "… vẫn tiếp tục thực hiện"."""
    end = SENTENCE_END.search(item.text, start, start + _REACH)
    told = item.joined.fold[start : end.start() if end else start + _REACH]
    for entry in entries("relations", "behind"):
        if entry.find.search(told):
            return Relation(entry.name)
    return None


def _cue(before: str, far: int = 0) -> Relation | None:
    """Return the relation that the cue nearest to the end of ``before`` tells; ``far`` lets all cues stand farther.

    To replace or amend "the part … in" a document wins over the "tại" between.
    """
    before = _NAMED_CHANGE.sub(lambda m: f"{m[1]} ", before)
    strong = (_CHANGES_RULES if far else _CHANGES).search(before[-170:]) or _CHANGES_LISTED.search(before[-170:])
    if strong is not None:
        return Relation.REPLACES if strong.group().startswith(_REPLACING) else Relation.AMENDS
    best: tuple[int, Relation] | None = None
    for entry in entries("relations", "cue"):
        near = int(entry.row["near"]) + far
        tail = max(0, len(before) - int(entry.row.get("reach", near + 60)))
        for match in entry.find.finditer(before, tail):
            gap = len(before) - match.end()
            if far and gap > near - far and not match.group().startswith(_FIRM):
                continue
            if gap <= near and (best is None or match.end() > best[0]):
                best = (match.end(), Relation(entry.name))
    return best[1] if best else None


def _of_note(mark_context: str) -> Relation:
    """Return the relation of a document that is all a footnote tells: of what stands at the mark it is the rule.

    Where the mark stands behind a document that is carried out, the note tells of that one.
    """
    cue = _cue(folded(mark_context))
    if cue is Relation.IMPLEMENTS and not _ENDS_WITH_ONE.search(mark_context):
        return Relation.PURSUANT_TO
    return cue or Relation.PURSUANT_TO


def _of_list(item: Item, inherit: Relation | None, mark_context: str) -> Relation:
    """Return the relation of a citation that opens its item: one line of a list."""
    if item.place is CitationPlace.FOOTNOTE:
        return _of_note(mark_context)
    if item.place is CitationPlace.APPENDIX:
        listed = item.path or inherit is Relation.LISTED  # else a note under the names of those who sign
        return Relation.LISTED if listed else Relation.MENTIONS
    if inherit is not None:
        return inherit
    titles = (folded(title) for title in (*item.above[-1:], *item.path[-1:]) if len(title) <= _REACH // 2)
    for title in titles:
        if _GROUNDS.match(title):
            return Relation.BASED_ON
        if not item.label and _MADE_KNOWN.search(title):
            return Relation.IMPLEMENTS
    if item.label and item.above:
        lead = folded(item.above[-1])
        return _cue(lead.rstrip(" :") + " ") or Relation.MENTIONS
    return told_behind(item, 0) or Relation.MENTIONS
