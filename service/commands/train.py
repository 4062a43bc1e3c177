"""``objections train``."""

from pathlib import Path
from typing import Any

import click

from service.exit_codes import ExitCode
from service.settings import Settings

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--data", type=_FILE, help="Labelled file to learn from; data/labeled_phrases.csv by default.")
@click.option(
    "--extra",
    "extras",
    type=_FILE,
    multiple=True,
    help="Another labelled file to learn from (CSV, XLSX, JSON Lines); may be repeated.",
)
@click.option("--feedback", is_flag=True, help="Learn from corrections too.")
@click.option(
    "--weight",
    type=click.FloatRange(min=0, min_open=True, max=1000),
    default=1.0,
    show_default=True,
    help="How many lines each line of --extra and each correction counts as.",
)
@click.option(
    "--new-category",
    "new_categories",
    metavar="NAME",
    multiple=True,
    help="A category of your own that the labels may have; may be repeated.",
)
@click.option("--folds", type=click.IntRange(2), help="Most folds in which batches are left out to measure.")
@click.option(
    "--evaluation",
    type=_FILE,
    help="Labelled file to judge the new model by; data/evaluation_phrases.csv by default.",
)
@click.option("--force", metavar="REASON", help="Make it current whatever the gate says, for this reason.")
def train(**options: Any) -> int:  # noqa: ANN401 (as the options above are declared)
    """Train a model on labelled lines and measure it; make it current unless it is worse than before."""
    from service.retraining import Order, retrain

    order = Order(**options)
    if order.force is not None and not order.force.strip():
        raise click.BadParameter("say why: the reason is written into the model's card", param_hint="--force")
    card = retrain(order, Settings.from_environment(), lambda words: click.echo(words, err=True))
    return ExitCode.OK if card.gate is None or card.gate.opens else ExitCode.GATE
