"""The keys as a process knows them: read again from the database while requests come."""

import asyncio
import logging
import time
from typing import Final

from starlette.concurrency import run_in_threadpool

from objections.errors import ObjectionsError
from service.addresses import is_loopback
from service.settings import Settings
from service.store.database import Database
from service.store.keys import Key, read_keys

log = logging.getLogger(__name__)

SECONDS_FRESH: Final = 1.0
"""How long keys are used before they are read again: one that is revoked works for a second at most, and for
`SECONDS_TO_WAIT` more where the database is slow."""
SECONDS_TO_WAIT: Final = 1.0
"""How long a request waits for keys to be read; then those that were read last count."""


class KeyRing:
    """The valid keys.

    Parameters
    ----------
    settings : Settings
        Name the database and the address that the service listens on.

    Attributes
    ----------
    needed : bool
        Whether requests need a key: where there are keys, also where all are revoked, and wherever others
        than this machine can reach the service. Once true it stays so.
    usable : bool
        Whether the keys could be read, now or before.
    valid : dict of str to Key
        By hash.
    """

    def __init__(self, settings: Settings) -> None:
        self.needed = not is_loopback(settings.host)
        self.usable = False
        self.valid: dict[str, Key] = {}
        self._database = Database(settings.database)
        self._failed = False
        self._due = 0.0
        self._reading: asyncio.Future[None] | None = None
        self._late: asyncio.Future[None] | None = None
        self.read()

    def is_stale(self) -> bool:
        """Say whether the keys should be read again."""
        return time.monotonic() >= self._due

    async def refresh(self) -> None:
        """Read the keys again: once for all requests that wait, and without waiting long."""
        reading = self._reading
        if reading is None or reading.done():
            reading = self._reading = asyncio.ensure_future(run_in_threadpool(self.read))
        if reading is not self._late and not (await asyncio.wait({reading}, timeout=SECONDS_TO_WAIT))[0]:
            self._late = reading

    def read(self) -> None:
        """Read the keys; those known before stay where the database cannot be read."""
        try:
            keys = read_keys(self._database)
        except ObjectionsError as error:
            if not self._failed:
                log.warning("API keys cannot be read: %s", error)
            self._failed = True
        else:
            self._failed = False
            self.usable = True
            self.valid = {key.hash: key for key in keys if key.revoked is None}
            self.needed = self.needed or bool(keys)
        self._due = time.monotonic() + SECONDS_FRESH
