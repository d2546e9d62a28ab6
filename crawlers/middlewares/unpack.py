"""Unpack: bodies in gzip, deflate, brotli or zstd, by Scrapy's own middleware; damaged ones are counted, not raised."""

import struct
import zlib

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response
from scrapy.utils import _compression

from crawlers.addresses import netloc
from crawlers.refusals import RefusedError

# The libraries are those that Scrapy found: brotli has a twin for PyPy, zstd moved into Python 3.14.
_BROTLI: type[Exception] = _compression.brotli.error  # type: ignore[attr-defined]  # not exported by name
_ZSTD: type[Exception] = _compression.zstd.ZstdError  # type: ignore[attr-defined]  # not exported by name
_DAMAGED = (_BROTLI, _ZSTD, zlib.error, struct.error, EOFError, OSError)


class Unpack(HttpCompressionMiddleware):
    """Scrapy lets the errors of the libraries through: the address would be neither counted nor visited again."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # the spider's argument is deprecated
        """The answer unpacked. Raises RefusedError where it is not what its header says."""
        try:
            return super().process_response(request, response)
        except _DAMAGED as error:
            packed = (response.headers.get("Content-Encoding") or b"").decode("latin-1")[:40]
            raise RefusedError("encoding", f"{netloc(request.url)} sends no {packed} ({error})") from error
