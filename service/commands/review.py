"""``objections review``: the queue of doubtful lines, out into a file and back."""

from pathlib import Path

import click

from service.settings import Settings


@click.group()
def review() -> None:
    """Take doubtful lines out for people who label in a spreadsheet or Label Studio, and back in."""


@review.command(name="export")
@click.argument("target", metavar="FILE")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Most lines.")
def export_file(target: str, limit: int) -> None:
    """Write the most doubtful lines: a table (.csv, .xlsx …), or .json for Label Studio."""
    from service.review_files import export_review
    from service.store.database import Database

    with Database.open(Settings.from_environment().database).session() as session:
        count = export_review(session, target, limit)
    click.echo(
        f"{target} has {count} lines: fill in label and term, then `objections review import`", err=True
    )


@review.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--author", required=True, help="Who has labelled.")
def import_file(file: Path, author: str) -> None:
    """Take the labels of a file that was exported; taken twice, they count once."""
    from service.app import load_classifier
    from service.review_files import import_review
    from service.store.database import Database

    settings = Settings.from_environment()
    categories = load_classifier(settings).categories
    with Database.open(settings.database).session() as session:
        reviewed = import_review(session, file, author, categories)
    click.echo(
        f"{reviewed.answered} answers taken, {reviewed.empty} rows without an answer, "
        f"{reviewed.gone} no longer in the queue.",
        err=True,
    )
