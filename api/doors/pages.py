"""The pages of the door: signing in, signing out, changing one's password."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import Headers

from api.doors.accounts import Accounts
from api.doors.diary import Diary
from api.doors.gate import COOKIE, SECURE_COOKIE, token_of
from api.doors.hashing import LONGEST, SHORTEST
from api.doors.person import Person
from api.routes.deps import TheLibrary
from api.web.rendering import page
from corpus.desk import Audit
from corpus.errors import BadInputError, CongvanError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_Secret = Annotated[str, Form(max_length=1000)]
_Back = Annotated[str, Form(max_length=2000)]


def _accounts(request: Request) -> Accounts:
    found: Accounts = request.app.state.accounts
    return found


def _diary(request: Request) -> Diary:
    found: Diary = request.app.state.diary
    return found


TheAccounts = Annotated[Accounts, Depends(_accounts)]
TheDiary = Annotated[Diary, Depends(_diary)]


def local_path(text: str) -> str:
    """Return a path on this server, the search page for anything else: nobody is sent elsewhere after signing in."""
    parts = urlsplit(text)
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text and text.isprintable()
    return text if plain and not parts.scheme and not parts.netloc else "/"


@router.get("/dang-nhap")
def form(request: Request, accounts: TheAccounts, ve: Annotated[str, Query(max_length=2000)] = "") -> Response:
    """Trang đăng nhập."""
    if not accounts.needed():
        problem = "" if not _settings_exposed(request) else "Máy chủ chưa có người dùng nào."
        return _sign_in_page(request, ve, "", problem, 200, needed=False)
    return _sign_in_page(request, ve, "", "", 200)


@router.post("/dang-nhap", response_model=None)
def sign_in(
    request: Request,
    library: TheLibrary,
    accounts: TheAccounts,
    diary: TheDiary,
    ten: _Secret = "",
    mat_khau: _Secret = "",
    ve: _Back = "",
) -> Response:
    """Nhận tên và mật khẩu."""
    address = request.client.host if request.client else ""
    try:
        if not accounts.needed():
            raise BadInputError("Chưa có người dùng nào.", "Hãy chạy congvan user add trên máy chủ.")
        token = accounts.sign_in(ten, mat_khau, address)
    except CongvanError as error:
        if error.http_status in (401, 429):
            # a name nobody has may be a password typed into the wrong field
            known = ten.strip().lower() if accounts.knows(ten) else "?"
            diary.now(Audit(library.now(), "signin.failed", known[:60], {}, "", "", address))
        answer = _sign_in_page(request, ve, ten[:60], str(error), error.http_status)
        if error.http_status == 429:
            answer.headers["Retry-After"] = str(getattr(error, "seconds", 60))
        return answer
    person = accounts.by_token(token, address)
    assert person is not None
    diary.now(_entry(library, person, "signin"))
    old = token_of(request.scope, Headers(scope=request.scope))
    if old:
        accounts.sign_out(old)
    response = RedirectResponse(local_path(ve), status_code=303, headers={"Cache-Control": "no-store"})
    secure = request.url.scheme == "https"
    response.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        token,
        max_age=int(library.settings.session_hours * 3600),
        httponly=True,
        samesite="lax",
        secure=secure,
        path="/",
    )
    return response


@router.post("/dang-xuat", response_model=None)
def sign_out(request: Request, library: TheLibrary, accounts: TheAccounts, diary: TheDiary) -> Response:
    """Kết thúc phiên đăng nhập."""
    token = token_of(request.scope, Headers(scope=request.scope))
    if token:
        accounts.sign_out(token)
        diary.now(_entry(library, _person(request), "signout"))
    response = RedirectResponse("/dang-nhap", status_code=303, headers={"Cache-Control": "no-store"})
    secure = request.url.scheme == "https"
    response.delete_cookie(SECURE_COOKIE if secure else COOKIE, path="/", secure=secure, httponly=True, samesite="lax")
    return response


@router.get("/mat-khau")
def password_form(request: Request) -> HTMLResponse:
    """Đổi mật khẩu."""
    return _password_page(request, "", 200)


@router.post("/mat-khau", response_model=None)
def change_password(
    request: Request,
    library: TheLibrary,
    accounts: TheAccounts,
    diary: TheDiary,
    cu: _Secret = "",
    moi: _Secret = "",
    lai: _Secret = "",
) -> HTMLResponse:
    """Nhận mật khẩu mới."""
    person = _person(request)
    try:
        if not person.sign_in:
            raise BadInputError("Chỉ người đăng nhập bằng mật khẩu mới đổi được mật khẩu.")
        if moi != lai:
            raise BadInputError("Hai lần gõ mật khẩu mới không giống nhau.", "Hãy gõ lại.")
        accounts.change_password(person, cu, moi)
    except CongvanError as error:
        # 401 would mean that the sign-in has ended
        return _password_page(request, str(error), 422 if error.http_status == 401 else error.http_status)
    diary.now(_entry(library, person, "password"))
    return page(request, "password.html", done=True, problem="", shortest=SHORTEST, longest=LONGEST)


def _sign_in_page(
    request: Request, back: str, name: str, problem: str, status: int, *, needed: bool = True
) -> HTMLResponse:
    return page(request, "signin.html", status, back=local_path(back), name=name, problem=problem, needed=needed)


def _password_page(request: Request, problem: str, status: int) -> HTMLResponse:
    return page(request, "password.html", status, done=False, problem=problem, shortest=SHORTEST, longest=LONGEST)


def _person(request: Request) -> Person:
    found: Person = request.scope["state"]["person"]
    return found


def _settings_exposed(request: Request) -> bool:
    exposed: bool = request.app.state.library.settings.is_exposed()
    return exposed


def _entry(library: TheLibrary, person: Person, action: str) -> Audit:
    office = person.office.label() if person.office else ""
    return Audit(library.now(), action, person.name, {}, person.name, office, person.address)
