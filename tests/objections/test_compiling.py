"""Compiled code finds a place, or does without one."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

SCRIPT = """
from objections.folding import normalize_all
codes, _ = normalize_all(["Дорого  ЁЖ"])
print("".join(map(chr, codes)))
"""


def _run(**environment: str) -> str:
    settings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_was_compiled_is_kept_where_one_says(tmp_path: Path) -> None:
    """The next start reads it."""
    assert _run(NUMBA_CACHE_DIR=str(tmp_path)) == "дорого еж"
    assert list(tmp_path.rglob("folding.*.nbc"))


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are POSIX's")
def test_without_a_place_to_keep_it_everything_still_works(tmp_path: Path) -> None:
    """A read-only checkout with a read-only home."""
    package = tmp_path / "objections"
    package.mkdir()
    for source in (ROOT / "objections").glob("*.py"):
        (package / source.name).write_bytes(source.read_bytes())
    home = tmp_path / "home"
    home.write_text("no folder", encoding="utf-8")  # root may write anywhere, but into no file
    (package / "__pycache__").write_text("no folder", encoding="utf-8")
    package.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert _run(PYTHONPATH=str(tmp_path), HOME=str(home), XDG_CACHE_HOME=str(home)) == "дорого еж"
    finally:
        package.chmod(stat.S_IRWXU)
