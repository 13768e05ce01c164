"""Packages of the national document exchange (trục liên thông văn bản, edXML): the files that are in them.

QCVN 102:2016/BTTTT writes a message as XML with a manifest (names, content ids) and the attachments in base64, each
mostly as a zip archive with one file. Later systems put name and content side by side. Both also come as a zip archive
with the message and the attachments beside it, and as MIME with a part for each. Names of elements are looked at
without their namespaces, which differ from one system to the next.
"""

from __future__ import annotations

import base64
import binascii
import email
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from ingest.inbox import Mishap, SourceError, Taken, is_other, shown, too_large
from ingest.sources.safexml import local, parse

#: A message has no more attachments, and an archive no more entries.
_MOST_FILES = 200
#: Formats that are zip archives themselves; theirs are not unpacked.
_OFFICE = ("[Content_Types].xml", "mimetype")
_XML = (b"<", b"\xef\xbb\xbf<")


@dataclass(frozen=True, slots=True)
class Unpacker:
    """Makes of a package the files in it; ``most_bytes`` is the largest file that is taken."""

    most_bytes: int

    def __call__(self, package: Taken) -> list[Taken]:
        """Return the files of a package, none for a mere receipt; a file that is no package comes back as it is.

        Raises SourceError for a package that is damaged or too large.
        """
        head = package.data[:4096].lstrip()
        if head.startswith(_XML):
            return self._message(parse(package.data), {})
        if package.data.startswith(b"PK\x03\x04") and not _is_office(package.data):
            return self._archive(package.data)
        if head[:4096].lower().startswith((b"mime-version:", b"content-type: multipart", b"from:", b"message-id:")):
            return self._mime(package.data)
        return [package]

    def _archive(self, data: bytes) -> list[Taken]:
        """Return the files of a zip archive with a message in it; without one every file counts."""
        entries = {taken.name: taken for taken in self._unzipped(data)}
        messages = [taken for taken in entries.values() if _is_message(taken)]
        if not messages:
            return list(entries.values())
        beside = {name: taken.data for name, taken in entries.items() if not _is_message(taken)}
        found = [taken for message in messages for taken in self._message(parse(message.data), beside)]
        # what lies beside the messages and is named by none of them was sent all the same
        named = {taken.data for taken in found}
        return found + [Taken(name, data) for name, data in beside.items() if data not in named]

    def _mime(self, data: bytes) -> list[Taken]:
        message = email.message_from_bytes(data, policy=policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
        beside: dict[str, bytes] = {}
        roots: list[Element] = []
        for part in parts[: _MOST_FILES + 1]:
            content = _content(part)
            if content.lstrip().startswith(_XML) and local(root := parse(content)) in ("edxml", "edxmlenvelope"):
                roots.append(root)
            else:
                name = part.get_filename() or str(part.get("Content-ID", "")).strip("<> ")
                beside[name] = content
                beside[_bare(str(part.get("Content-ID", "")))] = content
        beside.pop("", None)
        if not roots:
            raise _damaged("không có thông điệp edXML")
        return [taken for root in roots for taken in self._message(root, beside)]

    def _message(self, root: Element, beside: dict[str, bytes]) -> list[Taken]:
        if local(root) not in ("edxml", "edxmlenvelope"):
            raise _damaged("không phải thông điệp edXML")
        names: dict[str, str] = {}
        contents: dict[str, str] = {}
        direct: list[tuple[str, str]] = []
        for element in root.iter():
            if local(element) == "reference":
                names[_bare(_text(element, "contentid"))] = _text(element, "attachmentname")
            elif local(element) == "attachment":
                encoded = _text(element, "contenttransferencoded")
                if encoded:
                    contents[_bare(_text(element, "contentid"))] = encoded
                elif _text(element, "content"):
                    direct.append(
                        (_text(element, "filename") or _text(element, "attachmentname"), _text(element, "content"))
                    )
        if len(names) + len(contents) + len(direct) > 2 * _MOST_FILES:
            raise _damaged("có quá nhiều tệp đính kèm")
        found = [taken for key, text in contents.items() for taken in self._decoded(names.get(key, ""), text)]
        found += [taken for name, text in direct for taken in self._decoded(name, text)]
        for key, name in names.items():
            if key not in contents:
                found += self._lying_beside(key, name, beside)
        return found

    def _lying_beside(self, key: str, name: str, beside: dict[str, bytes]) -> list[Taken]:
        plain = _last(name)
        for wanted in (key, name, plain):
            if wanted in beside:
                return [Taken(shown(plain or "tep"), beside[wanted])]
        raise _damaged(f"thiếu tệp đính kèm “{shown(plain or key)[:80]}”")

    def _decoded(self, name: str, encoded: str) -> Iterator[Taken]:
        if len(encoded) > self.most_bytes * 1.4 + 100:
            raise too_large(len(encoded) * 3 // 4, self.most_bytes)
        try:
            data = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError) as error:
            raise _damaged("tệp đính kèm không đúng base64") from error
        if data.startswith(b"PK\x03\x04") and not _is_office(data):
            inside = list(self._unzipped(data))
            if len(inside) == 1 and name:
                yield Taken(_named(name, inside[0].name), inside[0].data)
            else:
                yield from inside
        else:
            yield Taken(shown(_last(name) or "tep"), data)

    def _unzipped(self, data: bytes) -> Iterator[Taken]:
        """Yield the files of an archive. What it says of their sizes is not believed."""
        left = self.most_bytes * 2
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                if len(entries) > _MOST_FILES:
                    raise _damaged("có quá nhiều tệp")
                for entry in entries:
                    name = _entry_name(entry)
                    if is_other(name):
                        continue
                    with archive.open(entry) as file:
                        content = file.read(min(self.most_bytes, left) + 1)
                    left -= len(content)
                    if len(content) > self.most_bytes or left < 0:
                        raise too_large(None, self.most_bytes)
                    yield Taken(name, content)
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            NotImplementedError,
            EOFError,
            OSError,
            ValueError,
        ) as error:
            raise _damaged("tệp nén hỏng") from error
        except RuntimeError as error:  # the library's way of asking for one
            raise _damaged("tệp nén có mật khẩu") from error


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry without its folders. Archives of old Windows write names in a code page, which the
    library took for CP437."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp1258", "replace")
    return shown(_last(name) or "tep")


def _named(name: str, inside: str) -> str:
    """Return the manifest's name for a file that came zipped: "a.pdf.zip" and "a" hold "a.pdf"."""
    plain = shown(_last(name))
    if plain.lower().endswith(".zip"):
        plain = plain[:-4]
    return plain if PurePosixPath(plain).suffix.lower() == PurePosixPath(inside).suffix.lower() else inside


def _is_message(taken: Taken) -> bool:
    return taken.data[:64].lstrip().startswith(_XML) and taken.name.lower().endswith((".xml", ".edxml"))


def _is_office(data: bytes) -> bool:
    """Whether a zip archive is itself a document (DOCX, XLSX, ODT)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name in _OFFICE for name in archive.namelist()[:_MOST_FILES])
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(element: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element if local(child) == name), "")


def _bare(content_id: str) -> str:
    """Return a content id without what some systems put around it."""
    return content_id.strip("<> ").removeprefix("cid:")


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _damaged(why: str) -> SourceError:
    return SourceError(Mishap.DAMAGED, f"Gói tin không dùng được: {why}.", "Hãy đề nghị nơi gửi gửi lại.")
