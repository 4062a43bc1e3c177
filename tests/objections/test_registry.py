"""Models listed, switched and removed; whatever is killed meanwhile."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from objections.artifact import CARD, CURRENT, SCORER, load
from objections.errors import ModelError, UnknownModelError
from objections.labels import PRICE
from objections.registry import activate, list_models, prune
from tests.support import ROOT
from tests.tiny_model import publish_tiny

FIRST, SECOND, THIRD, FOURTH = (f"2030010{day}T000000-00000{day}" for day in range(1, 5))
MANY = [f"20310101T0000{second:02}-abcdef" for second in range(12)]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of three models; the last one is current."""
    for model_id in (FIRST, SECOND, THIRD):
        publish_tiny(tmp_path / "models", model_id, {"дорого": PRICE})
    return tmp_path / "models"


def _ids(models: Path) -> list[str]:
    return [listed.id for listed in list_models(models)]


def test_models_are_listed_newest_first_with_what_answers_and_what_did(models: Path) -> None:
    """Other files and folders are none of them."""
    (models / "runs").mkdir()
    (models / "notes.txt").touch()
    listed = [(one.id, one.current, one.previous) for one in list_models(models)]
    assert listed == [(THIRD, True, False), (SECOND, False, True), (FIRST, False, False)]


def test_without_a_folder_there_are_no_models(tmp_path: Path) -> None:
    """Before the first training."""
    assert list_models(tmp_path / "models") == []
    assert prune(tmp_path / "models", 1) == []


def test_a_damaged_model_is_listed_with_what_is_wrong(models: Path) -> None:
    """Without saying where the folder is."""
    (models / SECOND / CARD).unlink()
    damaged = next(one for one in list_models(models) if one.id == SECOND)
    assert damaged.card is None
    assert damaged.problem.startswith(f"models/{SECOND}/card.json cannot be read")


def test_activating_an_old_model_rolls_back_and_can_be_undone(models: Path) -> None:
    """The one that answered is the one to go back to."""
    activate(models, FIRST)
    assert load(models / CURRENT)[0].id == FIRST
    assert next(one.id for one in list_models(models) if one.previous) == THIRD
    activate(models, THIRD)
    assert load(models / CURRENT)[0].id == THIRD


def test_activating_the_current_model_keeps_the_way_back(models: Path) -> None:
    """Said twice, it is as if said once."""
    activate(models, THIRD)
    assert next(one.id for one in list_models(models) if one.previous) == SECOND


@pytest.mark.parametrize(
    "name",
    ["20300109T000000-000009", CURRENT, "", ".", "..", f"../models/{FIRST}", f"{FIRST}/", FIRST.lower()],
)
def test_only_the_exact_name_of_a_model_is_activated(models: Path, name: str) -> None:
    """No path leads anywhere."""
    with pytest.raises(UnknownModelError, match="objections models list"):
        activate(models, name)
    assert load(models / CURRENT)[0].id == THIRD


def test_a_model_that_does_not_load_is_not_activated(models: Path) -> None:
    """The current one stays."""
    (models / FIRST / SCORER).write_bytes(b"")
    with pytest.raises(ModelError, match="not the file that its card describes"):
        activate(models, FIRST)
    assert load(models / CURRENT)[0].id == THIRD


def test_pruning_keeps_the_newest_the_current_and_the_previous_model(models: Path) -> None:
    """The others are gone, all of them."""
    publish_tiny(models, FOURTH, {"дорого": PRICE}, current=False)
    activate(models, FIRST)
    assert prune(models, 1) == [SECOND]
    assert _ids(models) == [FOURTH, THIRD, FIRST]
    assert prune(models, 1) == []
    assert not list(models.glob(".unfinished*"))


def test_what_a_killed_pruning_left_is_no_model_and_is_swept(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model leaves in one step; its files may follow later."""

    def die(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", die)
        with pytest.raises(KeyboardInterrupt):
            prune(models, 1)
    assert _ids(models) == [THIRD, SECOND]
    publish_tiny(models, FOURTH, {"дорого": PRICE})
    assert not list(models.glob(".unfinished*"))


SWITCHING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from objections.registry import activate
print("ready", flush=True)
while True:
    for name in sys.argv[3:]:
        activate(Path(sys.argv[1]), name)
"""


def test_a_kill_while_switching_leaves_a_whole_current_model(models: Path) -> None:
    """At many moments; the next switch is not in the way of what was left."""
    command = [sys.executable, "-c", SWITCHING, str(models), str(ROOT), FIRST, SECOND]
    for moment in range(8):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(0.007 * moment)
            process.kill()
        assert load(models / CURRENT)[0].id in {FIRST, SECOND, THIRD}
    activate(models, THIRD)
    publish_tiny(models, FOURTH, {"дорого": PRICE})
    assert load(models / CURRENT)[0].id == FOURTH
    assert not list(models.glob(".unfinished*"))
