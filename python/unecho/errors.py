"""What goes wrong is an Error, with the tool's own message: where, what, and what to do."""


class Error(Exception):
    """unecho could not do it; ``str()`` says where, what, and what to do.

    ``code`` is one of the words of ``unecho/status.h``: ``"DATA_LOSS"``, ``"RESOURCE_EXHAUSTED"``, ...
    """

    code: str = "UNKNOWN"


class UsageError(Error, ValueError):
    """Options that cannot be meant, or not together."""


class NotFoundError(Error, FileNotFoundError):
    """A file, an index or a layout that is not there."""


class ExistsError(Error, FileExistsError):
    """An output that is there already; ``force=True`` replaces it."""


class UnechoWarning(UserWarning):
    """What nobody should miss of a run that went well."""


_KINDS = {"INVALID_ARGUMENT": UsageError, "NOT_FOUND": NotFoundError, "ALREADY_EXISTS": ExistsError}


def error_of(code: str, message: str) -> Error:
    """The exception for a status of the library."""
    error = _KINDS.get(code, Error)(message)
    error.code = code
    return error
