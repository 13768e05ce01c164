"""Users, keys and sign-ins as an office manages them, and who a password, a cookie or a key stands for."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from api.doors import hashing
from api.doors.limits import Lockout, Rate
from api.doors.offices import Office
from api.doors.person import Person, Role
from corpus.accounts import Accounts as Kept
from corpus.accounts import Key, User
from corpus.desk import Audit
from corpus.errors import BadInputError, NotFoundError
from corpus.text import nfc

if TYPE_CHECKING:
    from api.library import Library

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,58}[a-z0-9]")
#: A sign-in that is not used for so long ends; that it is used is written down at most so often.
_IDLE, _SEE_EVERY = timedelta(hours=2), timedelta(minutes=5)
#: From one address so many tries to sign in a minute, and so many at once.
_TRIES, _TRIES_AT_ONCE = 20.0, 10.0


class WrongPasswordError(BadInputError):
    """The name or the password is wrong; which of the two is not told."""

    http_status = 401


class WaitError(BadInputError):
    """Too many tries; ``seconds`` until the next one."""

    http_status = 429

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__("Đã thử sai nhiều lần.", f"Hãy đợi {_duration(self.seconds)} rồi thử lại.")


@dataclass(frozen=True, slots=True)
class Made:
    """What is shown once: a key with its text."""

    key: Key
    text: str = field(repr=False)


class Accounts:
    """The use case of letting people and programs in."""

    def __init__(self, library: Library, clock: Callable[[], float] = time.monotonic) -> None:
        self._library = library
        self._proven = hashing.Proven()
        self._lockout = Lockout(clock=clock)
        self._tries = Rate(_TRIES, _TRIES_AT_ONCE, clock)

    @property
    def _kept(self) -> Kept:
        return self._library.store.accounts

    def needed(self) -> bool:
        """Whether anybody must sign in: as soon as there is one user."""
        return self._library.has_store() and self._kept.any_user()

    # users

    def add(self, name: str, password: str, role: Role, office: Office | None) -> User:
        """Add a user. Raises BadInputError for a name or a password that will not do, and where the first user is
        to be no admin."""
        clean = self.check_new(name, role)
        password = hashing.good_password(clean, password)
        user = User(uuid.uuid4().hex, clean, role.value, office.payload() if office else None, self._library.now())
        self._kept.add_user(user, hashing.hashed(password))
        return user

    def check_new(self, name: str, role: Role) -> str:
        """Return the name of a user to be. Raises BadInputError, as ``add`` would."""
        clean = user_name(name)
        if role is not Role.ADMIN and not self.needed():
            raise BadInputError(
                "Người dùng đầu tiên phải là người quản trị.", "Hãy thêm lại với --role admin; sau đó thêm người khác."
            )
        return clean

    def users(self) -> list[User]:
        """Return all users by name."""
        return self._kept.users() if self._library.has_store() else []

    def set_role(self, name: str, role: Role) -> None:
        """Give a user another role; the last admin stays one. Raises NotFoundError, BadInputError."""
        self._kept.set_role(user_name(name), role.value, self._library.now(), keep_an=Role.ADMIN.value)

    def set_office(self, name: str, office: Office | None) -> None:
        """Put a user into another office, None for the server's own; it counts at once. Raises NotFoundError."""
        self._kept.set_office(user_name(name), office.payload() if office else None, self._library.now())

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Shut a user out (tạm khóa), whose sign-ins end at once, or let the user in again; the last admin stays.
        Raises NotFoundError, BadInputError."""
        self._kept.set_disabled(user_name(name), disabled, self._library.now(), keep_an=Role.ADMIN.value)

    def one(self, name: str) -> User:
        """Return a user. Raises NotFoundError."""
        found = self._kept.user(user_name(name)) if self._library.has_store() else None
        if found is None:
            raise NotFoundError(f"Không có người dùng “{name[:60]}”.", "Hãy xem danh sách người dùng.")
        return found[0]

    def last_sign_ins(self) -> dict[str, datetime]:
        """Return by name when people last signed in."""
        return self._kept.last_sign_ins() if self._library.has_store() else {}

    def history(self, name: str, most: int = 50) -> list[Audit]:
        """Return the sign-ins of a user, those that failed too, and the changes of the password, newest first."""
        rows = self._library.store.desk.audit(4 * most, subject=name) if self._library.has_store() else []
        wanted = ("signin", "signin.failed", "signout", "password", "user.password")
        return [row for row in rows if row.subject == name and row.action in wanted][:most]

    def set_password(self, name: str, password: str, keep: str | None = None) -> None:
        """Change a password; all sign-ins of the user end, but for ``keep``. Raises NotFoundError, BadInputError."""
        clean = user_name(name)
        if self._kept.user(clean) is None:
            raise NotFoundError(f"Không có người dùng “{clean}”.", "Hãy xem congvan user list.")
        hashed = hashing.hashed(hashing.good_password(clean, password))
        self._kept.set_password(clean, hashed, self._library.now(), keep)
        self._lockout.passed(clean)

    def remove(self, name: str) -> User:
        """Remove a user; sign-ins end at once. Raises NotFoundError, BadInputError for the last admin."""
        return self._kept.remove_user(user_name(name), keep_an=Role.ADMIN.value)

    # keys

    def add_key(self, name: str, role: Role, office: Office | None, days: int | None) -> Made:
        """Make a key; its text is told this once. Raises BadInputError while nobody can sign in."""
        if not self.needed():
            raise BadInputError(
                "Chưa có người dùng nào nên chưa cần khóa.", "Hãy thêm người quản trị trước: congvan user add."
            )
        label = nfc(name).strip()
        if not 0 < len(label) <= 60 or not label.isprintable():
            raise BadInputError("Tên của khóa không được để trống hoặc quá dài.", "Tối đa 60 ký tự.")
        prefix, text = hashing.new_key()
        now = self._library.now()
        ends = now + timedelta(days=days) if days is not None else None
        key = Key(uuid.uuid4().hex, prefix, label, role.value, office.payload() if office else None, now, ends, None)
        self._kept.add_key(key, hashing.hashed(text))
        return Made(key, text)

    def keys(self) -> list[Key]:
        """Return all keys, newest first."""
        return self._kept.keys() if self._library.has_store() else []

    def revoke(self, prefix: str) -> Key:
        """End a key at once, in every process. Raises NotFoundError."""
        known = hashing.prefix_of(prefix) or prefix.strip()
        return self._kept.revoke_key(known, self._library.now())

    # coming in

    def sign_in(self, name: str, password: str, address: str) -> str:
        """Return a new token for the cookie. Raises WrongPasswordError and WaitError."""
        wait = self._tries.take(address)
        clean = nfc(name).strip().lower()[:60]
        wait = max(wait, self._lockout.wait(clean))
        if wait > 0:
            raise WaitError(wait)
        # counted before it is known whether it is wrong, so that many at the same time are many
        self._lockout.failed(clean)
        found = self._kept.user(clean) if _NAME.fullmatch(clean) else None
        known = found[1] if found else None
        right = hashing.fits(known, password[: hashing.LONGEST + 1])
        if not right or found is None or known is None or found[0].disabled_at is not None:
            raise WrongPasswordError("Tên đăng nhập hoặc mật khẩu không đúng.", "Hãy kiểm tra rồi thử lại.")
        self._lockout.passed(clean)
        user = found[0]
        if hashing.outdated(known):
            self._kept.rehash(user.id, known, hashing.hashed(password))
        token, now = hashing.new_token(), self._library.now()
        ends = now + timedelta(hours=self._library.settings.session_hours)
        self._kept.add_sign_in(hashing.fingerprint(token), user.id, now, ends)
        return token

    def knows(self, name: str) -> bool:
        """Whether anybody has this name."""
        clean = nfc(name).strip().lower()
        return _NAME.fullmatch(clean) is not None and self._kept.user(clean) is not None

    def change_password(self, person: Person, old: str, new: str) -> None:
        """Change one's own password; one's other sign-ins end. Raises WrongPasswordError, WaitError, BadInputError."""
        self.prove(person, old)
        self.set_password(person.name, new, keep=person.sign_in)

    def prove(self, person: Person, password: str) -> None:
        """See that who is signed in knows the password, so that a stolen cookie opens no lasting door. Raises
        BadInputError for who has none, WrongPasswordError, WaitError."""
        if not person.sign_in:
            raise BadInputError("Việc này dành cho người đăng nhập bằng mật khẩu.", "Hãy đăng nhập rồi làm lại.")
        wait = self._lockout.wait(person.name)
        if wait > 0:
            raise WaitError(wait)
        found = self._kept.user(person.name)
        self._lockout.failed(person.name)
        if found is None or not hashing.fits(found[1], password[: hashing.LONGEST + 1]):
            raise WrongPasswordError("Mật khẩu hiện tại không đúng.", "Hãy kiểm tra rồi thử lại.")
        self._lockout.passed(person.name)

    def sign_out(self, token: str) -> None:
        """End a sign-in."""
        self._kept.end_sign_in(hashing.fingerprint(token))

    def by_token(self, token: str, address: str) -> Person | None:
        """Return whose sign-in a cookie holds, None where it has ended."""
        name = hashing.fingerprint(token)
        found = self._kept.sign_in(name)
        now = self._library.now()
        if found is None or now >= found.expires_at or now - found.seen_at >= _IDLE:
            return None
        if now - found.seen_at >= _SEE_EVERY:
            self._kept.see(name, now)
        user = found.user
        csrf = hashing.derived(token, "csrf")
        return Person(user.name, Role(user.role), Office.of(user.office), f"u:{user.id}", name, csrf, address)

    def by_name(self, name: str, address: str) -> Person:
        """Return who a user is, without a password: for the command line, whose user has the store's files anyway.
        Raises NotFoundError."""
        user = self.one(name)
        return Person(user.name, Role(user.role), Office.of(user.office), f"u:{user.id}", address=address)

    def by_key(self, text: str, address: str) -> Person | None:
        """Return whose key this is, None for one that opens nothing (any more)."""
        prefix = hashing.prefix_of(text)
        found = self._kept.key(prefix) if prefix else None
        if found is None or not found[0].holds(self._library.now()) or not self._proven.fits(found[1], text):
            return None
        key = found[0]
        name = f"khóa {key.name} ({key.prefix})"
        return Person(name, Role(key.role), Office.of(key.office), f"k:{key.id}", address=address)


def user_name(name: str) -> str:
    """Return a user's name. Raises BadInputError for one that will not do."""
    clean = nfc(name).strip().lower()
    if not _NAME.fullmatch(clean):
        raise BadInputError(
            f"Tên đăng nhập “{clean[:60]}” không dùng được.",
            "Hãy dùng 3 đến 60 chữ cái không dấu, chữ số, dấu chấm, gạch ngang hoặc @.",
        )
    return clean


def described_office(library: Library, unit: str | None, *place: str | None) -> Office | None:
    """Return the office that a person described, None for the server's own. Raises BadInputError."""
    from api.usecases.places import payload_of

    if unit is None:
        if any(place):
            raise BadInputError("Thiếu loại đơn vị.", "Hãy chọn loại đơn vị, ví dụ Phòng GDĐT (phong_gddt).")
        return None
    return Office.of(payload_of(library.profile(unit, *place)))


def known_role(text: str) -> Role:
    """Return a role by its code or its Vietnamese name. Raises BadInputError."""
    from api.doors.person import ROLE_NAMES

    wanted = nfc(text).strip().lower()
    for role, name in ROLE_NAMES.items():
        if wanted in (role.value, name):
            return role
    choices = ", ".join(f"{role.value} ({name})" for role, name in ROLE_NAMES.items())
    raise BadInputError(f"Không có vai trò “{text[:40]}”.", f"Hãy chọn một trong: {choices}.")


def _duration(seconds: int) -> str:
    return f"{seconds} giây" if seconds < 90 else f"{round(seconds / 60)} phút"
