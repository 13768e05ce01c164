"""The office that writes, what it chooses, and what it asks of the store: who it is on the day of the draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from corpus.errors import BadInputError
from corpus.facts import Citation
from corpus.places import bare, is_city, province_names, provinces
from corpus.text import squeeze

_SO = re.compile(
    r"^(?:[Ss]ở|SỞ)\s(?P<name>GD ?(?:&|và|-)? ?ĐT|GDĐT|[Gg]iáo dục(?: và|,)? [Đđ]ào tạo"
    r"|[Gg]iáo dục(?:,| -) [Kk]hoa học và [Cc]ông nghệ)"
    r"\s(?P<kind>[Tt]ỉnh|[Tt]hành phố|TP\.?)?\s?(?P<place>\S.*)$"
)
PLAN, LETTER = "ke-hoach", "cong-van"


@dataclass(frozen=True, slots=True)
class Office:
    """A Sở: its name, that of its province ("Phú Lâm", with its kind "tỉnh Phú Lâm"), and its symbol in numbers."""

    name: str
    place: str
    province: str
    symbol: str = "SGDĐT"
    note: str = ""

    @property
    def full(self) -> str:
        """The name with the place: "Sở Giáo dục và Đào tạo tỉnh Phú Lâm"."""
        return f"{self.name} {self.province}"

    @property
    def issuer(self) -> str:
        """The name as facts have it: "Sở Giáo dục và Đào tạo Phú Lâm"."""
        return f"{self.name} {self.place}"

    @property
    def committee(self) -> str:
        """The office above: "UBND tỉnh Phú Lâm"."""
        return f"UBND {self.province}"


def office_of(text: str, on: date, *, known: Sequence[str] = ()) -> Office:
    """Return the Sở that ``text`` names ("Sở GDĐT tỉnh Hà Nam") as it is on a day; of a merged province its successor.

    ``known`` are issuers of stored directives, whose places may be others than the table of provinces has. Raises
    BadInputError for what is no Sở or no province.
    """
    match = _SO.match(squeeze(text))
    if match is None:
        raise BadInputError(
            f"“{text[:60]}” không phải tên một sở giáo dục và đào tạo.", 'Ví dụ: --unit "Sở GDĐT tỉnh Phú Thọ".'
        )
    place = match["place"].strip(" .,")
    names = province_names()
    key = bare(place)
    spelled = names.get(key) or next((name for name in known if bare(name).endswith(f" {key}")), None)
    if spelled is None:
        raise BadInputError(f"Không có tỉnh, thành phố nào tên “{place[:60]}”.", "Hãy viết đủ dấu tên tỉnh, thành phố.")
    place = names.get(key, place)
    note = ""
    merged = provinces()
    if on.isoformat() >= merged.valid_from and (new := merged.successor.get(key)) and new != key:
        now = names.get(new, new)
        note = (
            f"Từ ngày 01/7/2025, {_kinded(place)} hợp nhất vào {_kinded(now)} (Nghị quyết số 202/2025/QH15); "
            f"dự thảo đứng tên Sở Giáo dục và Đào tạo {_kinded(now)}."
        )
        place = now
    science = "hoa học" in match["name"]
    name = "Sở Giáo dục, Khoa học và Công nghệ" if science and not note else "Sở Giáo dục và Đào tạo"
    return Office(name, place, _kinded(place), "SGDKHCN" if science and not note else "SGDĐT", note)


def _kinded(place: str) -> str:
    return f"thành phố {place}" if is_city(place) else f"tỉnh {place}"


@dataclass(frozen=True, slots=True)
class Leads:
    """By how many working days a day lies before the upper office's: ``report`` what units send up to the Sở,
    ``school`` what schools send to the office between, before that; ``work`` what is only done; ``own`` what the Sở's
    departments do themselves."""

    report: int = 7
    school: int = 5
    work: int = 3
    own: int = 3


@dataclass(frozen=True, slots=True)
class Choices:
    """What the officer chooses: the kind of document, the codes of the units (() : as last year), the leads, the
    department in charge and the signer ("": learnt), the day of issue (None: left open), and wordings ``taken`` from
    others: (order of the part, id of the other directive, order of its part)."""

    kind: str = LETTER
    to: tuple[str, ...] = ()
    leads: Leads = Leads()
    department: str = ""
    signer: str = ""
    on: date | None = None
    taken: tuple[tuple[int, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Newer:
    """A document that replaces another, as far as the store knows it."""

    number: str
    doc_type: str | None
    date: str | None
    issuer: str | None
    subject: str | None


class Register(Protocol):
    """What the store knows of documents (``api.usecases.drafting`` has the real one)."""

    def replaced_by(self, citation: Citation, on: str) -> Newer | None:
        """Return what has replaced a document by ISO day ``on`` and is in force, None where nothing is known."""
        ...


class Nothing:
    """The register of an office that has stored nothing."""

    def replaced_by(self, citation: Citation, on: str) -> Newer | None:
        """Return None: nothing is known."""
        return None
