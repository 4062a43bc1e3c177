"""How to read the inputs and what to write."""

import hashlib
from dataclasses import dataclass, field

from objections.speaker import Names


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for.

    Attributes
    ----------
    format : str or None
        Of the inputs; None: told by their content.
    text_column, speaker_column : str or None
        Of tables; None: found by their usual names.
    sheet : str or None
        Of workbooks; None: the first one with a column of text.
    names : Names
        Which speakers are clients and which sellers.
    prefix : str
        Goes before the names of the added columns.
    encoding : str
        Of a delimited output.
    only_objections : bool
        Leave out rows without an objection.
    min_confidence : float
        Leave out answers that are less sure.
    explain : bool
        Add a column with the words that decided.
    mask : bool
        Write placeholders instead of personal data.
    """

    format: str | None = None
    text_column: str | None = None
    speaker_column: str | None = None
    sheet: str | None = None
    names: Names = field(default_factory=Names)
    prefix: str = ""
    encoding: str = "utf-8-sig"
    only_objections: bool = False
    min_confidence: float = 0.0
    explain: bool = False
    mask: bool = False

    def digest(self, model: str) -> str:
        """Sum up all that shapes the answers: these options and the id of the model."""
        names = [sorted(self.names.client), sorted(self.names.seller)]
        shaping = [getattr(self, name) for name in self.__slots__ if name != "names"]
        return hashlib.sha256(repr([model, names, shaping]).encode()).hexdigest()[:16]
