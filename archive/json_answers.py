"""JSON that strangers wrote, as values that can be stored."""

import json
import re
from typing import Any

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_json(body: bytes | str) -> Any:
    """The value of a JSON text. Half characters (``"\\ud800"`` alone), which no file could hold, become U+FFFD.

    Raises ValueError for what is no JSON, and for what nests deeper than Python reads.
    """
    try:
        value = json.loads(body)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if (b"\\u" if isinstance(body, bytes) else "\\u") not in body:  # type: ignore[operator]  # both sides are of one type
        return value
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(_whole(text)) if _SURROGATE.search(text) else value


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
