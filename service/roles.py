"""What a key may be good for."""

from typing import Final, Literal, get_args

Role = Literal["score", "review", "train"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""To have lines answered; to correct and review; to train models and switch them."""
