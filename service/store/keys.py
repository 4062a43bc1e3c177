"""API keys: who may do what.

Of a key only its SHA-256 is stored. Passwords need a slow hash because people choose them and they can be
guessed; a key is 256 random bits, which nobody can try out however fast the hash is, and a fast one lets
every request be checked.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from sqlalchemy import Integer, String, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from objections.errors import ObjectionsError
from service.roles import ROLES, Role
from service.store.base import Base, Moment, hold_writers, now
from service.store.database import Database

PREFIX: Final = "obj_"
_BYTES: Final = 32
_SHOWN: Final = len(PREFIX) + 4
"""Characters of a key that stay readable, for people to tell keys apart by."""
_LONGEST_NAME: Final = 200
"""As long as the author of a correction may be."""


class KeyNameError(ObjectionsError):
    """A key cannot have this name, or none has it."""


class ApiKey(Base):
    """A row of the table of keys. Rows stay for good, so that a name means one person."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(_LONGEST_NAME), unique=True)
    roles: Mapped[str] = mapped_column(String(100))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    shown: Mapped[str] = mapped_column(String(20))
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    revoked: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret.

    Attributes
    ----------
    name : str
    roles : frozenset of Role
    hash : str
        SHA-256 of its text.
    shown : str
        How its text begins.
    created : datetime
    revoked : datetime or None
    """

    name: str
    roles: frozenset[Role]
    hash: str
    shown: str
    created: datetime
    revoked: datetime | None


def digest(text: str | bytes) -> str:
    """Give what is stored of the text of a key."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def create_key(session: Session, name: str, roles: Iterable[Role]) -> str:
    """Make a key and give its text, which nobody can read again.

    Raises
    ------
    KeyNameError
        Where the name is taken, also by a key that was revoked, or is none.
    ValueError
        Where there is no role: such a key could do nothing.
    """
    asked = set(roles)
    chosen = [role for role in ROLES if role in asked]
    if not chosen:
        raise ValueError(f"a key needs a role: {', '.join(ROLES)}")
    if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
        raise KeyNameError(f"the name of a key has 1 to {_LONGEST_NAME} characters that can be printed")
    hold_writers(session, ApiKey)
    if session.scalar(select(ApiKey.id).where(ApiKey.name == name)) is not None:
        raise KeyNameError(f"there is or was a key «{name}»: choose another name")
    text = PREFIX + secrets.token_urlsafe(_BYTES)
    session.add(ApiKey(name=name, roles=" ".join(chosen), hash=digest(text), shown=text[:_SHOWN]))
    return text


def revoke_key(session: Session, name: str) -> bool:
    """Revoke a key; say whether it was valid until now.

    Raises
    ------
    KeyNameError
        Where there is no such key.
    """
    row = session.scalar(select(ApiKey).where(ApiKey.name == name))
    if row is None:
        raise KeyNameError(f"there is no key «{name}»; `objections keys list` shows the keys")
    was_valid = row.revoked is None
    row.revoked = row.revoked or now()
    return was_valid


def list_keys(session: Session) -> list[Key]:
    """Give all keys, also those that were revoked, in the order in which they were made."""
    return [_key(row) for row in session.scalars(select(ApiKey).order_by(ApiKey.id))]


def read_keys(database: Database) -> list[Key]:
    """Give all keys of a database as it stands: nothing is made, upgraded or held up.

    Raises
    ------
    StoreError
        Where it cannot be reached.
    """
    if not database.is_there():
        return []
    with database.reading() as session:
        if not inspect(session.connection()).has_table(ApiKey.__tablename__):
            return []
        return list_keys(session)


def find_key(valid: Mapping[str, Key], text: bytes) -> Key | None:
    """Find the key of a text among valid ones by their hashes."""
    sent = digest(text)
    key = valid.get(sent)
    return key if key is not None and hmac.compare_digest(key.hash, sent) else None


def _key(row: ApiKey) -> Key:
    roles = frozenset(cast("list[Role]", row.roles.split()))
    return Key(row.name, roles, row.hash, row.shown, row.created, row.revoked)
