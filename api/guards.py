"""What stands between the network and the routes: host names, other sites' forms, sizes, security headers.

Sign-in and roles come with ``auth``; until then the server is meant for the machine it runs on.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response
from api.settings import Settings
from corpus.errors import LimitError

_CSP = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Swagger UI sets styles from its script.
_DOCS_CSP = _CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def add_headers(headers: MutableHeaders, path: str) -> None:
    """Add the security headers that a response does not have yet."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", _DOCS_CSP if path == "/docs" else _CSP)


_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1", "testserver"})


def install(app: FastAPI, settings: Settings) -> None:
    """Put the guards around ``app``; the last one added is the outermost."""
    app.add_middleware(BodyLimit, limit=settings.max_upload_mb * 2**20)
    app.add_middleware(SameSite, loopback=settings.is_loopback())
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
                add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, with_headers)


class SameSite:
    """Refuses names that only a rebound DNS would bring here, and changes asked for by another site's pages."""

    def __init__(self, app: ASGIApp, loopback: bool) -> None:
        self._app = app
        self._loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._loopback and urlsplit(f"//{host}").hostname not in _LOOPBACK_NAMES:
            detail = "Máy chủ này chỉ phục vụ chính máy nó đang chạy (127.0.0.1)."
            await problem_response(400, "Sai tên máy chủ", detail)(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and _from_elsewhere(headers, host):
            detail = "Yêu cầu thay đổi dữ liệu đến từ một trang web khác nên bị từ chối."
            await problem_response(403, "Không được phép", detail)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _from_elsewhere(headers: Headers, host: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != host


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
