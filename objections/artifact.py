"""A trained model on disk: ``models/<id>/`` with its card, and ``models/current`` that points at one.

A model folder is written beside its place, synced, renamed into place, and only then does the link
``current`` move; each step is atomic, so a kill at any moment leaves the old model or the new one.
``previous`` points at the model that was current before, the one to go back to.
Loading looks first and builds second: protocol, then digests, then shapes. Nothing is unpickled.
"""

import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from uuid import uuid4

import numpy as np
from pydantic import BaseModel, ValidationError

from objections.arrays import Arrays
from objections.card import Card
from objections.errors import ModelError
from objections.labels import CATEGORIES, DEFAULT_TERM, NO_TERM, TERMS
from objections.scorer import Scorer

PROTOCOL: Final = 5
"""Raised whenever an older service could misread a newer model, or the other way round."""

CURRENT: Final = "current"
PREVIOUS: Final = "previous"
CARD: Final = "card.json"
SCORER: Final = "scorer.npz"
UNFINISHED: Final = ".unfinished-"
"""Before the names of what is being written; the number of the process stands at their end."""
_TRAIN: Final = "train a new one with `objections train`"


def sha256(content: bytes) -> str:
    """Give the digest that cards carry."""
    return hashlib.sha256(content).hexdigest()


def pack_arrays(arrays: Arrays) -> bytes:
    """Write arrays as the content of an ``.npz`` file."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def publish(models: Path, card: Card, files: Mapping[str, bytes], *, current: bool = True) -> Path:
    """Put a model into `models`, and make it the current one unless told otherwise.

    Parameters
    ----------
    models : Path
        The folder of models; made where it is missing.
    card : Card
        Its `files` are filled in here.
    files : mapping of str to bytes
        The content of each file beside the card.
    current : bool, default True
        Whether `models/current` moves to it.

    Returns
    -------
    Path
        ``models/<id>``.
    """
    models.mkdir(parents=True, exist_ok=True)
    _sweep(models)
    folder = models / card.id
    unfinished = models / f"{UNFINISHED}{card.id}-{os.getpid()}"
    unfinished.mkdir()
    digests = {name: sha256(content) for name, content in files.items()}
    full = card.model_copy(update={"files": digests})
    try:
        for name, content in {**files, CARD: full.model_dump_json(indent=2).encode()}.items():
            _write(unfinished / name, content)
        _sync(unfinished)
        unfinished.rename(folder)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _sync(models)
    if current:
        activate(models, card.id)
    return folder


def activate(models: Path, model_id: str) -> None:
    """Make ``models/<model_id>`` the current model, in one step."""
    current = models / CURRENT
    if current.exists() and (before := current.resolve().name) != model_id:
        _point(models, PREVIOUS, before)
    _point(models, CURRENT, model_id)


def remove(models: Path, model_id: str) -> None:
    """Remove ``models/<model_id>``: it is gone at once, and what a kill leaves of it is swept later."""
    leaving = models / f"{UNFINISHED}{model_id}-{os.getpid()}"
    (models / model_id).rename(leaving)
    shutil.rmtree(leaving)


def load(folder: Path) -> tuple[Card, Scorer]:
    """Load a model folder after looking at it closely.

    Raises
    ------
    ModelError
        Where it is missing, damaged, of another protocol, or does not match its card.
    """
    folder = folder.resolve()  # once: `current` may move while we read
    card = read_card(folder)
    scorer = Scorer.from_arrays(read_arrays(folder, card))
    if not set(CATEGORIES) <= set(scorer.categories):
        raise ModelError(f"{folder}: the categories are not {', '.join(CATEGORIES)}; {_TRAIN}")
    if not {DEFAULT_TERM} <= set(scorer.terms) <= {NO_TERM, *TERMS}:
        raise ModelError(f"{folder}: the terms are not among {', '.join(TERMS)}; {_TRAIN}")
    return card, scorer


def read_arrays(folder: Path, card: Card) -> Arrays:
    """Read the arrays of the model that `card` describes.

    Raises
    ------
    ModelError
        Where they are missing, damaged or those of another model.
    """
    content = _read(folder / SCORER)
    if card.files.get(SCORER) != sha256(content):
        raise ModelError(f"{folder / SCORER} is not the file that its card describes; {_TRAIN}")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return dict(archive)
    except (ValueError, OSError, zipfile.BadZipFile, EOFError):
        raise ModelError(f"{folder / SCORER} cannot be read; {_TRAIN}") from None


def read_card(folder: Path) -> Card:
    """Read and check the card of a model folder.

    Raises
    ------
    ModelError
        Where there is no model, or its card is damaged or of another protocol.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        raise ModelError(f"there is no model at {folder}; {_TRAIN}")
    content = _read(folder / CARD)
    try:
        protocol = _Protocol.model_validate_json(content).protocol
        if protocol != PROTOCOL:
            raise ModelError(
                f"{folder} is of protocol {protocol}, this version reads protocol {PROTOCOL}; "
                f"{_TRAIN}, or run the version that made it"
            )
        card = Card.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole file"
        raise ModelError(f"{folder / CARD} is damaged ({place}: {first['msg']}); {_TRAIN}") from None
    if card.id != folder.name:
        raise ModelError(f"{folder / CARD} names the model {card.id}, not its folder; {_TRAIN}")
    return card


class _Protocol(BaseModel):
    """The one field that every version of a card has."""

    protocol: int


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); {_TRAIN}") from None


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _point(models: Path, name: str, model_id: str) -> None:
    """Let a link point elsewhere; a name of its own for each caller, for threads may do it at once."""
    link = models / f"{UNFINISHED}{name}-{uuid4().hex}-{os.getpid()}"
    link.symlink_to(model_id)
    link.replace(models / name)
    _sync(models)


def _sync(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(models: Path) -> None:
    """Remove what a killed training left behind; what a living process writes stays."""
    for left in models.glob(f"{UNFINISHED}*"):
        if _is_running(int(left.name.rpartition("-")[2])):
            continue
        if left.is_symlink():
            left.unlink(missing_ok=True)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()
