"""Read a settings file (TOML or YAML) so that all problems are reported at once, each with line and fix."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from daye_analysis.bilingual import Text
from daye_analysis.errors import NotReadable, Problem, WrongUsage
from daye_analysis.problem_messages import Words, whole, worded
from daye_analysis.reporting.notebooks.core_yaml import SettingPath, parse_yaml
from daye_analysis.reporting.notebooks.parameters import nearest
from daye_analysis.reporting.notebooks.problems import NOTEBOOK_PROBLEMS
from daye_analysis.reporting.notebooks.secret import redacted
from daye_analysis.storage.files import file_content

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
TEN_YEARS = 3650 * 86400


@dataclass(slots=True)
class SettingsFile:
    """A file's content, the line of each value, and the problems found so far; `kind` begins their codes in `messages`."""

    name: str
    kind: str
    messages: Words
    content: Mapping[str, Any]
    lines: Mapping[SettingPath, int]
    problems: list[Problem] = field(default_factory=list)

    def where(self, place: SettingPath) -> str:
        """Return `file:line` of a value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.name}:{self.lines.get(place, 1)}"

    def add(self, code: str, place: SettingPath, **values: object) -> None:
        """Note a problem."""
        self.problems.append(worded(self.messages, f"{self.kind}.{code}", self.where(place), **values))

    def relay(self, problem: Problem, place: SettingPath, code: str = "") -> None:
        """Note a problem that another check found, under `code` or its own; `guard.not-found` becomes `grid.guard-not-found`."""
        own = code or problem.code.replace(".", "-")
        self.problems.append(replace(problem, code=f"{self.kind}.{own}", where=self.where(place)))

    def raise_problems(self) -> None:
        """Raise WrongUsage with all problems, if there are any."""
        if self.problems:
            raise WrongUsage(self.problems)


class Section:
    """One table of a settings file, whose values are asked for by name and type."""

    def __init__(self, file: SettingsFile, place: SettingPath, values: Mapping[str, Any]) -> None:
        self.file = file
        self.place = place
        self._values = values
        self._asked: set[str] = set()

    def text(self, key: str, required: bool = False) -> str:
        """Return a text; empty when it is missing or wrong."""
        value = self._value(key, required, str, Text("带引号的文本", "text in quotes"))
        return value if isinstance(value, str) else ""

    def texts(self, key: str, default: Sequence[str] = (), required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        value = self._value(key, required, (str, list), Text("文本的列表", "a list of texts"))
        if value is None:
            return tuple(default)
        items = [value] if isinstance(value, str) else value
        for position, item in enumerate(items):
            if not isinstance(item, str):
                self._wrong_type((key, position), item, Text("带引号的文本", "text in quotes"))
        if not items:
            self.problem("empty", key)
        return tuple(item for item in items if isinstance(item, str))

    def choice(self, key: str, options: Sequence[str], default: str) -> str:
        """Return one of `options`."""
        value = self.text(key) if key in self._values else default
        self._asked.add(key)
        if value and value not in options:
            self._bad_choice((key,), value, options)
        return value if value in options else default

    def choices(self, key: str, options: Sequence[str], default: Sequence[str]) -> tuple[str, ...]:
        """Return some of `options`."""
        values = self.texts(key, default)
        for position, value in enumerate(values):
            if value not in options:
                self._bad_choice((key, position), value, options)
        return tuple(dict.fromkeys(value for value in values if value in options))

    def whole_number(self, key: str, default: int) -> int:
        """Return a whole number that is not negative."""
        value = self._value(key, False, int, Text("整数", "a whole number"))
        if isinstance(value, int) and value < 0:
            self.problem("negative", key)
        return value if isinstance(value, int) else default

    def seconds(self, key: str, default: float | None, least: float = 0.0) -> float | None:
        """Return a duration such as `90s`, `15m`, `6h`, `20d` or `2w`, in seconds; from `least` to ten years."""
        value = self._value(key, False, str, Text("时长，如 15m", "a duration such as 15m"))
        if not isinstance(value, str):
            return default
        found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([smhdw])", value)
        if not found:
            self.problem("bad-duration/none", key, found=repr(value))
            return default
        length = float(found.group(1)) * SECONDS[found.group(2)]
        if not least <= length <= TEN_YEARS:
            self.problem("bad-duration/length", key, found=value, least=f"{least:g}")
        return length

    def day(self, key: str) -> date | None:
        """Return a day."""
        value = self._value(key, False, date, Text("日期，如 2026-01-31", "a day such as 2026-01-31"))
        return value if type(value) is date else None

    def table(self, key: str) -> Mapping[str, Any]:
        """Return a table of any values."""
        value = self._value(key, False, dict, Text("键值表", "a table of names and values"))
        return value if isinstance(value, dict) else {}

    def raw(self, key: str) -> Any:
        """Return a value of any type, None when it is missing."""
        self._asked.add(key)
        return self._values.get(key)

    def problem(self, code: str, key: str, **values: object) -> None:
        """Note a problem with the value of `key`."""
        self.file.add(code, (*self.place, key), key=key, **values)

    def finish(self) -> None:
        """Report every unknown key."""
        for key in self._values:
            if key not in self._asked:
                known = tuple(sorted(self._asked))
                close = nearest(key, known)
                self.problem(f"unknown-key/{'near' if close else 'none-near'}", key, close=close, known=known)

    def _value(self, key: str, required: bool, kinds: type | tuple[type, ...], wanted: Text) -> Any:
        self._asked.add(key)
        if key not in self._values:
            if required:
                self.file.add("missing-key", self.place, key=key, wanted=wanted)
            return None
        value = self._values[key]
        is_wrong_subtype = isinstance(value, bool | datetime) and type(value) is not kinds
        if not isinstance(value, kinds) or is_wrong_subtype:
            self._wrong_type((key,), value, wanted)
            return None
        return value

    def _wrong_type(self, place: SettingPath, value: object, wanted: Text) -> None:
        self.file.add("wrong-type", (*self.place, *place), key=place[0], found=redacted(value), wanted=wanted)

    def _bad_choice(self, place: SettingPath, value: str, options: Sequence[str]) -> None:
        self.file.add("bad-choice", (*self.place, *place), key=place[0], found=repr(value), known=tuple(options))


def read_toml(path: Path, kind: str, messages: Words) -> SettingsFile:
    """Return a TOML file; raise NotReadable when it cannot be read, WrongUsage with the line when it is no TOML."""
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise WrongUsage(_syntax(kind, messages, path, int(line.group(1)) if line else 1, str(error))) from None
    except RecursionError as error:
        raise WrongUsage(_syntax(kind, messages, path, 1, type(error).__name__)) from None
    return SettingsFile(path.name, kind, messages, content, _toml_lines(text))


def read_yaml(path: Path, kind: str, messages: Words) -> SettingsFile:
    """Return a YAML file, read by the rules of YAML 1.2: `no` and `007` are text, not False and 7.

    Raises NotReadable when it cannot be read, WrongUsage with the line when it is no YAML or repeats a key.
    """
    text = _text(path)
    try:
        content, lines = parse_yaml(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise WrongUsage(_syntax(kind, messages, path, line, error.problem or "")) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise WrongUsage(_syntax(kind, messages, path, 1, type(error).__name__)) from None
    if not isinstance(content, dict):
        raise WrongUsage(_syntax(kind, messages, path, 1, "no table of names and values"))
    return SettingsFile(path.name, kind, messages, content, lines)


def _toml_lines(text: str) -> dict[SettingPath, int]:
    """Return the line of each table and key; tomllib itself does not say."""
    lines: dict[SettingPath, int] = {}
    counts: dict[str, int] = {}
    place: SettingPath = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", line):
            name = found.group(1)
            counts[name] = counts.get(name, -1) + 1
            place = (name, counts[name])
            lines[place] = number
        elif found := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            first, *rest = found.group(1).split(".")
            place = (first, counts[first], *rest) if first in counts else (first, *rest)
            lines[place] = number
        elif found := re.match(r"\s*(?:\"([^\"]+)\"|([\w-]+))\s*=", line):
            lines[(*place, found.group(1) or found.group(2))] = number
    return lines


def _text(path: Path) -> str:
    try:
        return file_content(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no UTF-8"
        raise NotReadable(
            worded(NOTEBOOK_PROBLEMS, "settings.unreadable", str(path), reason=whole(reason))
        ) from None


def _syntax(kind: str, messages: Words, path: Path, line: int, reason: str) -> Problem:
    return worded(messages, f"{kind}.syntax", f"{path.name}:{line}", reason=whole(reason))
