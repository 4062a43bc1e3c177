"""A comparison with the usual lines, in words for a terminal and in figures for machines."""

import json
from dataclasses import asdict
from typing import Final

from objections.drift import MIX_MOVED, Drift

_WIDTH: Final = 24


def write_drift(drift: Drift, model: str, name: str, usual: str) -> str:
    """Write a small table and the advice.

    Parameters
    ----------
    drift : Drift
    model : str
        Its id.
    name : str
        The file with the new lines.
    usual : str
        Where the usual figures come from.
    """
    categories = drift.here.categories
    rows = [
        *((sign.name, sign.usual, sign.here, f"{sign.limit:+.1%}") for sign in drift.signs),
        *(
            (category, drift.usual.categories.get(category), categories[category], "")
            for category in categories
        ),
    ]
    lines = [
        f"model {model}; {drift.here.lines} lines of clients in {name}",
        f"usual: {usual}",
        "",
        f"{'':<{_WIDTH}} {'usual':>7} {'here':>7} {'change':>7} {'limit':>7}",
        *(_row(*row) for row in rows),
        f"{'in other categories':<{_WIDTH}} {'':>7} {drift.moved:>7.1%} {'':>7} {MIX_MOVED:>+7.1%}",
        "",
        drift.advice,
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def drift_json(drift: Drift, model: str, name: str, usual: str) -> str:
    """Give the figures for machines."""
    content = {
        "model": model,
        "file": name,
        "here": asdict(drift.here),
        "usual": {**asdict(drift.usual), "source": usual},
        "signs": [{**asdict(sign), "change": sign.change, "over": sign.is_over} for sign in drift.signs],
        "moved": drift.moved,
        "due": drift.is_due,
        "advice": drift.advice,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _row(name: str, usual: float | None, here: float, limit: str) -> str:
    was, change = ("?", "?") if usual is None else (f"{usual:.1%}", f"{here - usual:+.1%}")
    return f"{name:<{_WIDTH}} {was:>7} {here:>7.1%} {change:>7} {limit:>7}"
