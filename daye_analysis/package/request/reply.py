"""A reply to a data request as observations with their sources."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.check.cell_values import CELL_WORDS, cell_fault
from daye_analysis.package.check.values import value_fault
from daye_analysis.package.definition import table
from daye_analysis.package.formatting import last_day
from daye_analysis.package.observation_ids import next_observation_ids
from daye_analysis.package.read.findings import Fault
from daye_analysis.package.request.filled_in import FilledInRow, filled_in_rows
from daye_analysis.package.request.messages import REQUEST_PROBLEMS, UNNAMED_PUBLISHER
from daye_analysis.package.request.sheet import period_and_unit
from daye_analysis.package.request.wanted import NO_LEAD_BODY, Wanted, every_period
from daye_analysis.package.view import PackageView
from daye_analysis.problem_messages import worded

if TYPE_CHECKING:
    from daye_analysis.package.package_tables import PackageTables

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?")
_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_MONTH = re.compile(r"([0-9]{4})年([0-9]{1,2})月")
_WITH_UNIT = re.compile(r"(?P<number>-?[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>[^0-9\s].*)")


@dataclass(frozen=True, slots=True)
class Reply:
    """New rows of the tables `sources` and `observations`, as text, and the cell of the reply that each comes from.

    `already` names the replies that were imported before.
    """

    sources: tuple[dict[str, str], ...]
    observations: tuple[dict[str, str], ...]
    places: Mapping[str, tuple[str, ...]]
    already: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    wanted: Wanted
    cells: dict[str, str]
    where: str

    @property
    def source(self) -> tuple[str, str, str, str]:
        """Return what makes it the same source: unit, document, day and page."""
        return self.wanted.holder, self.cells["document"], self.cells["date"], self.cells["page"]


def _date(text: str) -> dt.date | None:
    """Return the day that `text` names; of a month alone its last, by which the figure was known at the latest."""
    try:
        if month := _MONTH.fullmatch(text):
            first = dt.date(int(month[1]), int(month[2]), 1)
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
        match = _DATE.fullmatch(text)
        return dt.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _unit_label(wanted: Wanted | None, package: PackageTables) -> Text:
    """Return the unit that is asked for, without what it counts: 亿元, 家."""
    if wanted is None:
        return Text("规定单位", "the unit asked for")
    unit = package.record("measurement_units", wanted.unit_code)
    return Text(str(unit["label_zh"]).partition("（")[0], str(unit["label_en"]).partition(" (")[0])


def _number_alone(text: str, unit: str) -> str:
    """Return a value without the unit that is written after it, where that is the one asked for: 98.5亿, 98.5亿元, 162家."""
    found = _WITH_UNIT.fullmatch(text)
    return found["number"] if found and found["unit"] in {unit, unit.removesuffix("元") or unit} else text


# A text that the validator refuses for these is reported in the words of a reply.
_BAD_TEXT = ("cell.formula", "cell.hidden-character", "cell.control-character")


def _fault(name: str, field: str, cell: str) -> Fault | None:
    """Return what the validator would say of a cell in the field that it goes into."""
    return cell_fault(table(name).field(field))(cell) if cell else None


def _problems(row: FilledInRow, wanted: Wanted | None, package: PackageTables) -> Iterator[Problem]:
    """Yield what is wrong with a row in which more than a note was filled in."""
    cells, day = row.cells, _date(row.cells["date"])

    def problem(code: str, found: object = "", column: str = "value", **values: object) -> Problem:
        return worded(REQUEST_PROBLEMS, f"request.{code}", row.places[column], found=found, **values)

    if wanted is None:
        yield problem("unknown-key", cells["key"], "key")
    if not cells["value"]:
        yield problem("value-missing")
    elif row.is_percent:
        yield problem("percent-cell", cells["value"])
    elif not _NUMBER.fullmatch(cells["value"]) or _fault("observations", "value", cells["value"]):
        label = _unit_label(wanted, package)
        yield problem("bad-value", cells["value"], unit=label)
    elif wanted and (impossible := _value_fault(wanted, cells["value"], package)):
        yield problem(impossible, cells["value"])
    if cells["value"] and cells["note"]:
        yield problem("note-with-value", cells["note"], "note")
    for column, asked in period_and_unit(package, wanted).items() if wanted else ():
        if cells[column] not in ("", " ".join(asked.split())):
            yield problem("given-changed", cells[column], column, wanted=" ".join(asked.split()))
    if day is None:
        yield problem("bad-date", cells["date"], "date")
    elif wanted and str(day) < wanted.period_end:
        yield problem("date-before-end", day, "date", end=wanted.period_end)
    elif day > last_day():
        yield problem("date-after-today", day, "date")
    if not cells["document"]:
        yield problem("document-missing", column="document")
    elif fault := _fault("sources", "title", cells["document"]):
        is_bad = fault.code in _BAD_TEXT
        reworded = worded(CELL_WORDS, fault.code, row.places["document"], **fault.values)
        yield problem("bad-text", cells["document"], "document") if is_bad else reworded
    if _fault("sources", "url", cells["page"]):
        yield problem("bad-page", cells["page"], "page")


def _value_fault(wanted: Wanted, value: str, package: PackageTables) -> str | None:
    unit = package.record("measurement_units", wanted.unit_code)
    quantity = str(package.record("indicators", wanted.indicator_id)["quantity"])
    return value_fault(wanted.measure, str(unit["kind"]), value, quantity, int(unit["power_of_ten"]))


def _falling(answers: list[_Answer]) -> Iterator[Problem]:
    """Yield every running total that is less than that of an earlier period in the same reply."""
    highest: dict[str, _Answer] = {}
    totals = [each for each in answers if each.wanted.over == "since_start"]
    for each in sorted(totals, key=lambda each: each.wanted.period_end):
        value, target = each.cells["value"], each.wanted.target_id
        before = highest.setdefault(target, each)
        if float(value) < float(before.cells["value"]):
            earlier = {"earlier": before.cells["value"], "end": before.wanted.period_end}
            yield worded(REQUEST_PROBLEMS, "request.running-total-falls", each.where, found=value, **earlier)
        else:
            highest[target] = each


def _asked_twice(answers: list[_Answer]) -> list[Problem]:
    """Return a problem for each figure that was given before, in the same reply or another one."""
    keys = [each.cells["key"] for each in answers]
    return [
        worded(REQUEST_PROBLEMS, "request.key-twice", each.where, found=keys[at])
        for at, each in enumerate(answers)
        if keys[at] in keys[:at]
    ]


def _answers(path: Path, package: PackageTables) -> list[_Answer]:
    """Return the rows that were filled in; CheckFailed with every problem of every row."""
    asked = {each.key: each for each in every_period(PackageView(package, package.known_until))}
    problems: list[Problem] = []
    answers: list[_Answer] = []
    for row in filled_in_rows(path):
        if not any(row.cells[name] for name in ("value", "date", "document", "page")):
            continue
        wanted = asked.get(row.cells["key"])
        value = _number_alone(row.cells["value"], _unit_label(wanted, package).zh)
        cells = {**row.cells, "value": value}
        row = replace(row, cells=cells)
        problems += _problems(row, wanted, package)
        if wanted and not problems:
            answers.append(_Answer(wanted, {**cells, "date": str(_date(cells["date"]))}, row.where))
    if problems:
        raise CheckFailed(problems)
    if not answers:
        raise CheckFailed(worded(REQUEST_PROBLEMS, "request.nothing-filled-in", path.name))
    return answers


def _free(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or with the first number after it that is not taken."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _publisher(holder: str, package: PackageTables) -> str:
    """Return the name of the body that was asked; of a figure without one nobody can know here who replied."""
    return UNNAMED_PUBLISHER if holder == NO_LEAD_BODY else str(package.record("units", holder)["name_zh"])


def _sources(answers: list[_Answer], package: PackageTables) -> dict[tuple[str, ...], dict[str, str]]:
    """Return a row of `sources` for each unit, document, day and page of the answers."""
    taken = set(package.sources["source_id"])
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for each in answers:
        unit, document, date, page = each.source
        if each.source in rows:
            continue
        source_id = _free(f"reply-{unit}-{date.replace('-', '')}", taken)
        taken.add(source_id)
        rows[each.source] = {
            "source_id": source_id,
            "title": document,
            "publisher": _publisher(unit, package),
            "published": date,
            "known_on": date,
            "kind": "reply",
            "tier": "official",
            "url": page,
        }
    return rows


def _known_already(answer: _Answer, package: PackageTables) -> str | None:
    """Return the observation that holds the same figure from the same source, if there is one."""
    rows = package.observations
    wanted = answer.wanted
    same = rows[
        (rows["indicator_id"] == wanted.indicator_id)
        & (rows["area_id"] == wanted.area_id)
        & (rows["period_end"].dt.strftime("%Y-%m-%d") == wanted.period_end)
        & (rows["period_start"].dt.strftime("%Y-%m-%d").fillna("") == wanted.period_start)
        & (rows["value"] == float(answer.cells["value"]))
    ].merge(package.sources, on="source_id")
    publisher = _publisher(wanted.holder, package)
    same = same[(same["title"] == answer.cells["document"]) & (same["publisher"] == publisher)]
    return None if same.empty else str(same["observation_id"].iloc[0])


def import_replies(paths: Sequence[Path], package: PackageTables) -> Reply:
    """Return what the filled-in requests in `paths` (.xlsx or .docx) add to `package`, all of them together.

    Every row becomes an observation (exact, outturn, same concept: the official words were shown beside it, and a
    value with a note is refused), every document a source of kind `reply`. Rows with nothing but a note are left out, and
    so is a reply whose every figure the package has already. Raises CheckFailed with every problem of every reply
    (`request.*`, `cell.*`, each with its cell), NotReadable and Refused as `filled_in_rows` does.
    """
    by_file = {path: _answers(path, package) for path in paths}
    known = {path: [_known_already(each, package) for each in answers] for path, answers in by_file.items()}
    problems = [
        worded(REQUEST_PROBLEMS, "request.already-there", answer.where, found=twin)
        for path, answers in by_file.items()
        if not all(known[path])
        for answer, twin in zip(answers, known[path], strict=True)
        if twin
    ]
    answers = [each for path, found in by_file.items() if not all(known[path]) for each in found]
    problems += _asked_twice(answers)
    problems = problems or list(_falling(answers))
    if problems:
        raise CheckFailed(problems)
    sources = _sources(answers, package)
    observations = []
    for observation_id, each in zip(next_observation_ids(package.observations["observation_id"]), answers, strict=False):
        wanted = each.wanted
        row = {
            "observation_id": observation_id,
            "indicator_id": wanted.indicator_id,
            "area_id": wanted.area_id,
            "period_start": wanted.period_start,
            "period_end": wanted.period_end,
            "measure": wanted.measure,
            "value": each.cells["value"],
            "unit_code": wanted.unit_code,
            "bound": "exact",
            "statement": "outturn",
            "concept": "same",
            "source_id": sources[each.source]["source_id"],
        }
        observations.append(table("observations").completed(row))
    places = {
        "sources": tuple(next(each.where for each in answers if each.source == source) for source in sources),
        "observations": tuple(each.where for each in answers),
    }
    already = tuple(path.name for path in paths if all(known[path]))
    return Reply(tuple(sources.values()), tuple(observations), places, already)
