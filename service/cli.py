"""The command line: parses, then calls one function. Data go to files or standard output, words to stderr."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click
from tqdm import tqdm

from objections.artifact import CURRENT
from objections.classifier import Classifier
from objections.errors import ObjectionsError
from objections.glossary import Glossary
from objections.speaker import Names
from service.commands.db import db
from service.commands.drift import drift
from service.commands.feedback import feedback
from service.commands.keys import keys
from service.commands.models import models
from service.commands.review import review
from service.commands.train import train
from service.exit_codes import ExitCode, exit_code
from service.outputs import STANDARD_STREAM, open_output
from service.settings import Settings

if TYPE_CHECKING:
    from service.bulk.run import Workers

ENCODINGS: Final = ("utf-8-sig", "utf-8", "cp1251")


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    try:
        code = cli(standalone_mode=False)
    except ObjectionsError as error:
        _say(f"Error: {error}")
        code = exit_code(error)
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except BrokenPipeError:  # the reader of standard output has seen enough, as `| head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.OK
    except (click.Abort, KeyboardInterrupt):
        _say("Stopped; nothing was left half-written. The same command goes on where it was.")
        code = ExitCode.INTERRUPTED
    sys.exit(code or ExitCode.OK)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="objections")
def cli() -> None:
    """Read Russian sales calls: does the client object, how, and what helps the seller now."""


for command in (train, models, review, feedback, keys, db, drift):
    cli.add_command(command)


@cli.command()
@click.option("--host", help="Address to listen on (setting OBJECTIONS_HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (setting OBJECTIONS_PORT).")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer (OBJECTIONS_WORKERS).")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the HTTP API with the current model."""
    from service.server import run

    given = {"host": host, "port": port, "workers": workers}
    settings = Settings.from_environment()
    run(settings.model_copy(update={name: value for name, value in given.items() if value is not None}), _say)


@cli.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    default="-",
    help="File to write (.csv .tsv .xlsx .jsonl .parquet) or folder; standard output where missing or -.",
)
@click.option(
    "--format", "format_name", metavar="NAME", help="Format of the inputs; told by their content otherwise."
)
@click.option("--client", multiple=True, metavar="NAME", help="A speaker who is the client; may be repeated.")
@click.option("--seller", multiple=True, metavar="NAME", help="A speaker who is the seller; may be repeated.")
@click.option("--text-column", help="Column that holds the words; found by its usual names otherwise.")
@click.option("--speaker-column", help="Column that says who speaks; lines of the seller are not scored.")
@click.option("--sheet", help="Sheet of a workbook; the first one with a column of text otherwise.")
@click.option("--only-objections", is_flag=True, help="Leave out rows without an objection.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out answers that are less sure than this.",
)
@click.option("--explain", is_flag=True, help="Add a column with the words that decided.")
@click.option("--mask", is_flag=True, help="Write placeholders instead of telephones, e-mails and cards.")
@click.option("--scheduler", metavar="ADDRESS", help="Score on the Dask cluster that is reached there.")
@click.option("--workers", type=click.IntRange(1), help="Score in so many processes of this machine.")
@click.option("--prefix", default="", help="Put before the names of the added columns.")
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    default=ENCODINGS[0],
    show_default=True,
    help="Of a delimited file written.",
)
def score(  # noqa: PLR0913, PLR0917 (click gives each option by its name)
    inputs: tuple[str, ...],
    output: str,
    format_name: str | None,
    client: tuple[str, ...],
    seller: tuple[str, ...],
    scheduler: str | None,
    workers: int | None,
    **options: Any,  # noqa: ANN401 (as the options above are declared)
) -> int:
    """Score transcripts and tables of calls: files, folders, patterns, or - for standard input.

    A folder gives a folder with the same names; several files and one output give one table. A run that was
    stopped goes on where it was when the same command is given again.
    """
    from service.app import load_classifier
    from service.bulk.options import Options
    from service.bulk.run import Run

    asked = Options(format=format_name, names=Names.of(client, seller), **options)
    settings = Settings.from_environment()
    classifier = load_classifier(settings)
    with _workers(scheduler, workers, settings, classifier) as elsewhere, _progress_bar() as progress:
        summary = Run(classifier, asked, progress, elsewhere).score(inputs, output)
    _say(summary.in_words())
    if summary.rejected_files:
        _say(f"What could not be scored stands in {_some(summary.rejected_files)} with the reason for each.")
        return ExitCode.REJECTED
    return ExitCode.OK


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--model", "model_id", metavar="ID", default=CURRENT, help="Model to judge; the current one.")
@click.option(
    "--report", metavar="HTML", help="Page to write, in Russian, with plots and the worst mistakes."
)
@click.option("--json", "figures", metavar="JSON", help="File to write with the figures, for machines.")
def evaluate(file: Path, model_id: str, report: str | None, figures: str | None) -> None:
    """Judge a model by a labelled CSV: figures with their intervals, and the worst mistakes."""
    from training.evaluation import Labelled
    from training.evaluation import evaluate as evaluate_model
    from training.evaluation_page import write_page
    from training.evaluation_text import to_json, write_text

    settings = Settings.from_environment()
    classifier = Classifier.load(settings.models / model_id, Glossary.read(settings.glossary))
    evaluation = evaluate_model(classifier, Labelled.read(file, classifier.categories))
    write_text(evaluation, sys.stderr if STANDARD_STREAM in {report, figures} else sys.stdout)
    for target, write in ((report, write_page), (figures, to_json)):
        if target is not None:
            with open_output(target, "utf-8") as out:
                out.write(write(evaluation))
            _say(f"{target} is written.")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A labelled file that must share no line with FILE, such as the evaluation set.",
)
@click.option("-o", "--output", help="CSV to write with every row to look at.")
def audit(file: Path, against: Path | None, output: str | None) -> int:
    """Look through a labelled CSV: errors, copies, doubtful labels, patterns, balance, personal data."""
    from training.audit import audit as audit_file
    from training.audit_report import write_findings, write_report
    from training.pipeline import FitSettings

    found = audit_file(file, against, FitSettings(), _say)
    write_report(found, sys.stdout)
    if output is not None:
        with open_output(output, ENCODINGS[0]) as out:
            write_findings(found, out)
        _say(f"Every row to look at stands in {output}.")
    return ExitCode.DATA if any(finding.is_hard for finding in found.findings) else ExitCode.OK


