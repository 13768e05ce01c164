"""What stands between the network and the routes: host names, other sites' forms, the gate, sizes, security headers.

Who may pass is decided by the gate (``api.doors.gate``), which stands among them.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.doors.accounts import Accounts
from api.doors.diary import Diary
from api.doors.gate import Gate
from api.problems import problem_response
from api.settings import Settings
from corpus.errors import LimitError

_CSP = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Content-Security-Policy": _CSP,
}
#: Told over https only, where it means something: half a year, this host alone.
_HSTS = "max-age=15552000"


def add_headers(headers: MutableHeaders, scheme: str = "http") -> None:
    """Add the security headers that a response does not have yet."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if scheme == "https":
        headers.setdefault("Strict-Transport-Security", _HSTS)


_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


def install(app: FastAPI, settings: Settings, accounts: Accounts, diary: Diary) -> None:
    """Put the guards around ``app``; the last one added is the outermost."""
    app.add_middleware(BodyLimit, limit=settings.max_upload_mb * 2**20)
    app.add_middleware(Gate, library=app.state.library, accounts=accounts, diary=diary, settings=settings)
    names = settings.hosts | _LOOPBACK_NAMES if settings.is_loopback() or settings.hosts else None
    app.add_middleware(SameSite, names=names)
    app.add_middleware(SecurityHeaders)


class SecurityHeaders:
    """Adds the usual headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), scope.get("scheme", "http"))
            await send(message)

        await self._app(scope, receive, with_headers)


class SameSite:
    """Refuses names that only a rebound DNS would bring here, and changes asked for by another site's pages."""

    def __init__(self, app: ASGIApp, names: frozenset[str] | None) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._names is not None and _name_of(host) not in self._names:
            detail = "Máy chủ này không được gọi bằng tên đó; xem CONGVAN_ALLOWED_HOSTS."
            if self._names == _LOOPBACK_NAMES:
                detail = "Máy chủ này chỉ phục vụ chính máy nó đang chạy (127.0.0.1)."
            await problem_response(400, "Sai tên máy chủ", detail)(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and _from_elsewhere(headers, host):
            detail = "Yêu cầu thay đổi dữ liệu đến từ một trang web khác nên bị từ chối."
            await problem_response(403, "Không được phép", detail)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _name_of(host: str) -> str:
    """Return the name in a Host header, "" for what is none ("[" alone is no address)."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _from_elsewhere(headers: Headers, host: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != host


class BodyLimit:
    """Refuses bodies over ``limit`` bytes, announced or not."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > self._limit:
            error = self._error()
            await problem_response(413, "Dữ liệu quá lớn", str(error))(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > self._limit:
                    raise self._error()
            return message

        async def unless_over(message: Message) -> None:
            # whoever was reading the body has made some error of its own of ours
            if taken <= self._limit:
                await send(message)

        try:
            await self._app(scope, counted, unless_over)
        except LimitError:
            if taken <= self._limit:
                raise
        if taken > self._limit:
            await problem_response(413, "Dữ liệu quá lớn", str(self._error()))(scope, receive, send)

    def _error(self) -> LimitError:
        return LimitError(f"Một lần nạp không quá {self._limit // 2**20} MB.", "Hãy chia thành nhiều lần.")
