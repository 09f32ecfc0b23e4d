"""`daye validate`: report all problems of a package at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem
from daye_analysis.package.check import check_raw, untranslated
from daye_analysis.package.edited.folder import is_unbuilt, what_is_missing
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.untrusted import ReadLimits, open_package
from daye_analysis.problem_messages import shown

_LOCATION = re.compile(r"(?P<file>[^:]+)(?::(?P<row>[0-9]+))?(?::(?P<field>.+))?")


class Location(NamedTuple):
    """Where a problem is: a table's file, row and field, or the descriptor's file with `resource:key` as its field."""

    file: str | None
    row: int | None
    field: str | None


def location(problem: Problem) -> Location:
    """Return `problem.where` in parts; all of them None where the package as a whole is meant."""
    match = _LOCATION.fullmatch(problem.where)
    file, row, field = match.group("file", "row", "field") if match else (None, None, None)
    return Location(file, int(row) if row else None, field)


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What was checked and what is wrong.

    `tables` are those that could be read, by name in the definition's order; `sizes` are the bytes of each file that
    was read, by path.
    """

    name: str
    version: str
    problems: tuple[Problem, ...]
    tables: Mapping[str, Columns] = field(default_factory=dict, repr=False, compare=False)
    sizes: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
    untranslated: int = 0

    @property
    def rows(self) -> Mapping[str, int]:
        """Return the number of rows that could be read, by table."""
        return {name: len(columns) for name, columns in self.tables.items()}

    @property
    def exit_code(self) -> int:
        """Return 0 where nothing is wrong, else 1."""
        return 1 if self.problems else 0

    def to_json(self) -> str:
        """Return the report as JSON text, every problem in both languages, the same bytes for the same package."""
        content = {
            "name": self.name,
            "version": self.version,
            "valid": not self.problems,
            "rows": dict(self.rows),
            "untranslated": self.untranslated,
            "problems": [
                {
                    "code": each.code,
                    "where": each.where,
                    **location(each)._asdict(),
                    "what": each.what._asdict(),
                    "remedy": each.remedy._asdict(),
                }
                for each in self.problems
            ],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def say(self, language: Language) -> list[str]:
        """Return a first line that sums up, then a line for every problem."""
        tables, rows, found = len(self.tables), sum(self.rows.values()), len(self.problems)
        if found:
            outcome = Text(f"{found} 个问题", f"{found} problem{'s' if found > 1 else ''}")
        else:
            outcome = Text("未发现问题", "no problems found")
        summary = Text(
            f"{self.name} {self.version}：{tables} 张表，{rows} 行，{outcome.zh}。",
            f"{self.name} {self.version}: {tables} tables, {rows} rows, {outcome.en}.",
        )
        lines = [summary, *(self._by_file() if self.version == "draft" else ())]
        if self.untranslated:
            lines.append(
                Text(
                    f"另有 {self.untranslated} 处没有英文：中文报告不受影响，英文报告以带 [zh] 的中文代替。",
                    f"{self.untranslated} texts have no English version: Chinese reports are not affected, English reports print the Chinese "
                    "marked [zh].",
                )
            )
        return [*(line.say(language) for line in lines), *(each.say(language) for each in self.problems)]

    def _by_file(self) -> list[Text]:
        """Return how much is to be done in each file: judgements, and what is empty or wrong."""
        files = list(dict.fromkeys(each.where.split(":")[0] for each in self.problems))
        lines = []
        for file in files:
            here = [each for each in self.problems if each.where.split(":")[0] == file]
            judged = sum(each.code == "edited.judgement-open" for each in here)
            left = len(here) - judged
            lines.append(Text(f"  {file}：待判断 {judged}，待填或待改 {left}", f"  {file}: {judged} to decide, {left} to fill in or correct"))
        return lines


def validate(path: Path, limits: ReadLimits | None = None) -> ValidationReport:
    """Check the package at `path` (a folder, its datapackage.json, or a .zip) against this project's definition.

    Of a folder that was never built, the edited files are checked instead: what they still lack is in the report.
    Raises NotReadable or Refused as `open_package` does; all else that is wrong is in the report.
    """
    if is_unbuilt(path):
        problems, without_english = what_is_missing(path)
        return ValidationReport(shown(path.resolve().name), "draft", tuple(problems), untranslated=without_english)
    raw = open_package(path, limits)
    tables, found = check_raw(raw)
    sizes = {path: len(content) for path, content in raw.files.items()}
    return ValidationReport(shown(raw.name), shown(raw.version), tuple(found), tables, sizes, untranslated(tables))
