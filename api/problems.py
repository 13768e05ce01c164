"""Errors over HTTP: problem+json (RFC 9457) for programs, a page for people; in Vietnamese either way."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from corpus.errors import CongvanError

_LOG = logging.getLogger(__name__)

_TITLES = {
    400: "Yêu cầu không hợp lệ",
    401: "Cần đăng nhập",
    403: "Không được phép",
    404: "Không tìm thấy",
    405: "Không hỗ trợ cách gọi này",
    413: "Dữ liệu quá lớn",
    415: "Loại tệp không đọc được",
    422: "Dữ liệu không hợp lệ",
    429: "Quá nhiều yêu cầu",
    500: "Lỗi máy chủ",
    503: "Tạm thời không phục vụ được",
}

_VALUE_ERRORS = {
    "missing": "bắt buộc phải có",
    "int_parsing": "phải là số nguyên",
    "float_parsing": "phải là số",
    "bool_parsing": "phải là true hoặc false",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "không được quá {le}",
    "string_too_short": "không được để trống",
    "string_too_long": "không được dài quá {max_length} ký tự",
    "literal_error": "phải là một trong: {expected}",
    "enum": "phải là một trong: {expected}",
}


def title_of(status: int) -> str:
    """Return the Vietnamese name of an HTTP status."""
    return _TITLES.get(status, "Lỗi")


def problem_response(status: int, title: str, detail: str, **more: Any) -> JSONResponse:
    """Return a problem+json response; ``more`` are further members (``instance``, ``remedy``, ``errors``)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Answer all errors of ``app`` as problems."""
    app.add_exception_handler(CongvanError, _congvan_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


def respond(request: Request, status: int, detail: str, **more: Any) -> Response:
    """Return an error as a problem for programs, as a page for people."""
    if request.url.path.startswith("/v1") or "text/html" not in request.headers.get("accept", ""):
        return problem_response(status, title_of(status), detail, instance=request.url.path, **more)
    from api.web.rendering import error_page

    return error_page(request, status, title_of(status), detail)


async def _congvan_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, CongvanError)
    if error.http_status >= 500:
        _LOG.warning("%s %s: %s", request.method, request.url.path, error)
    more = {"remedy": error.remedy} if error.remedy else {}
    return respond(request, error.http_status, str(error), **more)


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"field": str(e["loc"][-1]), "detail": _sentence(e)} for e in error.errors()]
    detail = "; ".join(f"{e['field']}: {e['detail']}" for e in errors)
    return respond(request, 422, f"{detail}.", errors=errors)


def _sentence(error: dict[str, Any]) -> str:
    template = _VALUE_ERRORS.get(error["type"], "giá trị không hợp lệ")
    given = dict(error.get("ctx", {}))
    if "expected" in given:  # "'json', 'svg' or 'graphml'"
        given["expected"] = str(given["expected"]).replace("'", "").replace(" or ", ", ")
    try:
        return template.format(**given)
    except KeyError:
        return template


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {
        404: "Không có địa chỉ này.",
        405: "Địa chỉ này không nhận cách gọi đó.",
        400: "Máy chủ không đọc được yêu cầu; hãy kiểm tra cách gửi tệp (multipart/form-data).",
    }
    response = respond(request, error.status_code, details.get(error.status_code, title_of(error.status_code) + "."))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def _unexpected(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    detail = "Có lỗi ngoài dự kiến. Hãy thử lại; nếu vẫn lỗi, hãy báo người phụ trách phần mềm."
    response = respond(request, 500, detail)
    # this handler stands outside the guards
    from api.guards import add_headers

    add_headers(response.headers, request.url.scheme)
    return response
