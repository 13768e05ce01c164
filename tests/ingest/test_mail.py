"""Mailboxes: attachments of new messages, each once, from a small IMAP server of this machine."""

from __future__ import annotations

import base64
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest

from ingest.inbox import Leftover, Mishap, Offer, SourceError, Taken, Trouble
from ingest.sources.edxml import Unpacker
from ingest.sources.mail import Account, MailSource, _quoted
from tests.ingest.test_edxml import PDF, zipped
from tests.ingest.test_inbox import Memory

SECRETS = ('"khau" s3cret', 'mật "khẩu" s3cret')


@dataclass
class Box:
    """A server with one folder, and what it was asked."""

    port: int = 0
    validity: int = 1
    messages: dict[int, bytes] = field(default_factory=dict)
    moved: dict[str, list[int]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    capabilities: str = "IMAP4rev1 MOVE UIDPLUS"
    breaks_at: str = ""

    def put(self, number: int, *attached: tuple[str, bytes], text: str = "Kính gửi") -> None:
        mail = EmailMessage()
        mail["Subject"] = "Công văn mới"
        mail.set_content(text)
        for name, data in attached:
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        self.messages[number] = mail.as_bytes()


class Handler(socketserver.StreamRequestHandler):
    """As much of RFC 3501 as is needed."""

    server: Any

    def handle(self) -> None:
        box: Box = self.server.box
        self.send("* OK ready")
        while line := self.rfile.readline():
            tag, _, command = line.decode().strip().partition(" ")
            if literal := re.search(r"\{(\d+)\}$", command):
                self.send("+ go on")
                command = command[: literal.start()] + self.rfile.read(int(literal[1])).decode()
                self.rfile.readline()
            box.said.append(command)
            if box.breaks_at and box.breaks_at in command:
                return
            self.send(f"{tag} {self.answer(box, command)}")

    def send(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def answer(self, box: Box, command: str) -> str:
        word, _, rest = command.partition(" ")
        if word == "CAPABILITY":
            self.send(f"* CAPABILITY {box.capabilities}")
        elif word == "LOGIN":
            return "OK done" if "dung" in rest else f"NO [AUTHENTICATIONFAILED] {rest}"
        elif word == "AUTHENTICATE":
            self.send("+ ")
            return f"NO {base64.b64decode(self.rfile.readline()).decode()}"
        elif word in ("SELECT", "EXAMINE"):
            if rest != '"INBOX"':
                return "NO no such folder"
            self.send(f"* {len(box.messages)} EXISTS")
            self.send(f"* OK [UIDVALIDITY {box.validity}] good")
        elif word == "UID":
            return self.numbered(box, *rest.split(" ", 2))
        return "OK done"

    def numbered(self, box: Box, word: str, which: str, rest: str = "") -> str:
        if word == "SEARCH":
            first = int(rest.partition(":")[0])
            # what "n:*" means where n is above all: the last one
            found = [n for n in box.messages if n >= first] or sorted(box.messages)[-1:]
            self.send(" ".join(["* SEARCH", *map(str, found)]))
        elif word == "FETCH":
            data = box.messages[int(which)]
            if "SIZE" in rest:
                self.send(f"* 1 FETCH (UID {which} RFC822.SIZE {len(data)})")
            else:
                self.wfile.write(f"* 1 FETCH (UID {which} BODY[] {{{len(data)}}}\r\n".encode() + data + b")\r\n")
        elif word in ("MOVE", "COPY"):
            box.moved.setdefault(rest, []).append(int(which))
            if word == "MOVE":
                del box.messages[int(which)]
        elif word == "EXPUNGE":
            del box.messages[int(which)]
        return "OK done"


@pytest.fixture
def box() -> Iterator[Box]:
    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        box = Box()

    with Server(("127.0.0.1", 0), Handler) as server:
        server.box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.box
        server.shutdown()
        thread.join()


def source(box: Box, password: str = "dung", **more: Any) -> MailSource:
    account = Account("127.0.0.1", box.port, "none", "vanthu", lambda: password, timeout=5.0, **more)
    return MailSource("thư", account, Unpacker(100_000))


def look(mail: MailSource, memory: Memory) -> list[Offer | Leftover | Trouble]:
    return list(mail.offers(memory))


def take(mail: MailSource, memory: Memory) -> list[Taken]:
    """Take what is offered, as the nightly run does."""
    found: list[Taken] = []
    for offer in mail.offers(memory):
        assert isinstance(offer, Offer), offer
        found += offer.fetch()
        memory.take(offer)
    mail.close()
    return found


def test_attachments_of_new_messages_each_once(box: Box) -> None:
    box.put(3, ("Công văn 15.pdf", PDF), ("phụ lục.zip", zipped(a__pdf=PDF + b"a")))
    box.put(7)
    memory = Memory()
    assert [(t.name, t.data) for t in take(source(box), memory)] == [("Công văn 15.pdf", PDF), ("a.pdf", PDF + b"a")]
    assert take(source(box), memory) == []
    box.put(9, ("thư\r\nmới.docx", b"PK"))
    asked = len(box.said)
    assert [t.name for t in take(source(box), memory)] == ["thư mới.docx"]
    assert "UID SEARCH UID 8:*" in box.said[asked:], "what was taken is not even listed"
    assert not any("FETCH" in said and "BODY[" in said for said in box.said), "reading does not mark as read"
    assert any(said.startswith("EXAMINE") for said in box.said) and not any("STORE" in said for said in box.said)


def test_a_message_that_was_not_taken_comes_again_though_later_ones_were(box: Box) -> None:
    for number in (1, 2, 3):
        box.put(number, (f"{number}.pdf", PDF))
    memory = Memory()
    mail = source(box)
    for offer in mail.offers(memory):
        assert isinstance(offer, Offer)
        if offer.place != "INBOX, thư 2":
            offer.fetch()
            memory.take(offer)
    mail.close()
    assert [t.name for t in take(source(box), memory)] == ["2.pdf"]
    assert take(source(box), memory) == []


def test_a_mailbox_that_was_made_anew_is_read_from_its_beginning(box: Box) -> None:
    box.put(5, ("5.pdf", PDF))
    memory = Memory()
    take(source(box), memory)
    take(source(box), memory)
    box.validity, box.messages = 2, {}
    box.put(1, ("1.pdf", PDF))
    assert [t.name for t in take(source(box), memory)] == ["1.pdf"]


def test_pictures_in_the_text_are_no_attachments(box: Box) -> None:
    mail = EmailMessage()
    mail.set_content("<img src='cid:logo'>", subtype="html")
    mail.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    mail.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="ảnh chụp.jpg")
    inner = EmailMessage()
    inner.set_content("chuyển tiếp")
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="trong.pdf")
    mail.add_attachment(inner)
    box.messages[1] = mail.as_bytes()
    assert [t.name for t in take(source(box), Memory())] == ["ảnh chụp.jpg", "trong.pdf"]


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 MOVE", "IMAP4rev1 UIDPLUS"])
def test_messages_are_moved_when_their_files_are_stored(box: Box, capabilities: str) -> None:
    box.capabilities = capabilities
    box.put(4, ("4.pdf", PDF))
    memory = Memory()
    mail = source(box, move_to="Đã nạp")
    (offer,) = look(mail, memory)
    assert isinstance(offer, Offer)
    offer.fetch()
    memory.take(offer)
    mail.close()
    again = source(box, move_to="Đã nạp")
    (left,) = look(again, memory)
    assert isinstance(left, Leftover) and left.key == offer.key
    assert again.put_away(left.key, left.place)
    again.close()
    assert box.moved == {_quoted("Đã nạp"): [4]} and box.messages == {}


