"""``objections drift``: whether new lines are still like those that the model was made for."""

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from objections.card import Card
    from objections.drift import Profile
    from objections.speaker import Names


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--client", multiple=True, metavar="NAME", help="A speaker who is the client; may be repeated.")
@click.option("--seller", multiple=True, metavar="NAME", help="A speaker who is the seller; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Write the figures for machines.")
def drift(file: Path, client: tuple[str, ...], seller: tuple[str, ...], *, as_json: bool) -> None:
    """Compare new calls with the lines that the model knows, and say whether retraining is due."""
    from objections import artifact
    from objections.classifier import Classifier
    from objections.drift import Drift, measure_profile
    from objections.glossary import Glossary
    from objections.speaker import Names
    from objections.vocabulary import Vocabulary
    from service.drift_text import drift_json, write_drift

    settings = Settings.from_environment()
    texts = _read_clients(file, Names.of(client, seller))
    folder = (settings.models / artifact.CURRENT).resolve()
    classifier = Classifier.load(folder, Glossary.read(settings.glossary))
    vocabulary = Vocabulary.from_arrays(artifact.read_arrays(folder, classifier.card))

    def measure(lines: "Sequence[str]") -> "Profile":
        return measure_profile(classifier, vocabulary, lines)

    usual, source = _usual(settings.evaluation_phrases, classifier.card, measure)
    write = drift_json if as_json else write_drift
    sys.stdout.write(write(Drift(usual, measure(texts)), classifier.card.id, str(file), source))


def _read_clients(path: Path, names: "Names") -> list[str]:
    """Read the lines that are not the seller's."""
    from objections.document import Document
    from objections.errors import DataError
    from objections.speaker import is_seller
    from objections.text import is_blank
    from objections.transcripts.catalogue import read_transcript, tell_format

    try:
        document = Document(BytesIO(path.read_bytes()), str(path))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None
    lines = read_transcript(document, tell_format(document), names).lines
    texts = [line.text for line in lines if not is_seller(line.speaker) and not is_blank(line.text)]
    if not texts:
        raise DataError(
            f"{path} holds no line that a client says; name who is who with --client and --seller"
        )
    return texts


def _usual(
    evaluation: Path, card: "Card", measure: "Callable[[Sequence[str]], Profile]"
) -> "tuple[Profile, str]":
    """Give what is usual on lines that the model never learned from, and say where it comes from."""
    from objections.drift import card_profile
    from objections.phrases import read_phrases

    if evaluation.exists():
        texts = [phrase.text for phrase in read_phrases(evaluation) if phrase.speaker != "seller"]
        return measure(texts), f"{len(texts)} lines of clients in {evaluation.name}"
    known = card.evaluation or card.metrics
    return card_profile(card), (
        f"the model's card ({known.method}), which does not tell unseen words and confidence; "
        f"they need {evaluation.name} beside the glossary"
    )