@cli.command()
@click.argument("scored", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    default="-",
    help="File to write, .html or .xlsx; a page on standard output where it is missing or -.",
)
@click.option(
    "--text-column", "text", help="Column that holds the words; found by its usual names otherwise."
)
@click.option("--speaker-column", "speaker", help="Column that says who speaks; the seller is not counted.")
@click.option("--call-column", "call", help="Column that names the call of a line.")
@click.option("--manager-column", "manager", help="Column that names the manager of a call.")
@click.option("--date-column", "date", help="Column that says when a call was.")
def report(scored: str, output: str, **columns: str | None) -> None:
    """Tell in Russian what a scored table says: how often clients object, to whom, when, in which words."""
    from service.report.report import write_report
    from service.report.scored import ColumnNames

    if output != STANDARD_STREAM and Path(output).suffix.lower() not in {".html", ".xlsx"}:
        raise click.BadParameter("the name must end in .html or .xlsx", param_hint="--output")
    glossary = Glossary.read(Settings.from_environment().glossary)
    write_report(scored, output, ColumnNames(**columns), glossary)
    if output != STANDARD_STREAM:
        _say(f"{output} is written.")


@contextmanager
def _workers(
    scheduler: str | None, workers: int | None, settings: Settings, classifier: Classifier
) -> "Iterator[Workers | None]":
    """Connect to the workers that were asked for; None: this process does the work."""
    if scheduler is None and workers is None:
        yield None
        return
    try:
        from service.bulk.cluster import ModelPlugin, connect, score_tasks
    except ImportError:
        raise ObjectionsError("several processes need Dask: pip install 'objections[cluster]'") from None
    with connect(scheduler, workers) as client:
        plugin = ModelPlugin(settings, classifier.card.id)
        yield lambda tasks, options: score_tasks(client, plugin, tasks, options)


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int, int], None]]:
    """Show rows, rate and time left on standard error, measured by bytes read."""
    with tqdm(file=sys.stderr, unit="B", unit_scale=True, disable=None, leave=False) as bar:

        def progress(rows: int, done: int, size: int) -> None:
            bar.total = size
            bar.set_postfix_str(f"{rows} rows", refresh=False)
            bar.update(done - bar.n)

        yield progress


def _some(names: list[str], most: int = 5) -> str:
    """Name a few of many."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _say(words: str) -> None:
    click.echo(words, err=True)
