"""The commands ``congvan user``, ``congvan key`` and ``congvan audit``; importing this adds them to ``api.cli``.

Who can run them on the server has the files of the store anyway, so they ask nobody who it is.
"""

from __future__ import annotations

import csv
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli import F, Json, _complain, _library, _print_json, app
from api.clihelp import VietnameseCommand, VietnameseGroup
from api.clitasks import Commune, District, Level, Name, Province, Unit
from corpus.errors import BadInputError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.doors.accounts import Accounts
    from api.doors.offices import Office
    from api.library import Library
    from corpus.accounts import Key, User
    from corpus.desk import Audit

_users = typer.Typer(cls=VietnameseGroup, no_args_is_help=True, help="Người dùng: ai được đăng nhập, làm được gì.")
_keys = typer.Typer(cls=VietnameseGroup, no_args_is_help=True, help="Khóa API cho chương trình khác và cho lịch.")
app.add_typer(_users, name="user")
app.add_typer(_keys, name="key")

User_ = Annotated[
    str, typer.Argument(metavar="TÊN", help="Tên đăng nhập: chữ không dấu, chữ số, dấu chấm, gạch ngang.")
]
Role_ = Annotated[
    str,
    typer.Option("--role", metavar="VAI_TRÒ", help="viewer (xem), editor (nạp, sửa, đánh dấu) hoặc admin (tất cả)."),
]
_COLUMNS = ("at", "who", "office", "action", "subject", "address", "payload")
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Đọc mật khẩu từ dòng đầu của stdin thay vì hỏi.")]


def _command(group: typer.Typer, name: str, text: str) -> Callable[[F], F]:
    return group.command(name, cls=VietnameseCommand, help=text)


@_command(
    _users, "add", "Thêm người dùng; người đầu tiên phải là quản trị (--role admin) và từ đó ai cũng phải đăng nhập."
)
def user_add(
    name: User_,
    role: Role_ = "viewer",
    unit: Unit = None,
    level: Level = None,
    province: Province = None,
    district: District = None,
    commune: Commune = None,
    office_name: Name = None,
    password_stdin: FromInput = False,
) -> None:
    """Add a user."""
    from api.doors.accounts import known_role

    library, accounts = _doors()
    wanted = known_role(role)
    office = _office(library, unit, level, province, district, commune, office_name)
    accounts.check_new(name, wanted)
    first = not accounts.needed()
    user = accounts.add(name, _password(password_stdin), wanted, office)
    _log(library, "user.add", user.name, {"role": user.role})
    _complain(f"Đã thêm {user.name} ({_role(user.role)}, {_label(user.office)}).", ExitCode.OK)
    if first:
        _complain("Từ bây giờ ai dùng trang web hay HTTP API cũng phải đăng nhập hoặc có khóa.", ExitCode.OK)


@_command(_users, "list", "Liệt kê người dùng.")
def user_list(as_json: Json = False) -> None:
    """List the users."""
    users = _doors()[1].users()
    if as_json:
        _print_json([_user(user) for user in users])
    else:
        _table(
            "Người dùng", ("Tên", "Vai trò", "Cơ quan", "Từ ngày", "Tình trạng"), [_user_row(user) for user in users]
        )


@_command(_users, "role", "Đổi vai trò của một người dùng; có hiệu lực ngay.")
def user_role(
    name: User_, role: Annotated[str, typer.Argument(metavar="VAI_TRÒ", help="viewer, editor, admin.")]
) -> None:
    """Give a user another role."""
    from api.doors.accounts import known_role

    library, accounts = _doors()
    wanted = known_role(role)
    accounts.set_role(name, wanted)
    _log(library, "user.role", name, {"role": wanted.value})
    _complain(f"{name} bây giờ là {_role(wanted.value)}.", ExitCode.OK)


@_command(_users, "office", "Chuyển một người dùng sang cơ quan khác; có hiệu lực ngay.")
def user_office(
    name: User_,
    unit: Unit = None,
    level: Level = None,
    province: Province = None,
    district: District = None,
    commune: Commune = None,
    office_name: Name = None,
) -> None:
    """Put a user into another office."""
    library, accounts = _doors()
    office = _office(library, unit, level, province, district, commune, office_name)
    accounts.set_office(name, office)
    _log(library, "user.office", name, {"office": office.payload() if office else None})
    _complain(f"{name} bây giờ thuộc {_label(office.payload() if office else None)}.", ExitCode.OK)


@_command(_users, "disable", "Tạm khóa một người dùng; phiên đăng nhập kết thúc ngay.")
def user_disable(name: User_) -> None:
    """Shut a user out."""
    _set_disabled(name, True, f"Đã tạm khóa {name}.")


