"""The models of a folder: which there are, which one is current, which may go."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock

from objections import artifact
from objections.artifact import CURRENT, PREVIOUS, load, read_card
from objections.card import Card
from objections.errors import ModelError, UnknownModelError

_ID: Final = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{6}")
_LOCK: Final = ".lock"
"""Held while the current model changes or models are removed: what becomes current must not go meanwhile."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A model folder.

    Attributes
    ----------
    id : str
        Its name.
    card : Card or None
        None where it cannot be read.
    problem : str
        Why; empty where it can.
    current, previous : bool
        Whether it answers now, and whether it did before that.
    """

    id: str
    card: Card | None
    problem: str
    current: bool
    previous: bool


def list_models(models: Path) -> list[Listed]:
    """List the models, newest first; damaged ones too."""
    current, previous = (_target(models, name) for name in (CURRENT, PREVIOUS))
    return [
        Listed(model_id, *_card(models / model_id), model_id == current, model_id == previous)
        for model_id in _ids(models)
    ]


def activate(models: Path, model_id: str) -> Card:
    """Make a model the current one, after it was loaded as a server would load it.

    Raises
    ------
    UnknownModelError
        Where there is none of this name.
    ModelError
        Where it is damaged or of another protocol; the current model stays.
    """
    if model_id not in _ids(models):
        raise UnknownModelError("there is no such model; `objections models list` shows the ones there are")
    with FileLock(models / _LOCK):
        try:
            card, _ = load(models / model_id)
        except ModelError as error:
            raise ModelError(_without_place(error, models)) from None
        artifact.activate(models, model_id)
    return card


def prune(models: Path, keep: int) -> list[str]:
    """Remove all but the newest `keep` models, the current one and the one before it; name the removed."""
    if not models.is_dir():
        return []
    with FileLock(models / _LOCK):
        used = {_target(models, name) for name in (CURRENT, PREVIOUS)}
        removed = [model_id for model_id in _ids(models)[keep:] if model_id not in used]
        for model_id in removed:
            artifact.remove(models, model_id)
    return removed


def _ids(models: Path) -> list[str]:
    """Give the names of the model folders, newest first; a name begins with its time."""
    found = models.iterdir() if models.is_dir() else ()
    return sorted((path.name for path in found if _ID.fullmatch(path.name) and path.is_dir()), reverse=True)


def _target(models: Path, name: str) -> str:
    return (models / name).resolve().name


def _card(folder: Path) -> tuple[Card | None, str]:
    try:
        return read_card(folder), ""
    except ModelError as error:
        return None, _without_place(error, folder.parent)


def _without_place(error: ModelError, models: Path) -> str:
    """Leave out where the folder of models is: who asks over HTTP need not know."""
    return str(error).replace(str(models.resolve()), models.name)
