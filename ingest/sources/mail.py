"""A mailbox (hộp thư) by IMAP: the files that are attached to new messages.

Messages are known by their number (UID), which holds as long as the mailbox says so (UIDVALIDITY). Reading does not
mark them as read. A message counts as taken when its attachments are ours; the next night begins after the last message
before which every one was taken.
"""

from __future__ import annotations

import base64
import email
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, MIMEPart
from functools import partial
from pathlib import Path
from typing import Any

from ingest.inbox import Leftover, Memory, Mishap, Offer, SourceError, Taken, Trouble, key_of, shown, too_large

_STATE = key_of("mailbox")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
#: A message may be so much larger than the largest file: base64, several attachments.
_ROOM = 3
_MOST_PARTS = 500


@dataclass(frozen=True, slots=True)
class Account:
    """A mailbox and how it is reached. ``password`` is asked for when it is needed, and kept nowhere.

    ``security``: ssl, starttls, or none for a server on this machine. ``move_to`` is the folder of the mailbox into
    which messages go whose attachments are stored (None: they stay).
    """

    host: str
    port: int
    security: str
    user: str
    password: Callable[[], str]
    folder: str = "INBOX"
    move_to: str | None = None
    ca_file: Path | None = None
    timeout: float = 60.0
    most_bytes: int = 200 * 2**20
    most_messages: int = 500


