"""Names of schools: kinds written out or not, and special kinds of school that ordinary duties do not mean."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.places import REMEMBERED, words
from corpus.text import fold, nfc, squeeze


def is_school(issuer: str, name: str) -> bool:
    """Tell whether a school that issues is the one called ``name``, its kind written out or not.

    A name without a kind ("Nguyễn Du") is one of any kind.
    """
    wanted, own = _school(name), _school(issuer)
    if wanted.split(" ", 1)[0] in _SCHOOL_CODES:
        return f"{own} ".startswith(f"{wanted} ")
    return f" {wanted} " in f" {own} "


@lru_cache(maxsize=4096)
def _school(name: str) -> str:
    """Return a school's name folded, kinds by their codes ("thcs nguyen du"), without "trường", "và"."""
    text = words(name)
    for written, code in _SCHOOL_KINDS:
        text = re.sub(rf"(?<!\w){written}(?!\w)", code, text)
    return " ".join(word for word in text.split() if word not in ("truong", "va"))


#: Kinds of school in their names, folded, longest first, with the codes that offices write for them.
_SCHOOL_KINDS = (
    ("(?:trung tam )?giao duc nghe nghiep", "gdnn"),
    ("(?:trung tam )?giao duc thuong xuyen", "gdtx"),
    ("(?:trung tam|ttgdnn|tt)(?= gd)", ""),
    ("ttgdtx", "gdtx"),
    ("pho thong dan toc noi tru", "ptdtnt"),
    ("pho thong dan toc ban tru", "ptdtbt"),
    ("trung hoc co so", "thcs"),
    ("trung hoc pho thong", "thpt"),
    ("tieu hoc", "th"),
    ("mam non", "mn"),
    ("mau giao", "mg"),
)
_SCHOOL_CODES = frozenset({"gdnn", "gdtx", "ptdtnt", "ptdtbt", "thcs", "thpt", "th", "mn", "mg"})


@dataclass(frozen=True, slots=True)
class Special:
    """A special kind of school: how it is called, what its name holds (folded), and how its duties begin."""

    label: str
    name: re.Pattern[str]
    first: re.Pattern[str]


@lru_cache(maxsize=1)
def special_kinds() -> dict[str, Special]:
    """Return the special kinds of school in ``tables/special_units.toml``."""
    data = tomllib.loads((files("corpus") / "tables" / "special_units.toml").read_text(encoding="utf-8"))
    return {
        row["kind"]: Special(
            row["label"],
            re.compile(fold(row["pattern"])),
            re.compile(_FIRST.replace("BEFORE", row.get("before", _ANY_SCHOOL)).replace("KIND", row["pattern"])),
        )
        for row in data["special"]
    }


#: What stands before the kind where its row says nothing else.
_ANY_SCHOOL = "(?:trường |trung tâm )"

#: A duty is of a special kind of school where it begins with it and no other kind of school stands beside it, or where
#: it is about the people of such schools ("nhà giáo ở trường PTDTNT"). Over text in lower case.
_FIRST = (
    r"(?:^(?:[-+*] |\w{1,3}[.)] )?(?:riêng |đối với )?"
    r"(?:(?:phó )?hiệu trưởng |giám đốc |thủ trưởng |chủ (?=(?:các )?(?:trung tâm|nhóm|lớp|cơ sở) ))?"
    r"(?:các |mỗi )?BEFORE"
    r"|(?:nhà giáo|giáo viên|học sinh|học viên|cán bộ)[^.;,]{0,30} (?:ở|của) (?:các )?trường )"
    r"(?:KIND)(?!\w)(?! ?(?:,|và) (?:các )?(?:trường )?(?:thpt|thcs|th|tiểu học|mầm non|trung|cơ sở)(?!\w))"
)


@lru_cache(maxsize=1)
def _any_kind() -> re.Pattern[str]:
    data = tomllib.loads((files("corpus") / "tables" / "special_units.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(row["pattern"] for row in data["special"]))


@lru_cache(maxsize=REMEMBERED)
def special(task: str) -> str | None:
    """Return the special kind of school (``tables/special_units.toml``) that a duty is for, None for ordinary ones."""
    text = squeeze(nfc(task)).lower()
    if _any_kind().search(text) is None:  # nearly all duties name none
        return None
    return next((kind for kind, row in special_kinds().items() if row.first.search(text)), None)


def is_special(name: str | None, kind: str) -> bool:
    """Tell whether a unit of this name is of a special kind; one without a name is an ordinary one."""
    return name is not None and special_kinds()[kind].name.search(squeeze(fold(name))) is not None
