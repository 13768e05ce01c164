"""The nightly run as it is asked for: settings file → sources → run → letters → report on disk and by e-mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from api import digest
from api.nightly import pages
from api.nightly.report import NightReport
from api.nightly.run import NightRun, Plan, Tell
from api.settings import Settings
from corpus.errors import BadInputError, CongvanError, ExitCode
from ingest.inbox import Mishap, Source, SourceError
from ingest.sources import config
from ingest.sources.edxml import Unpacker
from ingest.sources.folders import FolderSource, Watch
from ingest.sources.mail import Account, MailSource
from ingest.sources.portal import Look, PortalSource
from ingest.sources.web import Rules, Web

if TYPE_CHECKING:
    from api.library import Library


def example() -> str:
    """Return a settings file with everything in it, to begin with."""
    return (files("api.nightly") / "example.toml").read_text(encoding="utf-8")


def load(path: Path) -> config.Sources:
    """Return the sources that a settings file names. Raises BadInputError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInputError(
            f"Chưa có tệp thiết lập nguồn {path}.", f"Hãy tạo bằng: congvan nightly --example > {path}"
        ) from error
    except OSError as error:
        raise BadInputError(
            f"Không đọc được tệp thiết lập {path} ({error.strerror}).", "Hãy kiểm tra đường dẫn và quyền đọc."
        ) from error
    return config.parse(data, path)


def sources(
    given: config.Sources, settings: Settings, now: datetime, today: date, environ: Mapping[str, str]
) -> list[tuple[str, Source]]:
    """Return the sources with their kinds, in the order in which they are asked. Nothing is opened yet.

    Raises BadInputError where a password is not there.
    """
    most = min(given.nightly.max_file_mb, settings.max_file_mb) * 2**20
    made: list[tuple[str, Source]] = []
    for folder in given.folder:
        watch = Watch(given.nightly.stable_seconds, most, folder.move_to, folder.follow_links, (settings.home,))
        made.append(("folder", FolderSource(folder.name, folder.path, watch, today)))
    for exchange in given.edxml:
        watch = Watch(given.nightly.stable_seconds, most, exchange.move_to, skip=(settings.home,))
        made.append(("edxml", FolderSource(exchange.name, exchange.path, watch, today, Unpacker(most))))
    for box in given.mailbox:
        account = Account(
            box.host,
            box.port,
            box.security,
            box.user,
            partial(_password, box, environ),
            folder=box.folder,
            move_to=box.move_to,
            ca_file=box.ca_file,
            most_bytes=most,
            most_messages=box.max_messages,
        )
        made.append(("mailbox", MailSource(box.name, account, Unpacker(most))))
    for portal in given.portal:
        hosts = frozenset(host.lower() for host in (*portal.hosts, _named_host(portal.url)))
        rules = Rules(
            hosts,
            pause=portal.pause_seconds,
            timeout=portal.timeout_seconds,
            most_bytes=most,
            loopback=portal.loopback,
            ca_file=portal.ca_file,
        )
        look = Look(portal.url, portal.contains, portal.max_files, timedelta(days=portal.recheck_days))
        made.append(("portal", PortalSource(portal.name, look, Web(rules), now)))
    return made


def passwords(given: config.Sources, environ: Mapping[str, str]) -> None:
    """Look whether every mailbox has its password. Raises SourceError."""
    for box in given.mailbox:
        _password(box, environ)


def _password(box: config.Mailbox, environ: Mapping[str, str]) -> str:
    found, where = "", ""
    if box.password_env is not None:
        found, where = environ.get(box.password_env, ""), f"biến môi trường {box.password_env}"
    elif box.password_file is not None:
        where = f"tệp {box.password_file}"
        try:
            found = box.password_file.read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError):
            found = ""
    if not found:
        raise SourceError(Mishap.SIGN_IN, f"Không có mật khẩu hộp thư {box.user} trong {where}.", "Hãy đặt mật khẩu.")
    return found


def _named_host(url: str) -> str:
    """Return the host of an address as the list of hosts names it: with its port where that is not the usual one."""
    place = urlsplit(url)
    usual = 443 if place.scheme == "https" else 80
    return f"{place.hostname}:{place.port}" if place.port not in (None, usual) else str(place.hostname)


def run(
    library: Library, given: config.Sources, environ: Mapping[str, str], tell: Tell, *, retry: bool = False
) -> dict[str, Any]:
    """Do a night's work and return its report as data. Raises BusyError when another program is at it."""
    from ingest.pipeline import READER_VERSION

    general = given.nightly
    plan = Plan(
        sources=sources(given, library.settings, library.utc(library.now()), library.today(), environ),
        program=READER_VERSION,
        version=f"{READER_VERSION}-{_release()}",
        attempts=general.attempts,
        first_wait=timedelta(minutes=general.retry_minutes),
        retry=retry,
        least_free=general.min_free_mb * 2**20,
    )

    def finish(report: NightReport) -> None:
        if general.digest:
            try:
                report.letters = digest.send_due(library)
            except CongvanError as error:
                report.warnings.append(f"Không gửi được thư nhắc việc: {error}")

    found = NightRun(library, plan, tell).go(finish).as_dict()
    _keep(library, found, general.keep_reports)
    if general.report_to:
        _mail(library, found, general.report_to)
    return found


def _keep(library: Library, report: dict[str, Any], most: int) -> None:
    try:
        page = pages.keep(library.settings.home / "reports", report, library.local, most)
        report["page"] = str(page)
    except OSError as error:
        report["warnings"].append(f"Không ghi được báo cáo ra đĩa ({error.strerror}).")
        report["exit_code"] = max(report["exit_code"], int(ExitCode.SOME_FAILED))


def _mail(library: Library, report: dict[str, Any], to: tuple[str, ...]) -> None:
    letter = EmailMessage()
    letter["Subject"] = f"Nạp đêm: {pages.summary(report)}"
    letter["To"] = ", ".join(to)
    letter.set_content(pages.text(report, library.local))
    letter.add_alternative(pages.html(report, library.local), subtype="html")
    try:
        digest.send(library.settings, letter)
    except CongvanError as error:
        report["warnings"].append(f"Không gửi được báo cáo qua thư: {error}")


def _release() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("congvan")
    except PackageNotFoundError:
        return "0"
