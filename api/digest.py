"""The daily digest by e-mail (thư nhắc việc): what is new, due in 14 days and overdue, a letter a unit.

Off until ``CONGVAN_SMTP_HOST`` is set; units without an address get none. A unit gets at most one letter a day.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from datetime import timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

from api import wording
from api.settings import Settings
from api.usecases.asking import MOST, Asking, answer
from api.usecases.dutyrows import DutyRow
from api.usecases.places import label
from api.usecases.units import office_of, profile_of
from corpus.desk import SavedUnit
from corpus.errors import BadInputError, CongvanError
from corpus.text import fold

if TYPE_CHECKING:
    from api.library import Library

_LOG = logging.getLogger(__name__)
#: The server looks so often whether it is time, in seconds; a mail server gets so long to answer.
_LOOK_EVERY, _PATIENCE = 600.0, 30.0
#: A letter lists so many duties of each kind; the rest is counted.
_LISTED = 40


def letter(library: Library, saved: SavedUnit) -> EmailMessage | None:
    """Return today's letter for a unit; None where it has no address or there is nothing to tell."""
    address = saved.payload.get("email")
    if not address:
        return None
    unit = profile_of(saved)
    today = library.today()
    owed = answer(library, Asking(unit=unit, as_of=today, unit_id=saved.id, office=office_of(saved), limit=MOST))
    open_rows = [row for row in owed.rows if row.done is None]
    sent = library.store.desk.mailed(saved.id)
    since = library.utc(sent[0][1] if sent else library.now() - timedelta(days=1))
    fresh: dict[str, DutyRow] = {}
    for row in owed.rows:
        if library.utc(row.info.received_at) > since:
            fresh.setdefault(row.info.id, row)
    overdue = [row for row in open_rows if row.status == "overdue"]
    soon = [row for row in open_rows if row.status == "soon"]
    if not (fresh or overdue or soon):
        return None
    parts = [f"Kính gửi {label(unit)},", ""]
    new = [f"- {row.info.number or row.info.source}: {row.info.subject or ''}".rstrip() for row in fresh.values()]
    parts += _part("Văn bản mới có việc cho đơn vị", new)
    parts += _part("Đến hạn trong 14 ngày", [_line(row) for row in soon])
    parts += _part("Đã quá hạn", [_line(row) for row in reversed(overdue)])
    parts.append("Thư này do phần mềm congvan của cơ quan gửi tự động.")
    made = EmailMessage()
    made["Subject"] = f"Nhắc việc {today:%d/%m/%Y}: {len(soon)} việc sắp đến hạn, {len(overdue)} việc quá hạn"
    made["To"] = address
    made.set_content("\n".join(parts))
    return made


def _line(row: DutyRow) -> str:
    plain = row.known.plain
    recipient = plain["recipient"]
    to = f" (gửi {recipient})" if recipient and fold(recipient) not in fold(plain["task"]) else ""
    return f"- {wording.day(row.due)}: {plain['task']}{to} – {plain['number'] or plain['source']}"


def _part(title: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = [f"… và {len(lines) - _LISTED} mục khác"] if len(lines) > _LISTED else []
    return [f"{title} ({len(lines)}):", *lines[:_LISTED], *more, ""]


def send_due(library: Library) -> int:
    """Send today's letters to the units that have not got theirs; return how many.

    Raises BadInputError where no mail server is set, CongvanError where it does not take the letters.
    """
    settings = library.settings
    if settings.smtp_host is None:
        raise BadInputError("Chưa đặt máy chủ thư.", "Hãy đặt CONGVAN_SMTP_HOST và CONGVAN_SMTP_FROM.")
    day = library.today().isoformat()
    letters = []
    for saved in library.units.all():
        if any(sent == day for sent, _ in library.store.desk.mailed(saved.id)):
            continue
        made = letter(library, saved)
        if made is not None:
            letters.append((saved, made))
    if not letters:
        return 0
    try:
        with _connected(settings) as server:
            for saved, made in letters:
                made["From"] = settings.smtp_from or settings.smtp_user or "congvan@localhost"
                server.send_message(made)
                library.store.desk.note_mail(saved.id, day, library.now())
    except (OSError, smtplib.SMTPException) as error:
        raise CongvanError(
            f"Máy chủ thư không nhận thư ({type(error).__name__}).", "Hãy kiểm tra các thiết lập CONGVAN_SMTP_…."
        ) from error
    return len(letters)


def send(settings: Settings, message: EmailMessage) -> None:
    """Send one letter. Raises BadInputError where no mail server is set, CongvanError where it does not take it."""
    if settings.smtp_host is None:
        raise BadInputError("Chưa đặt máy chủ thư.", "Hãy đặt CONGVAN_SMTP_HOST và CONGVAN_SMTP_FROM.")
    try:
        with _connected(settings) as server:
            message["From"] = settings.smtp_from or settings.smtp_user or "congvan@localhost"
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise CongvanError(
            f"Máy chủ thư không nhận thư ({type(error).__name__}).", "Hãy kiểm tra các thiết lập CONGVAN_SMTP_…."
        ) from error


def _connected(settings: Settings) -> smtplib.SMTP:
    host, port = settings.smtp_host or "", settings.smtp_port
    if settings.smtp_security == "ssl":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=_PATIENCE)
        if settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
    if settings.smtp_user and settings.smtp_password is not None:
        server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
    return server


class Postman:
    """Sends the letters of the day once the hour has come, while the server runs."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._stop = threading.Event()

    def start(self) -> None:
        """Begin, where a mail server is set."""
        if self._library.settings.smtp_host is not None:
            threading.Thread(target=self._work, name="congvan-digest", daemon=True).start()

    def stop(self) -> None:
        """End at the next look."""
        self._stop.set()

    def _work(self) -> None:
        while not self._stop.wait(_LOOK_EVERY):
            if self._library.local(self._library.now()).hour < self._library.settings.digest_hour:
                continue
            try:
                send_due(self._library)
            except CongvanError as error:
                _LOG.warning("digest: %s", error)
            except Exception:  # noqa: BLE001  # the border of the letter: tomorrow is another day
                _LOG.exception("digest")
