"""Import replies into a package: checked together against the resulting package, written all or none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.build import BuildResult, build
from daye_analysis.package.edited.folder import SOURCE
from daye_analysis.package.request.reply import Reply, import_replies
from daye_analysis.package.untrusted import RawPackage, read_files

if TYPE_CHECKING:
    from daye_analysis.package.package_tables import PackageTables

_EDITED = re.compile(
    rf"{SOURCE.as_posix()}/(?P<table>sources|observations)\.csv:(?P<row>[0-9]+)(?P<rest>:.*)?"
)


def build_with_replies(
    root: Path, replies: Sequence[Path], load: Callable[[RawPackage], PackageTables], *, write: bool = True
) -> tuple[BuildResult, tuple[str, ...]]:
    """Build the package at `root` with the figures of `replies` added to its edited tables.

    Returns what the build made, and the names of the replies that were imported before and added nothing. `load` turns
    what is built of the edited files alone, without the replies, into tables. Raises what `build` and
    `import_replies` raise; nothing is written then.
    """
    found: list[Reply] = []
    old_rows: dict[str, int] = {}

    def edits(built: Mapping[str, bytes]) -> dict[str, bytes]:
        package = load(read_files(built))
        old_rows.update(sources=len(package.sources), observations=len(package.observations))
        found.append(import_replies(replies, package))
        added = (("sources", found[0].sources), ("observations", found[0].observations))
        paths = {name: (SOURCE / f"{name}.csv").as_posix() for name, _ in added}
        return {
            paths[name]: appended((root / paths[name]).read_bytes(), rows) for name, rows in added if rows
        }

    try:
        result = build(root, write=write, edits=edits)
    except CheckFailed as failed:
        if not found:
            raise
        raise CheckFailed(_in_reply(each, found[0], old_rows) for each in failed.problems) from failed
    return result, found[0].already


def appended(content: bytes, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return the CSV `content` with `rows` below its own, by the columns that it has and with its own line ends."""
    header, _, _ = content.partition(b"\n")
    end = "\r\n" if header.endswith(b"\r") else "\n"
    text = io.StringIO(newline="")
    if not content.endswith(b"\n"):
        text.write(end)
    columns = next(csv.reader([header.decode("utf-8")]))
    csv.DictWriter(text, columns, extrasaction="ignore", lineterminator=end).writerows(rows)
    return content + text.getvalue().encode()


def _in_reply(problem: Problem, reply: Reply, old_rows: Mapping[str, int]) -> Problem:
    """Return `problem` at the cell of the reply that its row comes from, where it is a new row's."""
    place = _EDITED.fullmatch(problem.where)
    if place is None or (at := int(place["row"]) - 2 - old_rows[place["table"]]) < 0:
        return problem
    return replace(problem, where=reply.places[place["table"]][at])
