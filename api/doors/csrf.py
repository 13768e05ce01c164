"""The token that a form of ours carries and another site's cannot (CSRF): looked for before the body is taken in.

It is made of the sign-in's own token, so it is kept nowhere. Forms have it as their first field, programs that use a
cookie as a header. What is read of the body to find it is handed on unread.
"""

from __future__ import annotations

import hmac
import re
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Message, Receive

FIELD, HEADER = "csrf", "x-csrf-token"

#: A form without files is read so far, of one with files the first part; the token stands in front.
_LONGEST_FORM, _FIRST_PART = 2**20, 8192
_PART = re.compile(rb'name="csrf"\r\n(?:[^\r\n]+\r\n)*\r\n([0-9a-f]{64})\r\n')
_FORM_TAG = re.compile(r"""(<form\b[^>]*\bmethod=["']?post\b[^>]*>)""", re.IGNORECASE)


def with_field(html: str, token: str) -> str:
    """Return a page whose every POST form has the token as its first field: none can be forgotten."""
    if not token:
        return html
    return _FORM_TAG.sub(rf'\1<input type="hidden" name="{FIELD}" value="{token}">', html)


async def has_token(headers: Headers, receive: Receive, token: str) -> tuple[bool, Receive]:
    """Tell whether a request carries the token, and return what is to be received in place of ``receive``."""
    told = headers.get(HEADER)
    if told is not None:
        return hmac.compare_digest(told.encode(), token.encode()), receive
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    longest = {"application/x-www-form-urlencoded": _LONGEST_FORM, "multipart/form-data": _FIRST_PART}.get(kind)
    if longest is None:
        return False, receive
    read, body, more = [], b"", True
    while more and len(body) < longest:
        message = await receive()
        read.append(message)
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if kind == "multipart/form-data":
        found = _PART.search(body[:_FIRST_PART])
        given = found[1] if found else b""
    else:
        given = _field(body) if len(body) <= longest else b""
    return hmac.compare_digest(given, token.encode()), _again(read, receive)


def _field(body: bytes) -> bytes:
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=1000)
    except (UnicodeDecodeError, ValueError):
        return b""
    return fields.get(FIELD, [""])[0].encode()


def _again(read: list[Message], receive: Receive) -> Receive:
    waiting = list(reversed(read))

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received
