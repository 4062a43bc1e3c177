"""A database of either kind: SQLite always, PostgreSQL where a server can be started (CI has one)."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from service.store.database import Database

_POSTGRES = "PostgreSQL is not installed here: apt-get install postgresql"


def _find_postgres(program: str) -> str | None:
    """Find a program of PostgreSQL: Debian keeps them outside of PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(places[-1]) if places else shutil.which(program)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real server of its own, reached by a socket; gone after the tests."""
    initdb, control = _find_postgres("initdb"), _find_postgres("pg_ctl")
    if initdb is None or control is None:
        pytest.skip(_POSTGRES)
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: that of a socket has 107 letters at most
    data, user = folder / "data", []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")
        for parent in folder.parents:
            if parent.owner() != "root" or parent == Path("/tmp"):  # noqa: S108 (the walk up ends there)
                break
            parent.chmod(parent.stat().st_mode | 0o011)

    def run(*command: str | Path) -> None:
        subprocess.run([*user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(initdb, "-D", data, "-A", "trust", "-U", "objections", "-N")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    log = folder / "log"
    run(control, "-D", data, "-o", options, "-l", log, "-w", "start")
    try:
        yield f"postgresql+psycopg://objections@/postgres?host={folder}"
    finally:
        run(control, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'feedback.db'}"
        return
    server: str = request.getfixturevalue("postgres")
    name = f"test_{abs(hash(str(tmp_path)))}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with the newest schema."""
    opened = Database.open(database_url)
    yield opened
    opened.close()
