"""The page "Người dùng" (admins only): users, their roles and offices, keys of programs, who signed in when.

What opens a lasting door (a new user or key, another role, a new password, letting somebody in again) asks for the
admin's own password, so that a cookie that was stolen ends with its sign-in. Every change is in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.doors.accounts import Accounts, Made, described_office, known_role, user_name
from api.doors.hashing import LONGEST, SHORTEST
from api.doors.offices import Office
from api.doors.pages import TheAccounts, TheDiary
from api.doors.person import ROLE_NAMES, Person
from api.library import Library
from api.routes.deps import TheLibrary
from api.usecases import places
from api.usecases.places import LEVEL_NAMES, UNIT_NAMES
from api.web.rendering import page
from corpus.accounts import Key
from corpus.desk import Audit
from corpus.errors import BadInputError, CongvanError
from corpus.text import nfc, squeeze

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_PLACE = ("unit", "level", "province", "district", "commune", "office_name")
_Text = Annotated[str, Form(max_length=300)]
_Secret = Annotated[str, Form(max_length=1000)]

#: What is said after a change; ``{}`` is whom it was about.
_DONE = {
    "them": "Đã thêm người dùng {}.",
    "vai-tro": "Đã đổi vai trò của {}.",
    "co-quan": "Đã đổi cơ quan của {}.",
    "tam-khoa": "Đã tạm khóa {}; các phiên đăng nhập đã kết thúc.",
    "mo-lai": "{} đăng nhập lại được.",
    "mat-khau": "Đã đặt lại mật khẩu của {}; các phiên đăng nhập đã kết thúc.",
    "bo": "Đã bỏ người dùng {}. Nhật ký và chỗ sửa của người ấy được giữ.",
    "thu-hoi": "Đã thu hồi khóa {}.",
}
#: The names of what the log has of signing in.
_HISTORY = {
    "signin": "đăng nhập",
    "signin.failed": "đăng nhập sai",
    "signout": "đăng xuất",
    "password": "tự đổi mật khẩu",
    "user.password": "được đặt lại mật khẩu",
}


@dataclass(frozen=True)
class _Row:
    """A user or a key as the page shows it."""

    name: str
    role: str
    office: str
    since: str
    state: str
    last: str = ""
    label: str = ""
    open: bool = True


@router.get("/nguoi-dung")
def people(
    request: Request,
    library: TheLibrary,
    accounts: TheAccounts,
    xong: Annotated[str, Query(max_length=40)] = "",
    ve: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """Danh sách người dùng và khóa."""
    return _list_page(request, library, accounts, told=_DONE.get(xong, "").format(ve))


@router.get("/nguoi-dung/{name}")
def one(
    request: Request,
    library: TheLibrary,
    accounts: TheAccounts,
    name: str,
    xong: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Một người dùng: vai trò, cơ quan, các lần đăng nhập."""
    return _one_page(request, library, accounts, name, told=_DONE.get(xong, "").format(name))


@router.post("/nguoi-dung", response_model=None)
def change(
    request: Request,
    library: TheLibrary,
    accounts: TheAccounts,
    diary: TheDiary,
    viec: _Text,
    ten: _Text = "",
    vai_tro: _Text = "viewer",
    unit: _Text = "",
    level: _Text = "",
    province: _Text = "",
    district: _Text = "",
    commune: _Text = "",
    office_name: _Text = "",
    mat_khau: _Secret = "",
    lai: _Secret = "",
    cua_toi: _Secret = "",
    ngay: Annotated[int, Form(ge=0, le=3650)] = 365,
) -> Response:
    """Nhận một thay đổi từ biểu mẫu."""
    given = {
        "viec": viec, "ten": squeeze(nfc(ten)), "vai_tro": vai_tro, "ngay": ngay, "mat_khau": mat_khau, "lai": lai,
        "unit": unit, "level": level, "province": province, "district": district, "commune": commune,
        "office_name": office_name,
    }  # fmt: skip
    person: Person = request.scope["state"]["person"]
    act = _ACTS.get(viec)
    try:
        if act is None:
            raise BadInputError("Không rõ việc cần làm.", "Hãy tải lại trang.")
        if not person.sign_in:
            raise BadInputError("Việc này dành cho người đăng nhập bằng mật khẩu.", "Hãy đăng nhập rồi làm lại.")
        if act.lasting:
            accounts.prove(person, cua_toi)
        if act.not_oneself and user_name(ten) == person.name:
            raise BadInputError("Không tự làm việc này với chính mình được.", "Hãy nhờ một người quản trị khác.")
        made, subject, detail = act.do(library, accounts, given)
    except CongvanError as error:
        # 401 would mean that the sign-in has ended
        status = 422 if error.http_status == 401 else error.http_status
        shown = {name: str(text) for name, text in given.items() if name not in ("mat_khau", "lai")}
        return _list_page(request, library, accounts, problem=str(error), status=status, given=shown)
    office = person.office.label() if person.office else ""
    diary.now(Audit(library.now(), act.logged, subject, detail, person.name, office, person.address))
    if made is not None:
        return _list_page(request, library, accounts, made=made)
    gone = viec in ("bo", "thu-hoi")
    where = "/nguoi-dung" if gone else f"/nguoi-dung/{quote(subject, safe='')}"
    query = {"xong": viec} | ({"ve": subject} if gone else {})
    return RedirectResponse(f"{where}?{urlencode(query)}", 303, headers={"Cache-Control": "no-store"})


# what can be done: each returns a new key, whom it was about, and what the log says of it

_Done = tuple[Made | None, str, dict[str, Any]]


