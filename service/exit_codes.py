"""Exit codes of the command line, and which error gives which."""

from enum import IntEnum

from objections.errors import DataError, GlossaryError, ModelError, ObjectionsError


class ExitCode(IntEnum):
    """What the command line says when it ends; the README explains each."""

    OK = 0
    FAILED = 1
    USAGE = 2
    DATA = 3
    MODEL = 4
    REJECTED = 5
    GATE = 6
    INTERRUPTED = 130


def exit_code(error: ObjectionsError) -> ExitCode:
    """Choose the exit code for a mistake that the user can mend."""
    if isinstance(error, DataError | GlossaryError):
        return ExitCode.DATA
    if isinstance(error, ModelError):
        return ExitCode.MODEL
    return ExitCode.FAILED
