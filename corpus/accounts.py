"""Who may come in (người dùng, khóa, phiên đăng nhập), and which office brought a directive in.

Secrets never come here: a password or a key is its argon2 hash, a sign-in is the SHA-256 of its token. An office is the
place of a unit in the tree (kind, level, province, district, commune, name) as plain data, None for the server's own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from corpus.desk import Audit
from corpus.errors import BadInputError, NotFoundError
from corpus.fields import columns, record
from corpus.schema import AuditRow, KeyRow, OriginRow, SignInRow, UserRow

Office = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """A person who signs in; ``password`` is the hash and stays out of ``repr``."""

    id: str
    name: str
    role: str
    office: Office | None
    made_at: datetime
    disabled_at: datetime | None = None

    @classmethod
    def of(cls, row: UserRow) -> User:
        """Return the user of a row."""
        return record(cls, row)


@dataclass(frozen=True, slots=True)
class Key:
    """A program's key, without its secret."""

    id: str
    prefix: str
    name: str
    role: str
    office: Office | None
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: KeyRow) -> Key:
        """Return the key of a row."""
        return record(cls, row)

    def holds(self, now: datetime) -> bool:
        """Whether the key opens anything now."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in with its user."""

    id: str
    user: User
    seen_at: datetime
    expires_at: datetime


