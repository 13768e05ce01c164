"""The one place where it is decided who may pass: every request comes through here before its body is read.

Without any user everybody on this machine acts for the house, as long as nobody else can come to the door. With the
first user, an address asks for what its rule says (``rules``): a key or a sign-in, a role, and for changes that come
with a cookie the token of our own form.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from anyio import to_thread
from fastapi import FastAPI, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.doors import csrf
from api.doors.accounts import Accounts
from api.doors.diary import Diary
from api.doors.limits import Rate
from api.doors.person import HOUSE, STRANGER, Person, Role, acting_as
from api.doors.rules import Rule, find, forgotten, is_page, pattern
from api.problems import respond
from api.settings import Settings
from corpus.desk import Audit
from corpus.errors import CongvanError

if TYPE_CHECKING:
    from api.library import Library

COOKIE = "congvan_phien"
#: Over https the name says to the browser that only this host, and only https, may set it.
SECURE_COOKIE = f"__Host-{COOKIE}"
_SAFE = ("GET", "HEAD", "OPTIONS")
#: What proxies add: who asks may be anywhere, even where the proxy stands on this machine.
_PROXIED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
#: Requests without a good key or sign-in, by address and minute.
_STRANGERS, _STRANGERS_AT_ONCE = 120.0, 60.0


class Gate:
    """Lets through who may pass, and has written down who saw what."""

    def __init__(self, app: ASGIApp, library: Library, accounts: Accounts, diary: Diary, settings: Settings) -> None:
        self._app = app
        self._library = library
        self._accounts = accounts
        self._diary = diary
        self._exposed = settings.is_exposed()
        self._known = Rate(settings.requests_per_minute, max(1.0, settings.requests_per_minute / 4))
        self._strangers = Rate(_STRANGERS if settings.requests_per_minute else 0, _STRANGERS_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        rule, parts = find(scope["method"], scope["path"]) or (None, {})
        if rule is not None and rule.path.startswith("/static/"):  # what the sign-in page itself is made of
            await self._app(scope, receive, send)
            return
        try:
            person = await to_thread.run_sync(self._who, scope, headers)
            scope.setdefault("state", {})["person"] = person or STRANGER
            refusal, receive = await self._refusal(scope, receive, headers, rule, person)
        except CongvanError as error:
            refusal, person = respond(Request(scope), error.http_status, str(error)), None
        if refusal is not None:
            if person is not None and person is not HOUSE and refusal.status_code == 403:
                self._diary.soon(self._entry(person, "refused", scope["path"][:300], {"method": scope["method"]}))
            await refusal(scope, receive, send)
            return
        person = person or STRANGER
        shut: list[bool] = []

        async def told(message: Message) -> None:
            if shut:
                return
            if message["type"] == "http.response.start" and not person.is_house:
                _private(MutableHeaders(scope=message))
                if rule is not None and rule.act and message["status"] < 400:
                    try:
                        await self._note(rule, parts, person, scope)
                    except CongvanError as error:  # what cannot be written down is not given out
                        shut.append(True)
                        await respond(Request(scope), error.http_status, str(error))(scope, receive, send)
                        return
            await send(message)

        with acting_as(person):
            await self._app(scope, receive, told)

    # who

    def _who(self, scope: Scope, headers: Headers) -> Person | None:
        """Return who asks, None for a stranger."""
        if not self._accounts.needed():
            # whoever comes from elsewhere finds the doors shut until there is somebody to open them to
            return None if self._exposed or any(name in headers for name in _PROXIED) else HOUSE
        address = (scope.get("client") or ("", 0))[0]
        key = _key_of(headers)
        if key is not None:
            return self._accounts.by_key(key, address)
        token = token_of(scope, headers)
        return self._accounts.by_token(token, address) if token else None

    async def _refusal(
        self, scope: Scope, receive: Receive, headers: Headers, rule: Rule | None, person: Person | None
    ) -> tuple[Response | None, Receive]:
        """Return the answer to who may not pass, None for who may."""
        if person is HOUSE:
            return None, receive
        request = Request(scope)
        address = (scope.get("client") or ("", 0))[0]
        public = rule is not None and rule.least is None
        least = rule.least if rule is not None else _least_of(scope)
        wait = self._known.take(person.ident) if person else self._strangers.take(address)
        if wait > 0:
            slow = respond(request, 429, "Hỏi quá nhiều trong một phút. Hãy đợi một chút rồi thử lại.")
            slow.headers["Retry-After"] = str(max(1, round(wait)))
            return slow, receive
        if person is None:
            return (None if public else self._unknown(request, headers)), receive
        if least is not None and not person.role.covers(least):
            return respond(request, 403, "Tài khoản này không được phép làm việc đó. Hãy hỏi người quản trị."), receive
        if person.csrf and scope["method"] not in _SAFE and not public:
            good, receive = await csrf.has_token(headers, receive, person.csrf)
            if not good:
                return respond(
                    request, 403, "Biểu mẫu đã cũ hoặc không phải của trang này. Hãy tải lại trang."
                ), receive
        return None, receive

    def _unknown(self, request: Request, headers: Headers) -> Response:
        path = request.url.path
        if is_page(path) and request.method == "GET" and "text/html" in headers.get("accept", ""):
            query = f"?{request.url.query}" if request.url.query else ""
            back = "" if path == "/" and not query else f"?ve={quote(path + query, safe='')}"
            return RedirectResponse(f"/dang-nhap{back}", status_code=303, headers={"Cache-Control": "no-store"})
        detail = (
            "Máy chủ chưa có người dùng nào. Hãy chạy congvan user add trên máy chủ."
            if self._exposed and not self._accounts.needed()
            else "Cần đăng nhập hoặc gửi khóa API (Authorization: Bearer …)."
        )
        answer = respond(request, 401, detail)
        # calendar programs know no other way than a name and a password; the password is the key
        answer.headers["WWW-Authenticate"] = (
            'Basic realm="congvan", charset="UTF-8"' if path.endswith(".ics") else 'Bearer realm="congvan"'
        )
        return answer

    # what is written down

    async def _note(self, rule: Rule, parts: dict[str, str], person: Person, scope: Scope) -> None:
        detail: dict[str, Any] = {name: text for name, text in parts.items() if name != rule.subject}
        if rule.act.startswith("export.") and scope["query_string"]:
            detail["query"] = scope["query_string"].decode("latin-1")[:500]
        entry = self._entry(person, rule.act, parts.get(rule.subject, "")[:300], detail)
        if rule.act.startswith("see."):
            self._diary.soon(entry, str(detail))
        else:
            await to_thread.run_sync(self._diary.now, entry)

    def _entry(self, person: Person, action: str, subject: str, payload: dict[str, Any]) -> Audit:
        office = person.office.label() if person.office else ""
        return Audit(self._library.now(), action, subject, payload, person.name, office, person.address)


def _least_of(scope: Scope) -> Role:
    """Return the role for an address without a rule: where the application has one there, it was forgotten in the
    table and is for admins; elsewhere any role may be told that there is nothing."""
    app: FastAPI = scope["app"]
    if not hasattr(app.state, "forgotten"):
        app.state.forgotten = [pattern(path) for _, path in forgotten(app)]
    return Role.ADMIN if any(found.match(scope["path"]) for found in app.state.forgotten) else Role.VIEWER


def _private(headers: MutableHeaders) -> None:
    """Keep what somebody signed in has seen from who comes to the same browser after."""
    if "immutable" in headers.get("cache-control", ""):
        headers["Cache-Control"] = "private, no-cache"
    elif headers.get("content-type", "").startswith(("text/html", "application/json", "application/problem")):
        headers["Cache-Control"] = "no-store"


def token_of(scope: Scope, headers: Headers) -> str:
    """Return the token of the sign-in cookie, "" where there is none."""
    wanted = SECURE_COOKIE if scope.get("scheme") == "https" else COOKIE
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == wanted and len(value) <= 100:
            return value
    return ""


def _key_of(headers: Headers) -> str | None:
    """Return the key that a request brings: as a bearer, in a header of its own, or as a password; None for none."""
    own = headers.get("x-api-key")
    if own is not None:
        return own.strip()
    kind, _, text = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return text.strip()
    if kind.lower() != "basic":
        return None
    try:
        return base64.b64decode(text.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
