"""Clean edited tables saved by a spreadsheet program, where no meaning can be lost: byte order mark, line ends, outer space."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from daye_analysis.package.edited.folder import EDITED_TABLES, SOURCE

_BOM = b"\xef\xbb\xbf"


def normalised_tables(root: Path) -> dict[str, bytes]:
    """Return the edited tables under `root` that change when they are normalised, by path.

    The byte order mark goes, lines end in LF, the last one too, and cells have no white space around them. A file that is
    no UTF-8 or no CSV stays as it is, and so does a cell with its line breaks inside.
    """
    changed = {}
    for name in EDITED_TABLES:
        path = SOURCE / f"{name}.csv"
        old = (root / path).read_bytes() if (root / path).is_file() else b""
        new = _normalised(old)
        if new != old:
            changed[path.as_posix()] = new
    return changed


def _normalised(content: bytes) -> bytes:
    content = content.removeprefix(_BOM).replace(b"\r\n", b"\n")
    if content and not content.endswith(b"\n"):
        content += b"\n"
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return content
    stripped = [[cell.strip() for cell in row] for row in rows]
    if stripped == rows:
        return content
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(stripped)
    return out.getvalue().encode()
