"""The objections of the calls that have most of them, kept while it is not yet known which those are."""

from dataclasses import dataclass
from typing import Final

from objections.labels import Category
from objections.privacy import mask
from service.report.scored import ScoredLine

_MOST_HELD: Final = 50_000
"""Lines in memory; beyond it calls with few objections are let go."""
_KEPT_CALLS: Final = 500
_MOST_OF_CALL: Final = 60
_MOST_CHARACTERS: Final = 240


@dataclass(frozen=True, slots=True)
class CallLine:
    """An objection to show, masked and cut.

    Attributes
    ----------
    row : int
    text : str
    category : Category
    uncertain : bool
    """

    row: int
    text: str
    category: Category
    uncertain: bool


class CallLines:
    """Holds objections by call.

    Parameters
    ----------
    most_held, kept_calls : int
        With more lines than this it lets go of all calls but those with most lines.
    """

    def __init__(self, most_held: int = _MOST_HELD, kept_calls: int = _KEPT_CALLS) -> None:
        self._most_held = most_held
        self._kept_calls = kept_calls
        self._held = 0
        self._calls: dict[str, list[CallLine]] = {}

    def add(self, line: ScoredLine) -> None:
        """Hold one objection, where the row names its call."""
        if line.call is None or line.category is None:
            return
        lines = self._calls.setdefault(line.call, [])
        if len(lines) < _MOST_OF_CALL:
            lines.append(CallLine(line.row, _shorten(line.text), line.category, line.uncertain))
            self._held += 1
        if self._held > self._most_held:
            self._let_go(line.call)

    def of(self, call: str) -> list[CallLine]:
        """Give the objections that are held of a call, in the order of the file."""
        return self._calls.get(call, [])

    def _let_go(self, current: str) -> None:
        """Keep the calls with most objections, and the one that is being read."""
        ranked = sorted(self._calls, key=lambda call: -len(self._calls[call]))
        kept = dict.fromkeys([*ranked[: self._kept_calls], current])
        self._calls = {call: self._calls[call] for call in kept}
        self._held = sum(map(len, self._calls.values()))


def _shorten(text: str) -> str:
    # Masked first: a number that is cut in two would no longer be known as one.
    masked = " ".join(mask(text).split())
    if len(masked) <= _MOST_CHARACTERS:
        return masked
    return masked[:_MOST_CHARACTERS].rpartition(" ")[0] + " …"
