"""A summary as one web page in Russian: all inside it, nothing fetched, nothing of the file is HTML."""

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from objections.labels import DOUBT, PRICE, REFUSAL, Category
from objections.russian import count, counted, number, percent, plural
from service.report import sentences
from service.report.dates import day_name, days_name
from service.report.group import OBJECTIONS
from service.report.sentences import ENOUGH_CALLS
from service.report.summary import Summary

MOST_ROWS: Final = 200
"""Managers on the page; the workbook has all."""

_TEMPLATES: Final = files("service.report") / "templates"
_CLASSES: Final[dict[Category, str]] = {REFUSAL: "refusal", DOUBT: "doubt", PRICE: "price"}


def write_page(summary: Summary) -> str:
    """Write the page."""
    environment = Environment(
        loader=PackageLoader("service.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "number": number, "count": count, "plural": plural}
    environment.filters |= {"counted": counted, "day": day_name, "step": _step}
    style, script = _read("page.css") + _write_steps(), _read("page.js")
    return environment.get_template("page.html.j2").render(
        summary=summary,
        total=summary.total,
        tally=summary.tally,
        say=sentences,
        days=days_name(summary.first_day, summary.last_day)
        if summary.first_day and summary.last_day
        else None,
        objections=OBJECTIONS,
        classes=_CLASSES,
        managers=list(summary.managers.items())[:MOST_ROWS],
        most_rows=MOST_ROWS,
        few_calls=any(group.calls < ENOUGH_CALLS for group in summary.managers.values()),
        style=Markup(style),  # noqa: S704 (the package's own file)
        script=Markup(script),  # noqa: S704 (as above)
        policy=_write_policy(style, script),
    )


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _write_steps() -> str:
    """Give a class for each per cent of a bar: the policy allows no style at an element."""
    return "".join(f".v{step}{{--v:{step}%}}" for step in range(101))


def _write_policy(style: str, script: str) -> str:
    """Allow the page its own style and script, and nothing else."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _step(value: float | None, most: float = 1.0) -> str:
    """Choose the class of a bar.

    >>> _step(0.5), _step(0.5, 0.8), _step(None), _step(0.001)
    ('v50', 'v62', 'v0', 'v1')
    """
    if not value or not most:
        return "v0"
    return f"v{max(1, round(100 * min(value / most, 1)))}"
