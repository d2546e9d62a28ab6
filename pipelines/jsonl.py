"""JSON Lines as every command of this project writes them."""

import json
from typing import Any

# Legal inside JSON strings, yet line ends to many readers (Unicode's "mandatory break" characters).
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_line(record: dict[str, Any]) -> str:
    """One record as one line of UTF-8 JSON, without the line end."""
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": ")).translate(_LINE_ENDS)
