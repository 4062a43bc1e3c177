"""Opening the database and bringing its schema up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from objections.errors import ObjectionsError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"
SECONDS_TO_WAIT: Final = 20
"""For a writer of another process to finish."""
_LOCK: Final = 0x0B7EC7
"""Number of the lock that one upgrade of a PostgreSQL database holds."""
_READS: Final = "objections_reads"
"""Name of the option of connections that only read."""


class StoreError(ObjectionsError):
    """The database cannot be used as it is."""


class Database:
    """A database, SQLite or PostgreSQL.

    Parameters
    ----------
    url : str
        As SQLAlchemy writes it: ``sqlite:///feedback.db``, ``postgresql://user@host/name``.

    Raises
    ------
    StoreError
        Where the address makes no sense or names a database of another kind.
    """

    def __init__(self, url: str) -> None:
        try:
            address = make_url(url)
        except ArgumentError:
            raise StoreError(
                "OBJECTIONS_DATABASE_URL is no address of a database; write sqlite:///FILE or "
                "postgresql://USER:PASSWORD@HOST/NAME"
            ) from None
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        if address.drivername not in {"sqlite", "postgresql+psycopg"}:
            raise StoreError(
                f"the database is of the kind {address.drivername}; this version knows sqlite and postgresql"
            )
        self.name = address.render_as_string(hide_password=True)
        self.engine = create_engine(address, pool_pre_ping=True, connect_args=_arguments(address.drivername))
        if address.drivername == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a database and bring its schema up to date; a file of SQLite is made where it is missing.

        Raises
        ------
        StoreError
            Where it cannot be reached or is of a later version.
        """
        database = cls(url)
        database.upgrade()
        return database

    def upgrade(self) -> None:
        """Bring the schema up to date; several processes may try at once.

        Raises
        ------
        StoreError
            Where the database cannot be reached or is of a later version.
        """
        from alembic import command  # noqa: PLC0415 (half a second that only an upgrade needs)
        from alembic.util import CommandError  # noqa: PLC0415

        try:
            with self.engine.connect() as connection, _locked(connection):
                command.upgrade(_configure(connection), "head")
        except CommandError:
            raise StoreError(
                f"the database {self.name} was made by a later version of this program: run that version"
            ) from None
        except DBAPIError as error:
            raise StoreError(f"the database {self.name} cannot be used ({_reason(error)})") from None

    def version(self) -> str | None:
        """Give the version of its schema; None where it has none yet.

        Raises
        ------
        StoreError
            Where the database cannot be reached.
        """
        from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 (as in `upgrade`)

        with self.reading() as session:
            return MigrationContext.configure(session.connection()).get_current_revision()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a transaction: what is done in the block is kept as a whole or not at all.

        Raises
        ------
        StoreError
            Where the database cannot be reached or another writer holds it too long.
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except OperationalError as error:
            raise StoreError(
                f"the database {self.name} cannot be used now ({_reason(error)}); "
                "nothing was stored, try again"
            ) from None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a transaction that only reads: on SQLite too it waits for no writer.

        Raises
        ------
        StoreError
            Where the database cannot be reached.
        """
        try:
            with Session(self.engine.execution_options(**{_READS: True})) as session, session.begin():
                yield session
        except DBAPIError as error:
            raise StoreError(f"the database {self.name} cannot be read ({_reason(error)})") from None

    def is_there(self) -> bool:
        """Say whether there is a database at the address; of PostgreSQL only a connection can tell."""
        address = self.engine.url
        return address.drivername != "sqlite" or Path(address.database or "").is_file()

    def close(self) -> None:
        """Give up all connections."""
        self.engine.dispose()


def newest_version() -> str | None:
    """Give the version of the schema that this program writes."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 (as in `Database.upgrade`)

    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _arguments(driver: str) -> dict[str, Any]:
    return {"timeout": SECONDS_TO_WAIT} if driver == "sqlite" else {"connect_timeout": SECONDS_TO_WAIT}


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 (the driver's own)
    """Readers and one writer at once; what is acknowledged survives a power cut.

    The driver begins no transaction by itself: `BEGIN IMMEDIATE` takes the writer's place at once, so that
    two writers wait for each other instead of failing when the second one turns from reading to writing.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        reads = connection.get_execution_options().get(_READS)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def _locked(connection: Connection) -> Iterator[None]:
    """Let one process at a time change the schema, in one transaction."""
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield


def _configure(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 (as in `Database.upgrade`)

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _reason(error: DBAPIError) -> str:
    """Give the first line of what the driver says: it holds no data."""
    return str(error.orig).strip().partition("\n")[0]