@_command(_users, "enable", "Mở lại cho một người dùng đã tạm khóa.")
def user_enable(name: User_) -> None:
    """Let a user in again."""
    _set_disabled(name, False, f"{name} đăng nhập lại được.")


@_command(_users, "password", "Đặt lại mật khẩu; mọi lần đăng nhập của người ấy kết thúc.")
def user_password(name: User_, password_stdin: FromInput = False) -> None:
    """Set a password anew."""
    library, accounts = _doors()
    accounts.set_password(name, _password(password_stdin))
    _log(library, "user.password", name, {})
    _complain(f"Đã đặt lại mật khẩu của {name}.", ExitCode.OK)


@_command(
    _users, "remove", "Bỏ một người dùng; phiên đăng nhập kết thúc ngay. Nhật ký và chỗ sửa của người ấy được giữ."
)
def user_remove(name: User_) -> None:
    """Remove a user."""
    library, accounts = _doors()
    gone = accounts.remove(name)
    _log(library, "user.remove", gone.name, {"role": gone.role})
    _complain(f"Đã bỏ {gone.name}.", ExitCode.OK)
    if not accounts.needed():
        _complain("Không còn người dùng nào: máy chủ chỉ phục vụ trên chính máy này.", ExitCode.OK)


@_command(_keys, "add", "Tạo một khóa API và in ra stdout; chỉ in một lần này.")
def key_add(
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Khóa dùng vào việc gì, ví dụ “lịch phòng GDTrH”.")],
    role: Role_ = "viewer",
    days: Annotated[
        int, typer.Option("--days", metavar="N", min=0, max=3650, help="Hết hạn sau N ngày; 0 là không.")
    ] = 365,
    unit: Unit = None,
    level: Level = None,
    province: Province = None,
    district: District = None,
    commune: Commune = None,
    office_name: Name = None,
) -> None:
    """Make a key."""
    from api.doors.accounts import known_role

    library, accounts = _doors()
    office = _office(library, unit, level, province, district, commune, office_name)
    made = accounts.add_key(name, known_role(role), office, days or None)
    _log(library, "key.add", made.key.prefix, {"name": made.key.name, "role": made.key.role})
    sys.stdout.write(f"{made.text}\n")
    ends = f"đến {made.key.expires_at:%d/%m/%Y}" if made.key.expires_at else "không hết hạn"
    _complain(f"Khóa {made.key.prefix} ({_role(made.key.role)}, {_label(made.key.office)}, {ends}).", ExitCode.OK)
    _complain("Hãy cất khóa ngay: khóa không được lưu và không xem lại được.", ExitCode.OK)


@_command(_keys, "list", "Liệt kê các khóa, không có phần bí mật.")
def key_list(as_json: Json = False) -> None:
    """List the keys."""
    library, accounts = _doors()
    keys = accounts.keys()
    if as_json:
        _print_json([_key(key) for key in keys])
        return
    head = ("Khóa", "Dùng cho", "Vai trò", "Cơ quan", "Tạo ngày", "Tình trạng")
    _table("Khóa API", head, [_key_row(library, key) for key in keys])


@_command(_keys, "revoke", "Thu hồi một khóa; có hiệu lực ngay.")
def key_revoke(
    key: Annotated[str, typer.Argument(metavar="KHÓA", help="Phần đầu của khóa (xem congvan key list).")],
) -> None:
    """End a key."""
    library, accounts = _doors()
    gone = accounts.revoke(key)
    _log(library, "key.revoke", gone.prefix, {"name": gone.name})
    _complain(f"Đã thu hồi khóa {gone.prefix} ({gone.name}).", ExitCode.OK)


@app.command("audit", cls=VietnameseCommand, help="Nhật ký: ai đã xem, sửa, tải gì, khi nào; mới trước.")
def audit(
    who: Annotated[str | None, typer.Option("--who", metavar="TÊN", help="Chỉ của người dùng này.")] = None,
    action: Annotated[
        str | None,
        typer.Option(
            "--action",
            metavar="VIỆC",
            help="Ví dụ see (xem), export (tải), correct (sửa), duty, unit, signin, refused.",
        ),
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option("--subject", metavar="MÃ", help="Chỉ về văn bản, đơn vị, nhiệm vụ có mã bắt đầu như vậy."),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Từ ngày này.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Đến hết ngày này.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1_000_000, help="Số dòng nhiều nhất.")] = 200,
    as_csv: Annotated[bool, typer.Option("--csv", help="In CSV ra stdout.")] = False,
    as_json: Json = False,
) -> None:
    """Show the audit log."""
    library = _library()
    first, last = _midnight(library, since, 0), _midnight(library, until, 1)
    found = (
        library.store.desk.audit(limit, who=who, action=action, subject=subject, since=first, until=last)
        if library.has_store()
        else []
    )
    if as_json:
        _print_json([_entry(library, row) for row in found])
    elif as_csv:
        _csv(library, found)
    else:
        rows = [_audit_row(library, row) for row in found]
        _table("Nhật ký", ("Lúc", "Ai", "Cơ quan", "Việc", "Về", "Từ"), rows)


