"""CSV as RFC 4180 writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def csv_text(rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> str:
    """Rows with CRLF ends; cells quoted when they hold a delimiter, a quotation mark or a line break."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerows(rows)
    return stream.getvalue()
