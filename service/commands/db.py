"""``objections db``: the database of corrections, reviewed lines and keys."""

import sys

import click

from service.settings import Settings


@click.group()
def db() -> None:
    """Look after the database of corrections, reviewed lines and keys."""


@db.command()
def upgrade() -> None:
    """Bring its schema up to date, as the service does when it first uses it."""
    from service.store.database import Database

    database = Database.open(Settings.from_environment().database)
    click.echo(f"{database.name} has the schema {database.version()}.", err=True)
    database.close()


@db.command()
def version() -> None:
    """Write the version of its schema and the version that this program needs."""
    from service.store.database import Database, newest_version

    database = Database(Settings.from_environment().database)
    found = database.version() if database.is_there() else None
    database.close()
    sys.stdout.write(f"{found or 'none'}\n")
    if found != newest_version():
        click.echo(f"This program needs {newest_version()}: `objections db upgrade` makes it so.", err=True)