def _doors() -> tuple[Library, Accounts]:
    from api.doors.accounts import Accounts

    library = _library()
    return library, Accounts(library)


def _set_disabled(name: str, disabled: bool, told: str) -> None:
    library, accounts = _doors()
    accounts.set_disabled(name, disabled)
    _log(library, "user.disable" if disabled else "user.enable", name, {})
    _complain(told, ExitCode.OK)


def _office(library: Library, unit: str | None, *place: str | None) -> Office | None:
    """Return the office that was described, None for the server's own. Raises BadInputError."""
    from api.doors.accounts import described_office

    return described_office(library, unit, *place)


def _password(from_input: bool) -> str:
    """Return a password that was typed twice without being shown, or the first line of stdin."""
    import getpass

    if from_input or not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
        if not given:
            raise BadInputError("Không có mật khẩu nào trên stdin.", "Hãy đưa mật khẩu vào dòng đầu của stdin.")
        return given
    first = getpass.getpass("Mật khẩu: ", sys.stderr)
    if getpass.getpass("Gõ lại mật khẩu: ", sys.stderr) != first:
        raise BadInputError("Hai lần gõ không giống nhau.", "Hãy chạy lại lệnh.")
    return first


def _log(library: Library, action: str, subject: str, payload: dict[str, Any]) -> None:
    from corpus.desk import Audit

    library.store.accounts.log([Audit(library.now(), action, subject, payload, "", "", "")])


def _midnight(library: Library, day: str | None, later: int) -> datetime | None:
    """Return when a day begins in Viet Nam, ``later`` days on. Raises BadInputError."""
    from api.library import HANOI
    from api.usecases.years import day_of

    found = day_of(day, "Ngày (--from, --to)")
    if found is None:
        return None
    return library.utc(datetime(found.year, found.month, found.day, tzinfo=HANOI) + timedelta(days=later))


def _role(role: str) -> str:
    from api.doors.person import ROLE_NAMES, Role

    return ROLE_NAMES[Role(role)]


def _label(office: dict[str, Any] | None) -> str:
    from api.doors.offices import Office

    found = Office.of(office)
    return found.label() if found else "cơ quan của máy chủ"


def _user(user: User) -> dict[str, Any]:
    plain = {"name": user.name, "role": user.role, "office": user.office, "made_at": user.made_at.isoformat()}
    return plain | {"disabled_at": user.disabled_at.isoformat() if user.disabled_at else None}


def _user_row(user: User) -> tuple[str, ...]:
    state = "tạm khóa" if user.disabled_at else "dùng được"
    return user.name, _role(user.role), _label(user.office), f"{user.made_at:%d/%m/%Y}", state


def _key(key: Key) -> dict[str, Any]:
    ends = {
        name: at.isoformat() if at else None
        for name, at in (("expires_at", key.expires_at), ("revoked_at", key.revoked_at))
    }
    plain = {"prefix": key.prefix, "name": key.name, "role": key.role, "office": key.office}
    return plain | {"made_at": key.made_at.isoformat()} | ends


def _key_row(library: Library, key: Key) -> tuple[str, ...]:
    state = "dùng được" if key.holds(library.now()) else "đã thu hồi" if key.revoked_at else "đã hết hạn"
    if key.expires_at and key.holds(library.now()):
        state = f"đến {key.expires_at:%d/%m/%Y}"
    return key.prefix, key.name, _role(key.role), _label(key.office), f"{key.made_at:%d/%m/%Y}", state


def _entry(library: Library, row: Audit) -> dict[str, Any]:
    return {
        "at": library.local(row.at).isoformat(), "who": row.who, "office": row.office, "action": row.action,
        "subject": row.subject, "address": row.address, "payload": row.payload,
    }  # fmt: skip


def _audit_row(library: Library, row: Audit) -> tuple[str, ...]:
    at = f"{library.local(row.at):%d/%m/%Y %H:%M:%S}"
    return at, row.who or "máy chủ", row.office, row.action, row.subject[:40], row.address


def _csv(library: Library, rows: list[Audit]) -> None:
    """Write the log for spreadsheets; what begins like a formula is marked as text."""
    import json

    from api.tables import safe

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_COLUMNS)
    for row in rows:
        entry = _entry(library, row) | {"payload": json.dumps(row.payload, ensure_ascii=False)}
        out.writerow([safe(str(entry[name])) for name in _COLUMNS])


def _table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from api import console

    made = Table(title=title, title_justify="left")
    for name in head:
        made.add_column(name, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    console.show(made)
