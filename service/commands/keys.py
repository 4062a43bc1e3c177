"""``objections keys``: who may use the service."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from service.roles import ROLES
from service.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.roles import Role
    from service.store.keys import Key


@click.group()
def keys() -> None:
    """Make and revoke API keys: with the first one, every request to the service needs one."""


@keys.command()
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(ROLES),
    help="What it may do; may be repeated.",
)
def create(name: str, roles: tuple["Role", ...]) -> None:
    """Make a key and write it to standard output, once."""
    from service.store.keys import create_key

    with _session() as session:
        text = create_key(session, name, roles)
    sys.stdout.write(f"{text}\n")
    _say(
        f"This is the key of «{name}»; it is stored nowhere and cannot be shown again. "
        "Send it as: Authorization: Bearer KEY"
    )


@keys.command("list")
def list_() -> None:
    """List the keys: how they begin, never the whole."""
    from service.store.keys import list_keys

    with _session() as session:
        found = list_keys(session)
    sys.stdout.writelines(f"{_row(key)}\n" for key in found)
    if not any(key.revoked is None for key in found):
        _say("No key is valid; `objections keys create NAME --role score` makes one.")


@keys.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Take a key back; running services refuse it within two seconds."""
    from service.store.keys import list_keys, revoke_key

    with _session() as session:
        was_valid = revoke_key(session, name)
        left = sum(key.revoked is None for key in list_keys(session))
    _say(f"The key of «{name}» {'is revoked' if was_valid else 'was revoked before'}.")
    if not left:
        _say("No key is valid now: the service refuses every request until you make another.")


@contextmanager
def _session() -> Iterator["Session"]:
    from service.store.database import Database

    database = Database.open(Settings.from_environment().database)
    try:
        with database.session() as session:
            yield session
    finally:
        database.close()


def _row(key: "Key") -> str:
    state = f"revoked {key.revoked:%Y-%m-%d}" if key.revoked else "valid"
    roles = ",".join(role for role in ROLES if role in key.roles)
    return f"{key.shown}…\t{key.name}\t{roles}\t{key.created:%Y-%m-%d}\t{state}"


def _say(words: str) -> None:
    click.echo(words, err=True)