def _office(library: Library, given: Mapping[str, Any]) -> Office | None:
    return described_office(library, *(squeeze(nfc(str(given[name]))) or None for name in _PLACE))


def _plain(office: Office | None) -> dict[str, Any] | None:
    return office.payload() if office else None


def _twice(given: Mapping[str, Any]) -> str:
    if given["mat_khau"] != given["lai"]:
        raise BadInputError("Hai lần gõ mật khẩu mới không giống nhau.", "Hãy gõ lại.")
    return str(given["mat_khau"])


def _add(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    office = _office(library, given)
    user = accounts.add(given["ten"], _twice(given), known_role(given["vai_tro"]), office)
    return None, user.name, {"role": user.role, "office": user.office}


def _role(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    role = known_role(given["vai_tro"])
    accounts.set_role(given["ten"], role)
    return None, user_name(given["ten"]), {"role": role.value}


def _move(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    office = _office(library, given)
    accounts.set_office(given["ten"], office)
    return None, user_name(given["ten"]), {"office": _plain(office)}


def _disable(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    accounts.set_disabled(given["ten"], True)
    return None, user_name(given["ten"]), {}


def _enable(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    accounts.set_disabled(given["ten"], False)
    return None, user_name(given["ten"]), {}


def _password(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    accounts.set_password(given["ten"], _twice(given))
    return None, user_name(given["ten"]), {}


def _remove(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    gone = accounts.remove(given["ten"])
    return None, gone.name, {"role": gone.role}


def _new_key(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    office = _office(library, given)
    made = accounts.add_key(given["ten"], known_role(given["vai_tro"]), office, given["ngay"] or None)
    return made, made.key.prefix, {"name": made.key.name, "role": made.key.role, "office": made.key.office}


def _revoke(library: Library, accounts: Accounts, given: Mapping[str, Any]) -> _Done:
    gone = accounts.revoke(given["ten"])
    return None, gone.prefix, {"name": gone.name}


@dataclass(frozen=True)
class _Act:
    """One thing that can be done. ``lasting`` asks for the admin's password, ``not_oneself`` may not be done to
    oneself."""

    logged: str
    do: Callable[[Library, Accounts, Mapping[str, Any]], _Done]
    lasting: bool = False
    not_oneself: bool = False


_ACTS = {
    "them": _Act("user.add", _add, lasting=True),
    "vai-tro": _Act("user.role", _role, lasting=True, not_oneself=True),
    "co-quan": _Act("user.office", _move, lasting=True),
    "tam-khoa": _Act("user.disable", _disable, not_oneself=True),
    "mo-lai": _Act("user.enable", _enable, lasting=True),
    "mat-khau": _Act("user.password", _password, lasting=True, not_oneself=True),
    "bo": _Act("user.remove", _remove, not_oneself=True),
    "khoa": _Act("key.add", _new_key, lasting=True),
    "thu-hoi": _Act("key.revoke", _revoke),
}


# what is shown


def _list_page(
    request: Request,
    library: Library,
    accounts: Accounts,
    *,
    told: str = "",
    problem: str = "",
    status: int = 200,
    given: Mapping[str, str] | None = None,
    made: Made | None = None,
) -> HTMLResponse:
    last = accounts.last_sign_ins()
    users = [
        _Row(
            user.name, ROLE_NAMES[known_role(user.role)], _label(user.office), _day(library, user.made_at),
            "tạm khóa" if user.disabled_at else "dùng được", _moment(library, last.get(user.name)),
            open=user.disabled_at is None,
        )
        for user in accounts.users()
    ]  # fmt: skip
    keys = list(map(partial(_key_row, library), accounts.keys()))
    return page(
        request, "people.html", status, users=users, keys=keys, told=told, problem=problem, made=made,
        given=given or {}, needed=accounts.needed(), **_choices(),
    )  # fmt: skip


def _one_page(request: Request, library: Library, accounts: Accounts, name: str, *, told: str) -> HTMLResponse:
    user = accounts.one(name)
    history = [
        (_moment(library, row.at), _HISTORY[row.action], row.address or "máy chủ", row.action == "signin.failed")
        for row in accounts.history(user.name)
    ]
    given = {name: str((user.office or {}).get(name) or "") for name in _PLACE}
    given |= {"office_name": str((user.office or {}).get("name") or ""), "vai_tro": user.role}
    return page(
        request, "person.html", user=user, role=ROLE_NAMES[known_role(user.role)], office=_label(user.office),
        history=history, told=told, given=given, **_choices(),
    )  # fmt: skip


def _choices() -> dict[str, Any]:
    return {
        "roles": {role.value: name for role, name in ROLE_NAMES.items()}, "units": UNIT_NAMES, "levels": LEVEL_NAMES,
        "provinces": places.province_names(), "shortest": SHORTEST, "longest": LONGEST,
    }  # fmt: skip


def _key_row(library: Library, key: Key) -> _Row:
    holds = key.holds(library.now())
    state = "đã thu hồi" if key.revoked_at else "đã hết hạn" if not holds else "không hết hạn"
    if holds and key.expires_at:
        state = f"đến {_day(library, key.expires_at)}"
    role, office = ROLE_NAMES[known_role(key.role)], _label(key.office)
    return _Row(key.prefix, role, office, _day(library, key.made_at), state, label=key.name, open=holds)


def _label(office: dict[str, Any] | None) -> str:
    found = Office.of(office)
    return found.label() if found else "cơ quan của máy chủ"


def _day(library: Library, at: datetime) -> str:
    return f"{library.local(at):%d/%m/%Y}"


def _moment(library: Library, at: datetime | None) -> str:
    return f"{library.local(at):%H:%M %d/%m/%Y}" if at else ""
