"""Why a request was not sent, or what became of it: one word a class, counted a run."""

from typing import Literal, TypeAlias

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from crawlers.bounded_http import is_head_too_long
from pipelines.process import RULE_ERRORS

FailureClass: TypeAlias = Literal[
    "dns", "refused", "timeout", "dropped", "4xx", "5xx", "robots", "reserved", "size", "off-site", "private",
    "budget", "backoff", "trap", "redirects", "dead-link", "headers", "encoding", "forgotten", "not-understood",
]  # fmt: skip
# What the crawler chose itself, and links that never led anywhere: counted and told, but no failure of the run.
NO_FAILURE: frozenset[str] = frozenset(
    {"robots", "reserved", "off-site", "budget", "backoff", "trap", "dead-link", "forgotten"}
)

# What a download can end with; anything else is a defect of the program and is not caught.
DOWNLOAD_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    IgnoreRequest,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    OSError,
)


class RefusedError(IgnoreRequest):
    """The crawler does not send this request; ``reason`` is its class."""

    def __init__(self, reason: FailureClass, message: str) -> None:
        """Say why, in one line."""
        super().__init__(message)
        self.reason: FailureClass = reason


class UnreachableError(RefusedError):
    """The host did not even say what may be fetched: its turn is over, and what was asked for is due before long."""


def failure_class(error: BaseException) -> FailureClass:
    """The class of a download's failure."""
    if isinstance(error, RefusedError):
        return error.reason
    if is_head_too_long(error):
        return "headers"
    return next((name for kinds, name in _CLASSES if isinstance(error, kinds)), _OTHERS)


def status_class(status: int) -> FailureClass:
    """The class of an answer that brought no page."""
    return "5xx" if status >= 500 else "4xx"


_OTHERS: FailureClass = "dropped"
_CLASSES: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], FailureClass], ...] = (
    (RULE_ERRORS, "not-understood"),
    (CannotResolveHostError, "dns"),
    ((DownloadConnectionRefusedError, ConnectError), "refused"),
    (DownloadTimeoutError, "timeout"),
    # Scrapy itself ignores an answer only where unpacking it passes the largest size.
    ((DownloadCancelledError, IgnoreRequest), "size"),
)
