"""What all tables share."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import DateTime, Dialect, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""So that a later version of the schema can name what it changes, on either database."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: SQLite knows no time zones, PostgreSQL would give its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn it to UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that it is UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table is made from."""

    metadata = MetaData(naming_convention=_NAMES)


def now() -> datetime:
    """Give the moment that rows are stamped with."""
    return datetime.now(UTC)


def hold_writers(session: Session, table: type[Base]) -> None:
    """Let one writer at a time look what is known in a table and add to it, as SQLite does by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {table.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))
