"""``objections models``: list, switch, remove."""

import click

from objections.registry import Listed, activate, list_models, prune
from service.settings import Settings


@click.group()
def models() -> None:
    """See which models there are, switch between them, remove old ones."""


@models.command("list")
def list_command() -> None:
    """List the models, newest first; the current one has a star, the one before it a minus."""
    for listed in list_models(Settings.from_environment().models):
        click.echo(_in_words(listed))


@models.command("activate")
@click.argument("model_id", metavar="ID")
def activate_command(model_id: str) -> None:
    """Make a model the current one; running servers take it up within two seconds."""
    card = activate(Settings.from_environment().models, model_id)
    click.echo(f"{card.id} is the current model.", err=True)


@models.command("prune")
@click.option(
    "--keep", type=click.IntRange(1), help="Newest models to keep (setting OBJECTIONS_MODELS_KEPT)."
)
def prune_command(keep: int | None) -> None:
    """Remove old models; the newest, the current one and the one before it stay."""
    settings = Settings.from_environment()
    removed = prune(settings.models, keep or settings.models_kept)
    click.echo(f"{len(removed)} model(s) removed{': ' if removed else '.'}{', '.join(removed)}", err=True)


def _in_words(listed: Listed) -> str:
    mark = "*" if listed.current else "-" if listed.previous else " "
    card = listed.card
    if card is None:
        return f"{mark} {listed.id}  {listed.problem}"
    words = [f"{mark} {listed.id}", f"{card.created:%Y-%m-%d %H:%M}", f"{card.data.lines:>6} lines"]
    if card.evaluation:
        by_category = "  ".join(f"{name} {one.f1:.3f}" for name, one in card.evaluation.categories.items())
        words.append(f"macro-F1 {card.evaluation.macro_f1:.3f}  {by_category}")
    if card.gate and card.gate.forced is not None:
        words.append(f"forced: {card.gate.forced}")
    elif card.gate and not card.gate.passed:
        words.append("refused by the gate")
    return "  ".join(words)