class MailSource:
    """A mailbox; see ``ingest.inbox.Source``. ``unpack`` makes of an attachment the files in it."""

    def __init__(self, name: str, account: Account, unpack: Callable[[Taken], list[Taken]] | None = None) -> None:
        self._name, self._account = name, account
        self._unpack = unpack or (lambda taken: [taken])
        self._server: imaplib.IMAP4 | None = None
        self._numbers: dict[str, int] = {}
        self._validity = 0

    @property
    def name(self) -> str:
        """See ``Source``."""
        return self._name

    def offers(self, memory: Memory) -> Iterator[Offer | Leftover | Trouble]:
        """See ``Source``. The connection stays open between two messages."""
        server = self._open()
        state = memory.note(_STATE)
        last = int(state.get("last", 0)) if state.get("validity") == self._validity else 0
        if self._account.move_to is not None:
            last = 0  # what is stored goes away, so what is there is little
        numbers = [number for number in self._search(server, last) if number > last]
        offered, all_taken = 0, True
        for number in numbers:
            key = key_of(f"{self._validity}:{number}")
            place = f"{self._account.folder}, thư {number}"
            self._numbers[key] = number
            if memory.stamp(key) is not None:
                last = number if all_taken else last
                if self._account.move_to is not None:
                    yield Leftover(self._name, key, "1", place)
                continue
            all_taken = False
            if offered == self._account.most_messages:
                yield Trouble(self._name, Mishap.LATER, place, f"Đã đọc {offered} thư, phần còn lại để lần sau.")
                break
            offered += 1
            size = self._size(number)
            if size > _ROOM * self._account.most_bytes:
                yield too_large(size, self._account.most_bytes).trouble(self._name, place)
                continue
            yield Offer(self._name, key, "1", place, partial(self._fetch, number))
        memory.remember(_STATE, {"validity": self._validity, "last": last})

    def put_away(self, key: str, place: str) -> bool:
        """Move a message into the mailbox's folder for what is stored."""
        if self._account.move_to is None:
            return False
        validity, server = self._validity, self._open()
        if self._validity != validity:
            raise SourceError(Mishap.CHANGING, "Hộp thư đã được lập lại, thư không được chuyển.")
        number, folder = str(self._numbers[key]), _quoted(self._account.move_to)
        with _told(self._account.host):
            if "MOVE" in server.capabilities:
                _good(server.uid("MOVE", number, folder), "Không chuyển được thư; hãy kiểm tra thư mục move_to.")
            else:
                _good(server.uid("COPY", number, folder), "Không chuyển được thư; hãy kiểm tra thư mục move_to.")
                _good(server.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)"), "Không xóa được thư đã chuyển.")
                if "UIDPLUS" in server.capabilities:
                    server.uid("EXPUNGE", number)
        return True

    def close(self) -> None:
        """Sign off."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.logout()
            except (OSError, imaplib.IMAP4.error):
                server.shutdown()

    def _open(self) -> imaplib.IMAP4:
        """Return the connection with the folder selected, made anew where it has gone."""
        if self._server is not None:
            try:
                self._server.noop()
                return self._server
            except (OSError, imaplib.IMAP4.error):
                self.close()
        server = self._connected()
        try:
            with _told(self._account.host):
                kept = self._account.move_to is None
                answer = server.select(_quoted(self._account.folder), readonly=kept)
                _good(answer, f"Không mở được thư mục {self._account.folder} của hộp thư.")
                self._validity = int((server.response("UIDVALIDITY")[1] or [b"0"])[0] or 0)
        except SourceError:
            server.shutdown()
            raise
        self._server = server
        return server

    def _connected(self) -> imaplib.IMAP4:
        account = self._account
        password = account.password()
        with _told(account.host):
            if account.security == "ssl":
                context = ssl.create_default_context(cafile=account.ca_file)
                server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                    account.host, account.port, ssl_context=context, timeout=account.timeout
                )
            else:
                server = imaplib.IMAP4(account.host, account.port, timeout=account.timeout)
                if account.security == "starttls":
                    server.starttls(ssl.create_default_context(cafile=account.ca_file))
        try:
            with _told(account.host):
                if (account.user + password).isascii():
                    server.login(account.user, password)
                else:  # LOGIN knows ASCII only
                    server.authenticate("PLAIN", lambda _: f"\0{account.user}\0{password}".encode())
        except SourceError as error:
            server.shutdown()
            if error.mishap is Mishap.DAMAGED:
                # what the server said may repeat what it was told
                raise SourceError(
                    Mishap.SIGN_IN, f"Hộp thư {account.user} không nhận tên và mật khẩu.", "Hãy kiểm tra mật khẩu."
                ) from None
            raise
        return server

    def _search(self, server: imaplib.IMAP4, last: int) -> list[int]:
        with _told(self._account.host):
            found = _good(server.uid("SEARCH", "UID", f"{last + 1}:*"), "Không liệt kê được thư.")
        return sorted(int(word) for line in found if isinstance(line, bytes) for word in line.split())

    def _size(self, number: int) -> int:
        with _told(self._account.host):
            found = _good(self._open().uid("FETCH", str(number), "(RFC822.SIZE)"), "Không xem được thư.")
        size = _SIZE.search(b" ".join(part for part in found if isinstance(part, bytes)))
        return int(size[1]) if size else 0

    def _fetch(self, number: int) -> list[Taken]:
        with _told(self._account.host):
            found = _good(self._open().uid("FETCH", str(number), "(BODY.PEEK[])"), "Không tải được thư.")
        data = next((part[1] for part in found if isinstance(part, tuple)), None)
        if data is None:
            raise SourceError(Mishap.UNREADABLE, "Thư không còn trong hộp thư.")
        return [taken for attached in _attached(data) for taken in self._opened(attached)]

    def _opened(self, attached: Taken) -> list[Taken]:
        if len(attached.data) > self._account.most_bytes:
            raise too_large(len(attached.data), self._account.most_bytes)
        return self._unpack(attached)


def _attached(data: bytes) -> Iterator[Taken]:
    """Yield the files that are attached to a message, not the pictures in its text."""
    message = email.message_from_bytes(data, policy=policy.default)
    in_text = {id(part) for whole in message.walk() for part in _pictures(whole)}
    for at, part in enumerate(message.walk()):
        if at > _MOST_PARTS:
            raise SourceError(Mishap.DAMAGED, "Thư có quá nhiều phần.")
        name = None if part.is_multipart() or id(part) in in_text else _name(part)
        if name is None:
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield Taken(shown(re.split(r"[/\\]", name)[-1]), content)


def _pictures(whole: MIMEPart) -> list[MIMEPart]:
    """Return the pictures that a text shows: they stand beside it (multipart/related) and have an id."""
    if whole.get_content_type() != "multipart/related":
        return []
    parts = [part for part in whole.iter_parts() if part.get_content_maintype() == "image"]
    return [part for part in parts if part.get("Content-ID")]


def _name(part: EmailMessage) -> str | None:
    """Return the file name of a part, None for the text of the message."""
    name = part.get_filename()
    if name:
        return name
    return "tep" if part.get_content_disposition() == "attachment" else None


class _told:  # noqa: N801  # used like a function
    """Turns what goes wrong with a server into SourceError."""

    def __init__(self, host: str) -> None:
        self._host = host

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, ssl.SSLCertVerificationError):
            message = f"Chứng thư của {self._host} không hợp lệ ({error.verify_message})."
            raise SourceError(Mishap.CERTIFICATE, message, "Không tải gì từ đó.") from error
        if isinstance(error, imaplib.IMAP4.abort):
            raise SourceError(Mishap.DOWN, f"Máy chủ thư {self._host} ngắt kết nối.") from error
        if isinstance(error, imaplib.IMAP4.error):
            raise SourceError(Mishap.DAMAGED, f"Máy chủ thư {self._host} từ chối yêu cầu.") from None
        if isinstance(error, OSError):
            why = error.strerror or type(error).__name__
            raise SourceError(Mishap.DOWN, f"Không kết nối được máy chủ thư {self._host} ({why}).") from error


def _good(answer: tuple[str, Sequence[Any]], message: str) -> list[Any]:
    if answer[0] != "OK":
        raise SourceError(Mishap.UNREADABLE, message)
    return list(answer[1])


def _quoted(folder: str) -> str:
    """Return the name of a folder as IMAP writes it: in quotes, letters beyond ASCII in its own UTF-7 (RFC 3501)."""
    out = []
    for plain, other in re.findall(r"([\x20-\x7e]+)|([^\x20-\x7e]+)", folder):
        if plain:
            out.append(plain.replace("&", "&-"))
        else:
            coded = base64.b64encode(other.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
            out.append(f"&{coded}-")
    escaped = "".join(out).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
