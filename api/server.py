"""Running the server: address, messages, a clean end."""

from __future__ import annotations

import logging
import socket
import sys

from api.doors.accounts import Accounts
from api.keep import logs
from api.settings import Settings
from corpus.errors import BadInputError, BusyError


def serve(settings: Settings) -> None:
    """Serve until the process is told to end. Raises BusyError when the port is taken, BadInputError where others
    could come in and nobody can sign in yet."""
    import uvicorn
    from uvicorn.config import LOGGING_CONFIG

    from api.app import create_app
    from api.library import Library

    library = Library(settings)
    guarded = Accounts(library).needed()
    if settings.is_exposed() and not guarded:
        library.close()
        raise BadInputError(
            "Chưa có người dùng nào nên máy chủ chỉ được mở trên chính máy này (127.0.0.1).",
            "Hãy thêm người quản trị trước: congvan user add TÊN --role admin; rồi chạy lại.",
        )
    listener = _listen(settings.host, settings.port)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    _say(f"congvan đang phục vụ tại http://{shown}:{port} (tài liệu API: /docs). Bấm Ctrl-C để dừng.")
    if not guarded:
        _say("Chưa có người dùng nào: chỉ máy này vào được, không cần đăng nhập. Thêm người dùng: congvan user add.")
    elif not settings.is_loopback() and not settings.proxies:
        _say("Chú ý: chưa có HTTPS, mật khẩu đi qua mạng không được mã hóa; hãy đặt proxy HTTPS (docs/security.md).")
    level = "info" if settings.debug else "warning"
    for name in (
        "api",
        "ingest",
    ):  # what went wrong with a request, a job or a page is kept for whoever runs the server
        logging.getLogger(name).setLevel(logging.WARNING)
    if settings.log_format == "json":
        logs.as_json(logging.INFO if settings.debug else logging.WARNING)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings, library),
            # as JSON, uvicorn's lines go the way of all others
            log_config=None if settings.log_format == "json" else LOGGING_CONFIG,
            log_level=level,
            server_header=False,
            timeout_graceful_shutdown=10,
            # nobody but the proxies that are named may say who asks and whether it came over https
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=settings.proxies or None,
        )
    )
    with listener:
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)  # who asks as soon as the address is told waits for the start instead of being refused
    except socket.gaierror as error:
        raise BadInputError(f"Không hiểu địa chỉ {host}.", "Hãy dùng 127.0.0.1 hoặc địa chỉ của máy này.") from error
    except PermissionError as error:
        raise BadInputError(f"Không được phép mở cổng {port}.", "Hãy chọn cổng từ 1024 trở lên.") from error
    except OSError as error:
        raise BusyError(f"Cổng {port} đang có chương trình khác dùng.", "Hãy chọn cổng khác bằng --port.") from error
    return listener


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)  # noqa: T201  # for the person who started the server
