"""The daily digest by e-mail (thư nhắc việc): sent to every saved unit with an address, at most one letter a day.

Off until ``CONGVAN_SMTP_HOST`` is set. What stands in a letter is ``api.letter``'s.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import TYPE_CHECKING

from api.letter import letter
from api.settings import Settings
from corpus.errors import BadInputError, CongvanError

if TYPE_CHECKING:
    from api.library import Library

_LOG = logging.getLogger(__name__)
#: The server looks so often whether it is time, in seconds; a mail server gets so long to answer.
_LOOK_EVERY, _PATIENCE = 600.0, 30.0


def send_due(library: Library) -> int:
    """Send today's letters to the units that have not got theirs; return how many.

    Raises BadInputError where no mail server is set, CongvanError where it does not take the letters.
    """
    _check(library.settings)
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
    with _server(library.settings) as server:
        for saved, made in letters:
            made["From"] = _sender(library.settings)
            server.send_message(made)
            library.store.desk.note_mail(saved.id, day, library.now())
    return len(letters)


def send(settings: Settings, message: EmailMessage) -> None:
    """Send one letter. Raises BadInputError where no mail server is set, CongvanError where it does not take it."""
    _check(settings)
    with _server(settings) as server:
        message["From"] = _sender(settings)
        server.send_message(message)


def _check(settings: Settings) -> None:
    if settings.smtp_host is None:
        raise BadInputError("Chưa đặt máy chủ thư.", "Hãy đặt CONGVAN_SMTP_HOST và CONGVAN_SMTP_FROM.")


@contextmanager
def _server(settings: Settings) -> Iterator[smtplib.SMTP]:
    """Hold a connection to the mail server. Raises CongvanError for what goes wrong with it."""
    try:
        with _connected(settings) as server:
            yield server
    except (OSError, smtplib.SMTPException) as error:
        raise CongvanError(
            f"Máy chủ thư không nhận thư ({type(error).__name__}).", "Hãy kiểm tra các thiết lập CONGVAN_SMTP_…."
        ) from error


def _sender(settings: Settings) -> str:
    return settings.smtp_from or settings.smtp_user or "congvan@localhost"


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
