"""The day and the office that the documents of a list share: told once, behind the last of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.words.folding import folded, pattern

if TYPE_CHECKING:
    from nlp.citing.citations import Found

#: "Nghị định A và Nghị định B cùng ngày …".
SAME_DAY = pattern(r"(?<!\w)cung (?:(?:ban hanh|ky|ra) )?ngay")


def share(found: list[Found], text: str) -> None:
    """Give the members of a list the agency and date behind its last.

    "các Thông tư số A, số B ngày … của Bộ …" stand under one type word; "Nghị định A và Nghị định B cùng ngày …" say
    that they share it; "Thông tư số 19/2023 …, Thông tư số 20/2023 … ngày …" were signed one after the other.
    """
    same_day = False
    for k in range(len(found) - 2, -1, -1):
        one, after = found[k], found[k + 1]
        near = folded(text[one.end : after.start]).replace("_ ", "").strip(" ,")
        if near not in ("", "va", "va so", "so") or not _same_symbol(one, after):
            same_day = False
            continue
        same_day = same_day or SAME_DAY.search(folded(text[after.number_at : after.end])) is not None
        if one.date is None and (after.joined or after.rule == "list" or same_day or _is_next(one, after)):
            one.date = after.date
        if one.issuer is None and after.issuer is not None:
            one.issuer, one.issuer_local = after.issuer, after.issuer_local


def _is_next(one: Found, after: Found) -> bool:
    """Tell whether documents of one office are numbered one after the other in one year: signed on one day."""
    if one.number is None or after.number is None or one.number.year is None or one.number.year != after.number.year:
        return False
    serials = one.number.serial, after.number.serial
    return all(map(str.isdigit, serials)) and int(serials[1]) == int(serials[0]) + 1


def _same_symbol(one: Found, other: Found) -> bool:
    return one.number is not None and other.number is not None and one.number.parts == other.number.parts