class Accounts:
    """Users, keys, sign-ins and origins of one store; part of ``corpus.store.Store``."""

    def __init__(self, engine: Engine, guarded: Callable[[], AbstractContextManager[None]]) -> None:
        self._engine = engine
        self._guarded = guarded

    # users

    def any_user(self) -> bool:
        """Whether anybody may sign in: from then on nobody comes in without."""
        with self._guarded(), Session(self._engine) as session:
            return session.scalar(select(UserRow.id).limit(1)) is not None

    def add_user(self, user: User, password: str) -> None:
        """Keep a new user with the hash of the password. Raises BadInputError where the name is taken."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            if session.scalar(select(UserRow.id).where(UserRow.name == user.name)) is not None:
                raise BadInputError(f"Đã có người dùng “{user.name}”.", "Hãy chọn tên khác.")
            session.add(UserRow(**columns(user), password=password, changed_at=user.made_at))

    def users(self) -> list[User]:
        """Return all users by name."""
        with self._guarded(), Session(self._engine) as session:
            return [User.of(row) for row in session.scalars(select(UserRow).order_by(UserRow.name))]

    def user(self, name: str) -> tuple[User, str] | None:
        """Return a user with the hash of the password, None for a name nobody has."""
        with self._guarded(), Session(self._engine) as session:
            row = session.scalars(select(UserRow).where(UserRow.name == name)).first()
            return None if row is None else (User.of(row), row.password)

    def set_role(self, name: str, role: str, now: datetime, *, keep_an: str) -> None:
        """Give a user another role. Raises NotFoundError, and BadInputError where nobody would be left in the role
        ``keep_an``."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = _named(session, name)
            if role != keep_an:
                _others(session, row, keep_an)
            row.role, row.changed_at = role, now

    def set_office(self, name: str, office: Office | None, now: datetime) -> None:
        """Put a user into another office. Raises NotFoundError."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = _named(session, name)
            row.office, row.changed_at = office, now

    def set_disabled(self, name: str, disabled: bool, now: datetime, *, keep_an: str) -> None:
        """Shut a user out, which ends the sign-ins, or let the user in again. Raises NotFoundError, and BadInputError
        where nobody would be left in the role ``keep_an``."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = _named(session, name)
            if disabled:
                _others(session, row, keep_an)
                session.execute(delete(SignInRow).where(SignInRow.user_id == row.id))
                row.disabled_at = row.disabled_at or now
            else:
                row.disabled_at = None
            row.changed_at = now

    def last_sign_ins(self) -> dict[str, datetime]:
        """Return by name when people last signed in, as the log has it."""
        with self._guarded(), Session(self._engine) as session:
            query = select(AuditRow.subject, func.max(AuditRow.at)).where(AuditRow.action == "signin")
            return {row[0]: row[1] for row in session.execute(query.group_by(AuditRow.subject))}

    def set_password(self, name: str, password: str, now: datetime, keep: str | None = None) -> None:
        """Change the hash of a password and end the user's sign-ins but for ``keep``. Raises NotFoundError."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = _named(session, name)
            row.password, row.changed_at = password, now
            session.execute(delete(SignInRow).where(SignInRow.user_id == row.id, SignInRow.id != (keep or "")))

    def rehash(self, user_id: str, known: str, password: str) -> None:
        """Put a hash of today's cost in place of ``known``, which is of the same password."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.execute(
                update(UserRow).where(UserRow.id == user_id, UserRow.password == known).values(password=password)
            )

    def remove_user(self, name: str, *, keep_an: str) -> User:
        """Remove a user with the sign-ins. Raises NotFoundError, and BadInputError where others would be left
        without anybody in the role ``keep_an``."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = _named(session, name)
            if session.scalar(select(func.count()).select_from(UserRow)) != 1:
                _others(session, row, keep_an)
            gone = User.of(row)
            session.execute(delete(SignInRow).where(SignInRow.user_id == row.id))
            session.delete(row)
            return gone

    # keys

    def add_key(self, key: Key, secret: str) -> None:
        """Keep a new key with the hash of its secret."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.add(KeyRow(**columns(key), hash=secret))

    def keys(self) -> list[Key]:
        """Return all keys, newest first."""
        with self._guarded(), Session(self._engine) as session:
            return [Key.of(row) for row in session.scalars(select(KeyRow).order_by(KeyRow.made_at.desc(), KeyRow.id))]

    def key(self, prefix: str) -> tuple[Key, str] | None:
        """Return a key with the hash of its secret, None for a prefix that no key has."""
        with self._guarded(), Session(self._engine) as session:
            row = session.scalars(select(KeyRow).where(KeyRow.prefix == prefix)).first()
            return None if row is None else (Key.of(row), row.hash)

    def revoke_key(self, prefix: str, now: datetime) -> Key:
        """End a key. Raises NotFoundError."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = session.scalars(select(KeyRow).where(KeyRow.prefix == prefix)).first()
            if row is None:
                raise NotFoundError(f"Không có khóa nào là “{prefix}”.", "Hãy xem congvan key list.")
            row.revoked_at = row.revoked_at or now
            return Key.of(row)

    # sign-ins

    def add_sign_in(self, token_hash: str, user_id: str, now: datetime, expires_at: datetime) -> None:
        """Keep a sign-in; those that have ended are swept away."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.execute(delete(SignInRow).where(SignInRow.expires_at < now))
            session.add(SignInRow(id=token_hash, user_id=user_id, made_at=now, seen_at=now, expires_at=expires_at))

    def sign_in(self, token_hash: str) -> SignIn | None:
        """Return a sign-in with its user as it is now, None where there is none."""
        with self._guarded(), Session(self._engine) as session:
            query = select(SignInRow, UserRow).join(UserRow, UserRow.id == SignInRow.user_id)
            query = query.where(SignInRow.id == token_hash, UserRow.disabled_at.is_(None))
            found = session.execute(query).first()
            if found is None:
                return None
            row, user = found
            return record(SignIn, row, user=User.of(user))

    def see(self, token_hash: str, now: datetime) -> None:
        """Note that a sign-in is in use."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.execute(update(SignInRow).where(SignInRow.id == token_hash).values(seen_at=now))

    def end_sign_in(self, token_hash: str) -> None:
        """End a sign-in."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.execute(delete(SignInRow).where(SignInRow.id == token_hash))

    # origins

    def note_origin(self, document_id: str, office: Office | None, who: str, now: datetime) -> None:
        """Note who brought a directive in; who came first stays."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            if session.get(OriginRow, document_id) is None:
                session.add(OriginRow(document_id=document_id, office=office, who=who, at=now))

    def forget_origin(self, document_id: str) -> None:
        """Forget who brought in a directive that was taken out."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.execute(delete(OriginRow).where(OriginRow.document_id == document_id))

    def origin(self, document_id: str) -> Office | None:
        """Return the office that brought a directive in; None for the server's own, or where nobody knows."""
        with self._guarded(), Session(self._engine) as session:
            row = session.get(OriginRow, document_id)
            return None if row is None else row.office

    # the log

    def log(self, entries: list[Audit]) -> None:
        """Add rows to the audit log."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.add_all(AuditRow(**columns(entry)) for entry in entries)


def _named(session: Session, name: str) -> UserRow:
    row = session.scalars(select(UserRow).where(UserRow.name == name)).first()
    if row is None:
        raise NotFoundError(f"Không có người dùng “{name}”.", "Hãy xem congvan user list.")
    return row


def _others(session: Session, row: UserRow, role: str) -> None:
    """Raise BadInputError where nobody but ``row`` has the role."""
    others = (UserRow.role == role, UserRow.id != row.id, UserRow.disabled_at.is_(None))
    if row.role == role and row.disabled_at is None and session.scalar(select(UserRow.id).where(*others)) is None:
        raise BadInputError(
            f"“{row.name}” là người quản trị cuối cùng.", "Hãy thêm một người quản trị khác trước (congvan user add)."
        )
