"""The settings file of the nightly run (TOML): which sources there are and how they are treated.

``docs/nightly.md`` shows every setting. Errors name the place in the file in the words that stand there.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import BadInputError

#: No file of more megabytes is ever taken, whatever the settings say.
MOST_MB = 2048

_NAME = re.compile(r"[\w][\w .-]{0,59}")


def _good_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("tên nguồn chỉ gồm chữ, số, dấu cách, dấu chấm, gạch nối; dài nhất 60 ký tự")
    return name


def _good_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
        _ = parts.port
    except ValueError:
        good = False
    if not good:
        raise ValueError("phải là địa chỉ http:// hoặc https:// không kèm tên và mật khẩu")
    return url


Name = Annotated[str, AfterValidator(_good_name)]
Url = Annotated[str, AfterValidator(_good_url)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class General(_Part):
    """What holds for the whole night: ``[nightly]``."""

    #: a file is whole when it does not change for so many seconds
    stable_seconds: float = Field(default=5.0, ge=0, le=3600)
    #: larger files are named in the report and left where they are
    max_file_mb: int = Field(default=200, ge=1, le=MOST_MB)
    #: so many tries end without success before a file goes to quarantine
    attempts: int = Field(default=5, ge=1, le=100)
    #: the second try comes after so many minutes at the earliest, every further one after twice the time
    retry_minutes: float = Field(default=30.0, ge=0, le=1440)
    #: with less than this free on the disk of the state folder nothing is taken
    min_free_mb: int = Field(default=200, ge=0, le=1_000_000)
    #: send the units their reminders (thư nhắc việc) after the run
    digest: bool = False
    #: who gets the report by e-mail
    report_to: tuple[str, ...] = ()
    #: so many reports are kept
    keep_reports: int = Field(default=90, ge=1, le=10_000)


class _Kept(_Part):
    name: Name
    #: what becomes of a file at its source once it is stored: it stays, or goes to ``move_to``
    after: Literal["keep", "move"] = "keep"

    @model_validator(mode="after")
    def _somewhere(self) -> _Kept:
        if (self.after == "move") != (getattr(self, "move_to", None) is not None):
            raise ValueError('after = "move" cần move_to, và move_to cần after = "move"')
        return self


class Folder(_Kept):
    """A watched folder: ``[[folder]]``."""

    path: Path
    move_to: Path | None = None
    follow_links: bool = False


class Exchange(_Kept):
    """A folder into which the document exchange (trục liên thông văn bản) puts its packages: ``[[edxml]]``."""

    path: Path
    move_to: Path | None = None


class Mailbox(_Kept):
    """An IMAP mailbox: ``[[mailbox]]``. The password stands in a variable of the environment or in a file."""

    host: str = Field(min_length=1)
    port: int = Field(default=993, ge=1, le=65535)
    security: Literal["ssl", "starttls", "none"] = "ssl"
    user: str = Field(min_length=1)
    password_env: str | None = None
    password_file: Path | None = None
    folder: str = "INBOX"
    move_to: str | None = None
    #: a certificate authority of the office's own, as a PEM file
    ca_file: Path | None = None
    max_messages: int = Field(default=500, ge=1, le=100_000)

    @model_validator(mode="after")
    def _password(self) -> Mailbox:
        if (self.password_env is None) == (self.password_file is None):
            raise ValueError("cần đúng một trong hai: password_env hoặc password_file")
        if self.security == "none" and self.host not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError('security = "none" chỉ được dùng với máy này (localhost)')
        return self


class Portal(_Part):
    """A list of files on a web server, as a page or as RSS or Atom: ``[[portal]]``."""

    name: Name
    url: Url
    #: the only hosts that are asked, beside the one of ``url``
    hosts: tuple[str, ...] = ()
    #: only links that contain this are followed
    contains: str = ""
    #: the time between two requests to a host
    pause_seconds: float = Field(default=2.0, ge=0, le=600)
    timeout_seconds: float = Field(default=30.0, gt=0, le=600)
    max_files: int = Field(default=200, ge=1, le=10_000)
    #: a file that was taken is asked for again after so many days, for changes
    recheck_days: float = Field(default=30.0, ge=0, le=3650)
    ca_file: Path | None = None
    #: allows this machine's own addresses, for trying out; addresses of the local network never
    loopback: bool = False


class Sources(_Part):
    """The whole file."""

    nightly: General = Field(default_factory=General)
    folder: tuple[Folder, ...] = ()
    mailbox: tuple[Mailbox, ...] = ()
    portal: tuple[Portal, ...] = ()
    edxml: tuple[Exchange, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of all sources, in the order in which they are asked."""
        kept: tuple[_Kept, ...] = (*self.folder, *self.edxml, *self.mailbox)
        return [*(part.name for part in kept), *(part.name for part in self.portal)]

    @model_validator(mode="after")
    def _told_apart(self) -> Sources:
        names = self.names
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"mỗi nguồn phải có tên riêng; trùng: {', '.join(twice)}")
        if not names:
            raise ValueError("chưa có nguồn nào: cần ít nhất một [[folder]], [[mailbox]], [[portal]] hoặc [[edxml]]")
        return self


_MESSAGES = {
    "missing": "thiếu",
    "extra_forbidden": "không có thiết lập này",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "float_type": "phải là số",
    "float_parsing": "phải là số",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "string_type": "phải là chữ trong dấu nháy",
    "path_type": "phải là đường dẫn trong dấu nháy",
    "tuple_type": "phải là một danh sách",
    "model_type": "phải là một bảng",
    "model_attributes_type": "phải là một bảng",
    "string_too_short": "không được để trống",
    "greater_than_equal": "phải từ {ge} trở lên",
    "greater_than": "phải lớn hơn {gt}",
    "less_than_equal": "không được quá {le}",
    "literal_error": "phải là một trong: {expected}",
    "value_error": "{error}",
}
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def parse(data: bytes, where: Path) -> Sources:
    """Return the sources of a settings file at ``where``; paths in it are relative to its folder.

    Raises BadInputError that names what is wrong and where.
    """
    remedy = "Hãy sửa tệp thiết lập rồi chạy lại; docs/nightly.md có mẫu."
    try:
        found = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInputError(f"{where}: tệp thiết lập không phải UTF-8.", remedy) from error
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = f"dòng {place[1]}, cột {place[2]}" if place else "cuối tệp"
        raise BadInputError(f"{where}: sai cú pháp TOML ở {line}.", remedy) from error
    try:
        sources = Sources.model_validate(found)
    except ValidationError as error:
        wrong = "; ".join(_sentence(dict(e)) for e in error.errors())
        raise BadInputError(f"{where}: {wrong}.", remedy) from error
    return _absolute(sources, where.absolute().parent)


def _sentence(error: dict[str, object]) -> str:
    template = _MESSAGES.get(str(error["type"]), "giá trị không hợp lệ")
    context = error.get("ctx")
    text = template.format(**context).replace("' or '", "' hoặc '") if isinstance(context, dict) else template
    place = ""
    location = error["loc"]
    assert isinstance(location, tuple)
    for part in location:
        # parts of a list are counted from one, as people do
        place += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return f"{place}: {text}" if place else text


def _absolute(sources: Sources, folder: Path) -> Sources:
    def moved(part: _Part) -> _Part:
        paths = {name: folder / value.expanduser() for name, value in part if isinstance(value, Path)}
        return part.model_copy(update=paths)

    kinds = ("folder", "mailbox", "portal", "edxml")
    return sources.model_copy(update={kind: tuple(moved(part) for part in getattr(sources, kind)) for kind in kinds})
