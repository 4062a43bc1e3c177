"""``objections feedback``: corrections, out as labelled lines and in from a file."""

import sys
from pathlib import Path

import click

from service.settings import Settings


@click.group()
def feedback() -> None:
    """Write corrections as labelled lines, or take corrections from a labelled file."""


@feedback.command(name="export")
@click.argument("target", metavar="FILE")
def export_file(target: str) -> None:
    """Write one labelled line for each corrected text, the latest correction of each."""
    from service.feedback_files import export_feedback
    from service.store.database import Database

    with Database.open(Settings.from_environment().database).session() as session:
        count, disputed = export_feedback(session, target)
    click.echo(f"{target} has {count} lines; people disagree on {disputed} of them.", err=True)


@feedback.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--author", required=True, help="Who corrects.")
def import_file(file: Path, author: str) -> None:
    """Take the lines of a labelled file as corrections; taken twice, they count once."""
    from service.app import load_classifier
    from service.feedback_files import import_feedback
    from service.store.database import Database

    settings = Settings.from_environment()
    classifier = load_classifier(settings)
    with Database.open(settings.database).session() as session:
        new, known = import_feedback(session, file, author, classifier, masked=settings.mask_personal_data)
    sys.stderr.write(f"{new} corrections stored, {known} known already.\n")
