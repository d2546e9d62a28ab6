"""Downloads of tables too large to hold: an answer's body goes to an excerpt as it comes, not into memory.

Scrapy's client collects a body before anyone sees it. What collects is exchanged for requests that bring an excerpt.
"""

from dataclasses import dataclass
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers import http11
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.protocol import Protocol
from twisted.python.failure import Failure
from twisted.web.client import Response as TxResponse

from crawlers.bounded_http import BoundedHandler
from crawlers.refusals import RefusedError
from crawlers.table_excerpt import Choose, TableBounds, TableExcerpt

# The key of a request's meta that holds its TableOrder; of the answer to it the TableRead.
ORDER, READ = "table_order", "table_read"
# The flag of an answer whose body was not read, for it is as long as the one that was read last.
SAME_LENGTH = "same-length"
_OK = 200


@dataclass(frozen=True, slots=True)
class TableOrder:
    """What is wanted of a table.

    One of ``known_length`` (bytes, as the server says it) is not read again; one of ``known_digest`` (SHA-256) brings
    nothing new.
    """

    choose: Choose
    bounds: TableBounds
    known_length: int | None = None
    known_digest: str | None = None


class TableHandler(BoundedHandler):
    """Downloads over HTTP/1.1, of tables an excerpt."""

    async def download_request(self, request: Request) -> Response:
        """The answer; that of a table has no body, and its excerpt stands in the request's meta.

        Raises RefusedError for a table that passes its bounds or cannot be taken apart.
        """
        if ORDER not in request.meta:
            return await super().download_request(request)
        agent = _Agent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=True,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))


class _Agent(http11._ScrapyAgent):
    def _cb_bodyready(self, txresponse: TxResponse, request: Request) -> Any:
        order: TableOrder = request.meta[ORDER]
        request.meta.pop(READ, None)
        if int(txresponse.code) != _OK:
            return super()._cb_bodyready(txresponse, request)
        if order.known_length is not None and str(txresponse.length) == str(order.known_length):
            txresponse._transport.stopProducing()
            txresponse._transport.loseConnection()
            return {"txresponse": txresponse, "flags": [SAME_LENGTH]}
        request.meta["download_maxsize"] = order.bounds.bytes
        deliver = txresponse.deliverBody

        def deliver_to_excerpt(reader: Protocol) -> None:
            reader.__class__ = _Reader
            deliver(reader)  # type: ignore[no-untyped-call]  # Twisted leaves it so

        txresponse.deliverBody = deliver_to_excerpt  # type: ignore[method-assign]  # this answer's alone
        return super()._cb_bodyready(txresponse, request)

    def _cb_bodydone(self, result: Any, url: str) -> Response:
        response = super()._cb_bodydone(result, url)
        if response.status == _OK:
            # True of the body that was read, which is not that of the answer.
            response.headers.pop("Content-Encoding", None)
        return response


class _Reader(http11._ResponseReader):
    _excerpt: TableExcerpt

    def connectionMade(self) -> None:  # noqa: N802 - Twisted's interface
        super().connectionMade()
        order: TableOrder = self._request.meta[ORDER]
        packed = self._txresponse.headers.getRawHeaders("Content-Encoding", [])
        self._excerpt = TableExcerpt(order.choose, order.bounds, packed="gzip" in packed)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's interface
        if self._finished.called:
            return
        self._excerpt.feed(data)
        if self._excerpt.is_done:
            transport: Any = self.transport
            transport.stopProducing()
            transport.loseConnection()
            self._finish_response()

    def _finish_response(self, flags: list[str] | None = None, stop_download: Any = None) -> None:
        self._request.meta[READ] = self._excerpt.close()
        fault = self._excerpt.fault
        if fault is None:
            super()._finish_response(flags, stop_download)
        else:
            error = RefusedError(fault.kind, f"the table has {fault.message}")
            self._finished.errback(Failure(error))  # type: ignore[no-untyped-call]  # Twisted leaves it so
