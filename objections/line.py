"""A line of a call: what goes in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """What one person says at one moment of a call.

    Attributes
    ----------
    text : str
        The words, as typed or recognised.
    speaker : str or None
        Who says it, in the words of the source; None where nobody knows. See `speaker.parse_speaker`.
    """

    text: str
    speaker: str | None = None
