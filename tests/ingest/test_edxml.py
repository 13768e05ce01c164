"""Packages of the document exchange: every form in which attachments come, and nothing that harms."""

from __future__ import annotations

import base64
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.inbox import Mishap, Offer, SourceError, Taken, Trouble
from ingest.sources.edxml import Unpacker
from ingest.sources.folders import FolderSource, Watch
from tests.ingest.test_inbox import TODAY, Memory

NS = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.7 one"


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def b64(data: bytes) -> str:
    text = base64.b64encode(data).decode()
    return "\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def message(*attachments: tuple[str, str], encoded: str = "") -> str:
    """A message of QCVN 102:2016 with a manifest of (content id, name)."""
    references = "".join(
        f"<edXML:Reference><edXML:ContentId>cid:{key}</edXML:ContentId><edXML:ContentType>application/pdf"
        f"</edXML:ContentType><edXML:AttachmentName>{name}</edXML:AttachmentName></edXML:Reference>"
        for key, name in attachments
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><edXML xmlns="{NS}" xmlns:edXML="{NS}"><edXML:edXMLEnvelope>'
        "<edXML:edXMLHeader><edXML:MessageHeader><edXML:Subject>Về việc thử</edXML:Subject></edXML:MessageHeader>"
        f"</edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest>{references}</edXML:edXMLManifest>"
        f"</edXML:edXMLBody></edXML:edXMLEnvelope><AttachmentEncoded>{encoded}</AttachmentEncoded></edXML>"
    )


def attachment(key: str, data: bytes) -> str:
    return (
        f"<Attachment><ContentId>{key}</ContentId><ContentTransferEncoded>{b64(data)}</ContentTransferEncoded>"
        "</Attachment>"
    )


def unpack(data: str | bytes, name: str = "goi.edxml", most: int = 100_000) -> list[Taken]:
    return Unpacker(most)(Taken(name, data.encode() if isinstance(data, str) else data))


def pairs(found: list[Taken]) -> list[tuple[str, bytes]]:
    return [(taken.name, taken.data) for taken in found]


