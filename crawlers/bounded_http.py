"""Scrapy's own HTTP client with a bound on the head of an answer, which it does not have.

DOWNLOAD_MAXSIZE counts bodies only: a server that sends header lines without end takes memory until the timeout
(measured here: 1.1 GB in 20 seconds). The parser is exchanged where Scrapy itself exchanges it for a lenient one.
"""

from scrapy.core.downloader.handlers import http11
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HTTP11ClientProtocol, Request, ResponseFailed
from twisted.web.iweb import IResponse

# Apache and nginx send 8 KB at most; browsers take 256 KB (Chromium, net/http/http_stream_parser.h).
LONGEST_HEAD = 262_144


class HeadTooLongError(ValueError):
    """An answer whose status line and headers do not end."""


class BoundedHandler(http11.HTTP11DownloadHandler):
    """Downloads over HTTP/1.1; heads beyond `LONGEST_HEAD` bytes are errors."""

    def __init__(self, crawler: Crawler) -> None:
        """Exchange what makes connections."""
        super().__init__(crawler)
        self._pool._factory = _Factory


class _Parser(http11._LenientHTTPClientParser):
    head_bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's interface
        self.head_bytes += len(line) + 1
        if self.head_bytes > LONGEST_HEAD:
            raise HeadTooLongError(f"headers beyond {LONGEST_HEAD} bytes")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - Twisted's interface
        raise HeadTooLongError(f"a header of {len(line)} bytes")


class _Protocol(http11._LenientHTTP11ClientProtocol):
    def request(self, request: Request) -> "Deferred[IResponse]":
        answered = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = _Parser
        return answered


class _Factory(http11._LenientHTTP11ClientFactory):
    def buildProtocol(self, _addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802 - Twisted's interface
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted leaves it so


def is_head_too_long(error: BaseException) -> bool:
    """Whether a download ended for the length of its head."""
    cause = error.__cause__
    reasons = cause.reasons if isinstance(cause, ResponseFailed) else []
    return any(isinstance(reason.value, HeadTooLongError) for reason in reasons)