def test_a_message_without_end_is_named(box: Box) -> None:
    box.put(1, ("to.pdf", b"x" * 5000))
    (found,) = look(source(box, most_bytes=1000), Memory())
    assert isinstance(found, Trouble) and found.mishap is Mishap.TOO_LARGE
    box.put(1, ("to.pdf", b"x" * 1500))
    (offer,) = look(source(box, most_bytes=1000), Memory())
    assert isinstance(offer, Offer)
    with pytest.raises(SourceError) as caught:
        offer.fetch()
    assert caught.value.mishap is Mishap.TOO_LARGE


def test_so_many_messages_a_night(box: Box) -> None:
    for number in range(1, 5):
        box.put(number, (f"{number}.pdf", PDF))
    found = look(source(box, most_messages=2), Memory())
    assert [type(one) for one in found] == [Offer, Offer, Trouble]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_password_that_is_wrong_is_told_and_never_shown(
    box: Box, caplog: pytest.LogCaptureFixture, secret: str
) -> None:
    caplog.set_level(0)
    with pytest.raises(SourceError) as caught:
        look(source(box, password=secret), Memory())
    assert caught.value.mishap is Mishap.SIGN_IN
    seen: BaseException | None = caught.value
    while seen is not None:
        assert "s3cret" not in str(seen)
        seen = seen.__cause__ if seen.__suppress_context__ else seen.__context__
    assert "s3cret" not in caplog.text


@pytest.mark.parametrize(
    ("breaks_at", "mishap"), [("LOGIN", Mishap.DOWN), ("SEARCH", Mishap.DOWN), ("EXAMINE", Mishap.DOWN)]
)
def test_a_server_that_goes_away_is_down(box: Box, breaks_at: str, mishap: Mishap) -> None:
    box.breaks_at = breaks_at
    with pytest.raises(SourceError) as caught:
        look(source(box), Memory())
    assert caught.value.mishap is mishap


def test_a_server_that_breaks_off_is_asked_again_for_the_next_message(box: Box) -> None:
    box.put(1, ("1.pdf", PDF))
    box.put(2, ("2.pdf", PDF))
    mail, memory, got, failed = source(box), Memory(), [], 0
    offers = mail.offers(memory)
    for offer in offers:
        assert isinstance(offer, Offer)
        box.breaks_at = "" if failed else "BODY.PEEK"
        try:
            got += offer.fetch()
        except SourceError:
            failed += 1
            box.breaks_at = ""
    assert failed == 1 and [t.name for t in got] == ["2.pdf"]


def test_what_is_not_there_is_told(box: Box) -> None:
    with pytest.raises(SourceError, match="thư mục Khác"):
        look(source(box, folder="Khác"), Memory())
    account = Account("127.0.0.1", 9, "none", "a", lambda: "b", timeout=2.0)
    with pytest.raises(SourceError) as caught:
        look(MailSource("thư", account), Memory())
    assert caught.value.mishap is Mishap.DOWN


def test_a_server_that_speaks_no_tls_is_not_spoken_to(box: Box) -> None:
    account = Account("127.0.0.1", box.port, "starttls", "a", lambda: "dung", timeout=2.0)
    with pytest.raises(SourceError):
        look(MailSource("thư", account), Memory())
    assert not any(said.startswith("LOGIN") for said in box.said)


@pytest.mark.parametrize(
    ("name", "written"),
    [("INBOX", '"INBOX"'), ("Đã nạp", '"&ARA-a&AwM- n&Hq0-p"'), ("A&B", '"A&-B"'), ('a"b', '"a\\"b"')],
)
def test_names_of_folders_as_imap_writes_them(name: str, written: str) -> None:
    if name == "Đã nạp":
        written = '"&ARAA4w- n&HqE-p"'
    assert _quoted(name) == written