DOCX = zipped(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


def test_attachments_in_base64_zipped_or_not_under_the_names_of_the_manifest() -> None:
    encoded = (
        attachment("1", zipped(**{"tmp123.pdf": PDF})) + attachment("2", PDF + b"2") + attachment("3", DOCX)
        + attachment("4", zipped(**{"a.pdf": b"%PDF-a", "b.txt": b"b"}))
    )  # fmt: skip
    names = [("1", "Công văn 15.pdf"), ("2", "Phụ lục.pdf"), ("3", "Mẫu.docx"), ("4", "Nhiều tệp.zip")]
    assert pairs(unpack(message(*names, encoded=encoded))) == [
        ("Công văn 15.pdf", PDF),
        ("Phụ lục.pdf", PDF + b"2"),
        ("Mẫu.docx", DOCX),
        ("a.pdf", b"%PDF-a"),
        ("b.txt", b"b"),
    ]


def test_the_later_form_with_name_and_content_side_by_side() -> None:
    text = (
        '<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><MessageHeader/><Manifest><Attachment>'
        f"<Content>{b64(PDF)}</Content><FileName>15.pdf</FileName></Attachment></Manifest></EdXMLEnvelope>"
    )
    assert pairs(unpack("\ufeff" + text)) == [("15.pdf", PDF)]


def test_an_archive_with_the_message_and_the_attachments_beside_it() -> None:
    package = zipped(
        **{
            "goi/message.xml": message(("1", "15.pdf"), ("2", "x\\mẫu.docx")).encode(),
            "goi/15.pdf": PDF,
            "goi/mẫu.docx": DOCX,
            "goi/kèm thêm.txt": "thêm".encode(),
            "goi/.DS_Store": b"x",
        }
    )
    assert sorted(pairs(unpack(package, "goi.zip"))) == sorted(
        [("15.pdf", PDF), ("mẫu.docx", DOCX), ("kèm thêm.txt", "thêm".encode())]
    )


def test_mime_with_a_part_for_each() -> None:
    mail = EmailMessage()
    mail.set_content("x")
    mail.make_mixed()
    mail.set_payload([])
    mail.add_attachment(message(("abc", "15.pdf")).encode(), maintype="text", subtype="xml", filename="edxml.xml")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", cid="<abc>")
    assert pairs(unpack(mail.as_bytes())) == [("15.pdf", PDF)]


def test_a_receipt_has_no_files_and_what_is_no_package_is_itself() -> None:
    assert unpack(message()) == []
    assert pairs(unpack(PDF, "15.pdf")) == [("15.pdf", PDF)]
    assert pairs(unpack(DOCX, "15.docx")) == [("15.docx", DOCX)]


def test_names_of_old_archives_and_names_that_lead_elsewhere() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/a.txt", b"1")
        info = zipfile.ZipInfo("x")
        info.filename = "b\xe1o.txt"  # written as one byte of CP437
        archive.writestr(info, b"2")
        archive.writestr("/tuyệt/đối.txt", b"3")
    names = [taken.name for taken in unpack(out.getvalue(), "goi.zip")]
    assert names[0] == "a.txt" and names[2] == "đối.txt" and all("/" not in name and ".." not in name for name in names)


def bomb() -> bytes:
    return zipped(**{"a.pdf": b"\0" * 5_000_000})


@pytest.mark.parametrize(
    ("data", "mishap"),
    [
        (bomb(), Mishap.TOO_LARGE),
        (message(("1", "a.pdf"), encoded=attachment("1", bomb())), Mishap.TOO_LARGE),
        (message(("1", "a.pdf"), encoded=attachment("1", b"x" * 200_000)), Mishap.TOO_LARGE),
        (zipped(**{f"{k}.txt": b"x" for k in range(300)}), Mishap.DAMAGED),
        (zipped(**{"a.pdf": PDF * 50})[:-30], Mishap.DAMAGED),
        (message(("1", "a.pdf"), encoded=attachment("1", PDF).replace("JVBE", "!!!!")), Mishap.DAMAGED),
        (message(("1", "a.pdf")), Mishap.DAMAGED),
        ("<rss/>", Mishap.DAMAGED),
        (message(("1", "a.pdf"))[:-30], Mishap.DAMAGED),
        ('<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]><edXML>&x;</edXML>', Mishap.DAMAGED),
        (b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx", Mishap.DAMAGED),
    ],
    ids=[
        "bomb", "bomb in a message", "large", "many", "cut off", "no base64", "attachment missing",
        "other XML", "XML cut off", "entity", "no message",
    ],
)  # fmt: skip
def test_what_harms_or_is_damaged_is_named(data: str | bytes, mishap: Mishap) -> None:
    with pytest.raises(SourceError) as caught:
        unpack(data)
    assert caught.value.mishap is mishap


def test_every_cut_and_every_changed_byte_gives_files_or_a_reason() -> None:
    good = zipped(
        **{"m.xml": message(("1", "a.pdf"), encoded=attachment("1", zipped(a__pdf=PDF))).encode(), "b.pdf": PDF}
    )
    for at in range(0, len(good), 7):
        for data in (good[:at], good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]):
            try:
                unpack(data)
            except SourceError as error:
                assert error.mishap in (Mishap.DAMAGED, Mishap.TOO_LARGE)


def test_an_attachment_of_a_version_that_no_library_knows_is_damaged() -> None:
    inner = bytearray(zipped(a__pdf=PDF))
    inner[inner.index(b"PK\x01\x02") + 6] = 235  # "version needed to extract" of the central directory
    good = message(("1", "a.pdf"), encoded=attachment("1", bytes(inner))).encode()
    for data in (good, bytes(inner), zipped(**{"m.xml": good})):
        with pytest.raises(SourceError) as caught:
            unpack(data)
        assert caught.value.mishap is Mishap.DAMAGED


def test_a_watched_folder_of_packages(tmp_path: Path) -> None:
    encoded = attachment("1", PDF) + attachment("2", PDF + b"2")
    (tmp_path / "a.edxml").write_text(message(("1", "a.pdf"), ("2", "b.pdf"), encoded=encoded), encoding="utf-8")
    source = FolderSource("trục", tmp_path, Watch(0), TODAY, Unpacker(100_000))
    (offer,) = source.offers(Memory())
    assert not isinstance(offer, Trouble) and isinstance(offer, Offer)
    assert [taken.name for taken in offer.fetch()] == ["a.pdf", "b.pdf"]
