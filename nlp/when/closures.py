"""Days from which pupils stay at home or come back: "cho học sinh … nghỉ học từ ngày 27/9 đến khi có thông báo mới".

An office that makes it known tells what all schools of these pupils do, whoever the writing is to.
"""

from __future__ import annotations

from nlp.page.structure import Item
from nlp.words.folding import pattern

#: Pupils who stay at home or come back, right before a time.
_PUPILS = pattern(
    r"(?<!\w)(?:tre(?: em| mam non)?|hoc sinh|hoc vien|sinh vien)(?!\w)[^.:]{0,260}?(?<!\w)"
    r"(?:nghi hoc|(?:tam )?dung (?:den (?:truong|lop)|hoc tap trung)|(?:di hoc|den truong|hoc truc tiep) tro lai"
    r"|tro lai (?:truong|hoc(?! ky| ki| k))|di hoc lai)"
    r"(?: (?:o nha|tap trung|truc tiep|tai truong|binh thuong))?(?:,? ke)?,? (?:(?:trong|vao"
    r"|tu) )?(?:ngay )?(?:thu \w{2,4},? )?$"
)
#: Who decides on it later, why it was, what is told of rules: none of these orders it.
_LEFT_OPEN = pattern(
    r"(?<!\w)(?:quyet dinh(?= cho)|xem xet|co the|quyen|neu|khi|truong hop|da (?:cho|duoc)"
    r"|(?:sau|trong) thoi gian|du kien|du bao)(?!\w)"
)
#: What makes it known, anywhere before in the paragraph.
_TOLD = pattern(r"(?<!\w)(?:thong bao|yeu cau|de nghi|cho phep)(?!\w)")
#: What has a day that is none of its own.
_GROUND = pattern(r"\W{0,4}(?:can cu|thuc hien|theo|tiep theo)(?!\w)")
#: So many characters before a time are read.
_REACH = 600


def keeps_home(item: Item, at: int) -> bool:
    """Tell whether the words before a time, which begins at ``at`` with "từ" or "đến", keep pupils at home or have
    them back from then on."""
    fold = item.joined.fold
    start = fold.rfind(". ", max(0, at - _REACH), at) + 1 or max(0, at - _REACH)
    kept = _PUPILS.search(fold, start, at)
    if kept is None or _LEFT_OPEN.search(fold, start, at) is not None:
        return False
    told = list(_TOLD.finditer(fold, max(0, at - 2 * _REACH), at))
    return bool(told) and (_GROUND.match(fold, start) is None or told[-1].start() > start)
