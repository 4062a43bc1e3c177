"""Model folders: published whole or not at all, looked at before they are used."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from objections import artifact
from objections.artifact import CARD, CURRENT, SCORER, load, pack_arrays, publish, read_card, sha256
from objections.errors import ModelError

Damage = Callable[[Path], object]


@pytest.fixture
def models(home: Path, tmp_path: Path) -> Path:
    """A copy of a folder of models with one model, free to be damaged."""
    return Path(shutil.copytree(home / "models", tmp_path / "models", symlinks=True))


def _edit_card(folder: Path, **changes: object) -> None:
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    (folder / CARD).write_text(json.dumps({**card, **changes}), encoding="utf-8")


def _replace_scorer(folder: Path, content: bytes) -> None:
    """Put another scorer under a card that vouches for it."""
    (folder / SCORER).write_bytes(content)
    _edit_card(folder, files={SCORER: sha256(content)})


def _pickled() -> bytes:
    """Arrays that would need unpickling."""
    path = Path(os.environ["PYTEST_TMP"]) / "pickled.npz"
    np.savez(path, word_idf=np.array([{}], dtype=object))
    return path.read_bytes()


DAMAGES: dict[str, tuple[Damage, str]] = {
    "no folder": (shutil.rmtree, "there is no model at"),
    "no card": (lambda folder: (folder / CARD).unlink(), r"card\.json cannot be read"),
    "no scorer": (lambda folder: (folder / SCORER).unlink(), r"scorer\.npz cannot be read"),
    "half a card": (
        lambda folder: (folder / CARD).write_bytes((folder / CARD).read_bytes()[:200]),
        r"card\.json is damaged",
    ),
    "card of another shape": (lambda folder: _edit_card(folder, thresholds={}), "thresholds.uncertain_below"),
    "card of another model": (
        lambda folder: _edit_card(folder, id="20200101T000000-abcdef"),
        "names the model 20200101T000000-abcdef",
    ),
    "another protocol": (
        lambda folder: _edit_card(folder, protocol=99),
        "of protocol 99, this version reads",
    ),
    "half a scorer": (
        lambda folder: (folder / SCORER).write_bytes((folder / SCORER).read_bytes()[:5000]),
        "not the file that its card describes",
    ),
    "one byte changed": (
        lambda folder: (folder / SCORER).write_bytes(b"Q" + (folder / SCORER).read_bytes()[1:]),
        "not the file that its card describes",
    ),
    "no archive": (lambda folder: _replace_scorer(folder, b"arrays"), "cannot be read"),
    "pickled arrays": (lambda folder: _replace_scorer(folder, _pickled()), "cannot be read"),
    "no arrays": (lambda folder: _replace_scorer(folder, pack_arrays({})), "category_classes.* is missing"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_model_is_refused_with_what_to_do(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """The sentence says what is wrong and how to get a new model."""
    monkeypatch.setenv("PYTEST_TMP", str(tmp_path))
    act, said = DAMAGES[damage]
    act((models / CURRENT).resolve())
    with pytest.raises(ModelError, match=said) as caught:
        load(models / CURRENT)
    assert "objections train" in str(caught.value)


def _arrays(folder: Path) -> dict[str, "np.ndarray"]:
    with np.load(folder / SCORER) as archive:
        return dict(archive)


def test_a_model_with_other_categories_is_refused(models: Path) -> None:
    """A scorer that answers something else is not served."""
    card = read_card(models / CURRENT)
    arrays = _arrays(models / card.id)
    arrays["category_classes"] = np.frombuffer(b"a\nb\nc\nd", dtype=np.uint8)
    _replace_scorer(models / card.id, pack_arrays(arrays))
    with pytest.raises(ModelError, match="the categories are not"):
        load(models / CURRENT)


def _publish_again(models: Path, model_id: str) -> Path:
    card = read_card(models / CURRENT)
    content = (models / CURRENT / SCORER).read_bytes()
    return publish(models, card.model_copy(update={"id": model_id}), {SCORER: content})


def test_publishing_moves_current_and_keeps_the_old_model(models: Path) -> None:
    """The card carries the digest of every file."""
    before = (models / CURRENT).resolve()
    folder = _publish_again(models, "20300101T000000-abcdef")
    card, _ = load(models / CURRENT)
    assert (models / CURRENT).resolve() == folder
    assert card.files == {SCORER: sha256((folder / SCORER).read_bytes())}
    assert load(before)[0].id == before.name


def test_a_candidate_is_kept_without_becoming_current(models: Path) -> None:
    """Whole and loadable beside the model that goes on serving."""
    before = (models / CURRENT).resolve()
    candidate = read_card(models / CURRENT).model_copy(update={"id": "20300101T000000-abcdef"})
    content = (models / CURRENT / SCORER).read_bytes()
    folder = publish(models, candidate, {SCORER: content}, current=False)
    assert (models / CURRENT).resolve() == before
    assert load(folder)[0].id == "20300101T000000-abcdef"


def test_the_same_id_twice_changes_nothing(models: Path) -> None:
    """A model in place is never overwritten."""
    _publish_again(models, "20300101T000000-abcdef")
    before = (models / CURRENT / CARD).read_bytes()
    with pytest.raises(OSError, match="20300101T000000-abcdef"):
        _publish_again(models, "20300101T000000-abcdef")
    assert (models / CURRENT / CARD).read_bytes() == before
    assert not list(models.glob(".*"))


KILLED_WHILE_PUBLISHING = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from objections import artifact
left = int(sys.argv[2])
def counting(function):
    def call(*arguments, **options):
        global left
        if left == 0:
            os._exit(9)
        left -= 1
        return function(*arguments, **options)
    return call
steps = "mkdir", "rename", "symlink_to", "replace"
for owner, name in ((os, "fsync"), *((Path, step) for step in steps)):
    setattr(owner, name, counting(getattr(owner, name)))
models = Path(sys.argv[1])
card = artifact.read_card(models / "current")
content = (models / "current" / artifact.SCORER).read_bytes()
artifact.publish(models, card.model_copy(update={"id": "20300101T000000-abcdef"}), {artifact.SCORER: content})
print("published")
"""


