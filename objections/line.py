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
        Who says it: a role (``client``, ``seller``) or a name in the words of the source; None where
        nobody knows. See `speaker.parse_speaker`.
    start, end : float or None
        Seconds from the beginning of the call.
    call_id : str or None
        The call, as the source names it.
    number : int or None
        Which line of the call it is, from 1.
    """

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    call_id: str | None = None
    number: int | None = None
