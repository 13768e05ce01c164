"""Grounds (căn cứ) that those have who act, not the directive: they go by the document (``pursuant_to``)."""

from __future__ import annotations

from nlp.words.folding import pattern

#: Grounds that somebody has for what is to be done: "2. Nhà trường căn cứ Thông tư … để xếp loại".
_OWN_GROUNDS = pattern(
    r"^\W{0,4}(?:\w{1,4}[.)]\s)?(?:\W\s)?(?:(?:cac|moi|tung|nha)\s)?"
    r"(?:truong|don vi|phong|so|co so|to|giao vien|can bo|doan)(?!\w)"
    r"(?:(?! (?:de nghi|yeu cau|huong dan|thong bao|quy dinh))[^,;:.]){0,60} can cu(?: vao)?\s[^,;:.]{0,60}$"
)
#: Grounds that somebody is to have: "… cần căn cứ vào Công văn …", "Mức chi phải căn cứ Nghị quyết …".
_MUST = pattern(r"(?<!\w)(?:can|phai|nen)\s(?:can cu|dua)(?: vao| tren)?\s[^,;:.]{0,60}$")
#: What is done within a sentence on some ground: "… ứng dụng CNTT trên cơ sở quy định tại Thông tư …"; at the head of a
#: sentence or of its part it is the directive's own. Of "căn cứ" only a list or norm tells: "Mua sắm thiết bị tối thiểu
#: căn cứ danh mục tại Thông tư …"; "việc xác định nơi cư trú căn cứ Luật Cư trú" stays a ground.
_WITHIN = pattern(
    r"[\w)”\"]\s{1,2}(?:tren co so\s[^,;:.]{0,100}"
    r"|can cu (?:vao )?(?:danh muc|dinh muc|tieu chuan|khung) (?:tai|cua|trong|o)\s{1,2})$"
)
#: What was drawn up on some ground: "Sở đã dự thảo Nghị quyết trên cơ sở Thông tư …".
_DRAWN_UP = pattern(r"(?<!\w)(?:da|vua|duoc|du thao|ban hanh(?= tren))(?!\w)")
#: A point of a list that names the grounds for what it asks: "3. Căn cứ Hướng dẫn số … để số hóa hồ sơ".
_POINT_GROUNDS = pattern(
    r"^\W{0,4}(?:\w{1,4}[.)]\s)?(?:\W\s)?can cu(?: vao)?(?: (?:cac )?quy dinh (?:tai|cua|trong))?\s{1,2}(?:cac\s)?$"
)
_FOR_DOING = pattern(r"(?:(?!, (?:so|phong|bo|ubnd|truong)(?!\w))[^.;:]){0,240}?(?<!\w)de (?!nghi|xuat|an)\w")


def is_own_ground(fold: str, since: int, start: int, *, labelled: bool, within: bool) -> bool:
    """Tell whether the ground at ``start``, in a sentence from ``since`` on, is that of the unit that acts.

    ``labelled``: the sentence is a point of a list; ``within``: it stands in a section.
    """
    before = fold[since:start]
    if _MUST.search(before):
        return True
    if (labelled or within) and _WITHIN.search(before) and not _DRAWN_UP.search(before):
        return True
    if labelled and _OWN_GROUNDS.search(before):
        return True
    return labelled and _POINT_GROUNDS.search(before) is not None and _FOR_DOING.match(fold, start) is not None