def test_a_kill_at_any_step_leaves_the_old_model_or_the_new_one(models: Path) -> None:
    """Killed before each system call in turn, until a run gets through."""
    old = (models / CURRENT).resolve().name
    root = str(Path(artifact.__file__).parent.parent)
    seen = []
    for steps in range(50):
        command = [sys.executable, "-c", KILLED_WHILE_PUBLISHING, str(models), str(steps), root]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        card, _ = load(models / CURRENT)
        assert card.id in {old, "20300101T000000-abcdef"}
        if done.stdout == "published\n":
            break
        assert done.returncode == 9, done.stderr
        seen.append(card.id)
        if (models / "20300101T000000-abcdef").exists():
            shutil.rmtree(models / "20300101T000000-abcdef")
            artifact.activate(models, old)
    assert len(seen) >= 8
    assert seen[0] == old
    assert seen[-1] == "20300101T000000-abcdef"


def test_what_a_killed_training_left_is_swept(models: Path) -> None:
    """The next training tidies up; what a living process writes stays."""
    dead = models / ".unfinished-20300101T000000-abcdef-999999999"
    alive = models / f".unfinished-20300101T000000-abcdef-{os.getppid()}"
    dead.mkdir()
    alive.mkdir()
    _publish_again(models, "20300101T000000-abcdef")
    assert (dead.exists(), alive.exists()) == (False, True)


def test_loading_is_never_caught_between_two_models(models: Path) -> None:
    """While `current` moves to and fro, every load finds one whole model."""
    first = (models / CURRENT).resolve().name
    second = _publish_again(models, "20300101T000000-abcdef").name
    flip = (
        "import sys; from pathlib import Path; from objections.artifact import activate\n"
        "while True:\n    [activate(Path(sys.argv[1]), name) for name in sys.argv[2:]]"
    )
    process = subprocess.Popen([sys.executable, "-c", flip, str(models), first, second])
    try:
        end = time.monotonic() + 2
        ids = set()
        while time.monotonic() < end:
            ids.add(load(models / CURRENT)[0].id)
    finally:
        process.kill()
        process.wait()
    assert ids <= {first, second}
