"""The process that answers HTTP."""

import contextlib
import logging
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from typing import Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from objections.errors import ObjectionsError
from service.addresses import is_loopback
from service.app import create_app, load_classifier, prepare
from service.metrics import COUNTED_TOGETHER
from service.settings import PREFIX, Settings
from service.store.database import Database
from service.store.keys import read_keys

SECONDS_TO_FINISH: Final = 10
"""How long a stopping server lets running requests finish."""

LOGGING: Final = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "service": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}

BYTES_PER_CHARACTER: Final = 12
"""Most that one character takes in JSON: two escapes."""
BYTES_AROUND_A_LINE: Final = 4096
"""Most that a line of `/v1/stream` may hold beside its text."""


class AddressError(ObjectionsError):
    """The address cannot be listened on."""


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until the process is told to stop.

    Parameters
    ----------
    settings : Settings
    say : callable
        Told where the service listens.

    Raises
    ------
    ObjectionsError
        Where the model or the glossary cannot be used, the port is taken, or others than this machine could
        reach the service and no key is configured.
    """
    _refuse_strangers(settings)
    classifier = load_classifier(settings)
    prepare(classifier)
    listener = _listen(settings.host, settings.port)
    host, port = listener.getsockname()[:2]
    say(f"Model {classifier.card.id}; http://{host}:{port} answers, /docs explains. Ctrl-C stops.")
    several = settings.workers > 1
    config = uvicorn.Config(
        "service.app:create_app_from_environment" if several else create_app(classifier, settings),
        factory=several,
        workers=settings.workers,
        access_log=False,
        log_config=LOGGING,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        ws="websockets-sansio",
        ws_max_size=BYTES_AROUND_A_LINE + BYTES_PER_CHARACTER * settings.max_characters,
    )
    logging.getLogger("service").info(
        "serving model %s with %d worker(s)", classifier.card.id, settings.workers
    )
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how a server is stopped, not a failure
        if several:
            with _shared_with_workers(settings):
                Multiprocess(config, sockets=[listener]).run()
        else:
            uvicorn.Server(config).run(sockets=[listener])


@contextlib.contextmanager
def _shared_with_workers(settings: Settings) -> Iterator[None]:
    """Tell workers, which are given nothing but the environment, the address and where to count together."""
    with tempfile.TemporaryDirectory(prefix="objections-metrics-") as folder:
        os.environ[COUNTED_TOGETHER] = folder
        os.environ[f"{PREFIX}HOST"] = settings.host
        yield


def _refuse_strangers(settings: Settings) -> None:
    """Without keys, listen on this machine alone."""
    if is_loopback(settings.host):
        return
    database = Database(settings.database)
    keys = read_keys(database)
    database.close()
    if not keys:
        raise AddressError(
            f"{settings.host} can be reached from other machines, and no API key is configured: make one "
            "with `objections keys create NAME --role score`, or listen on 127.0.0.1"
        )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise AddressError(
            f"cannot listen on {host}:{port} ({error.strerror}); "
            "stop what listens there, or choose another port: OBJECTIONS_PORT=8001 make serve"
        ) from None
    listener.set_inheritable(True)
    return listener
