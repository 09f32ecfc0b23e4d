"""Notifications for operators: each failure once, then when it changes or ends; by a command and in a log file.

`reports/notices.json` holds the failures that were reported. It is written after the command succeeded: one that fails is
called again, so that each piece of news is reported at least once.
"""

from __future__ import annotations

import contextlib
import json
import logging
import logging.handlers
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.publishing.failure import problems_as_json, problems_from_json
from daye_analysis.reporting.publishing.identity import canonical
from daye_analysis.reporting.publishing.served import task_key
from daye_analysis.reporting.publishing.shared_files import replace_if_other, shared_files
from daye_analysis.reporting.schedules.problems import SCHEDULE_PROBLEMS

# Pseudo-tasks for the package and the public site, each of which fails as a whole.
PACKAGE, SITE = (task_key("", "", name, "", {}) for name in ("package", "site"))
NOTICES = "notices.json"
LOG_BYTES, LOG_FILES = 1_000_000, 5
HOOK_SECONDS = 120
# What a variable of the environment may hold on every system.
LONGEST = 30_000
Event = Literal["failed", "changed", "recovered", "lapsed"]
GRAVEST_FIRST: tuple[Event, ...] = ("failed", "changed", "lapsed", "recovered")
EVENTS: Mapping[Event, Text] = {
    "failed": Text("生成失败", "failed"),
    "changed": Text("失败原因有变", "failed for a different reason"),
    "recovered": Text("已恢复正常", "recovered"),
    "lapsed": Text("已过期，未生成", "lapsed: the period for generating it has ended"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A failure of one slot of a task; `key` is the task's (`served.task_key`), `folder` where the failed run is kept."""

    key: bytes
    slot: str
    exit_code: int
    folder: Path | None
    problems: tuple[Problem, ...]

    @property
    def place(self) -> tuple[bytes, str]:
        """What the failure is one of."""
        return self.key, self.slot

    @property
    def kind(self) -> tuple[int, str, tuple[str, ...]]:
        """What changes when the failure does: not its words, which may hold a clock's time."""
        return self.exit_code, str(self.folder), tuple(problem.code for problem in self.problems)


@dataclass(frozen=True, slots=True)
class News:
    """Something that operators have not heard yet."""

    event: Event
    notice: Notice

    def say(self, language: Language) -> str:
        """Return it as a line: schedule, slot, notebook, language, what happened, why, and the folder of the failed run."""
        schedule, _, notebook, of_language, parameters = json.loads(self.notice.key)
        given = " ".join(f"{name}={value}" for name, value in parameters.items())
        head = " ".join(part for part in (schedule, self.notice.slot, notebook, f"({of_language})" if of_language else "", given) if part)
        what = EVENTS[self.event].say(language)
        if self.event in ("recovered", "lapsed"):
            return f"{head}: {what}"
        why = "; ".join(problem.say(language) for problem in self.notice.problems)
        return f"{head}: {what}. {why} {self.notice.folder or ''}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        schedule, package, notebook, language, parameters = json.loads(self.notice.key)
        return {
            "event": self.event,
            "schedule": schedule,
            "package": package,
            "notebook": notebook,
            "language": language,
            "parameters": parameters,
            "slot": self.notice.slot,
            "exit_code": self.notice.exit_code,
            "codes": [problem.code for problem in self.notice.problems],
            "folder": str(self.notice.folder or ""),
        }


def read_notices(reports: Path) -> list[Notice]:
    """Return the failures that were reported and have not ended; with a damaged file they are reported again."""
    try:
        entries = json.loads((reports / NOTICES).read_bytes())["notices"]
        return [
            Notice(
                canonical(entry["task"]),
                str(entry["slot"]),
                int(entry["exit_code"]),
                Path(entry["folder"]) if entry["folder"] else None,
                problems_from_json(entry["problems"]),
            )
            for entry in entries
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def news_of(
    reported: Iterable[Notice], failing: Iterable[Notice], done: Mapping[bytes, Iterable[str]], due: Iterable[tuple[bytes, str]]
) -> list[News]:
    """Return what is new: `reported` are the failures reported before, `failing` those of now.

    A failure ends when its slot is in `done`, or no longer in `due`. One that is due, and neither failed nor done this
    time, since another process has it, goes on.
    """
    before, now, still_due = {each.place: each for each in reported}, {each.place: each for each in failing}, set(due)
    found: list[News] = []
    for place, notice in now.items():
        if place not in before:
            found.append(News("failed", notice))
        elif notice.kind != before[place].kind:
            found.append(News("changed", notice))
    for place, notice in before.items():
        if place in now:
            continue
        if notice.slot in set(done.get(notice.key, ())):
            found.append(News("recovered", notice))
        elif place not in still_due:
            found.append(News("lapsed", notice))
    return found


def remember_notices(reports: Path, reported: Iterable[Notice], news: Iterable[News]) -> None:
    """Record what has been reported now; the caller holds the lock of the shared files."""
    known = {each.place: each for each in reported}
    for each in news:
        if each.event in ("recovered", "lapsed"):
            known.pop(each.notice.place, None)
        else:
            known[each.notice.place] = each.notice
    if not known and not (reports / NOTICES).exists():
        return
    entries = [
        {
            "task": json.loads(each.key),
            "slot": each.slot,
            "exit_code": each.exit_code,
            "folder": str(each.folder or ""),
            "problems": problems_as_json(each.problems),
        }
        for _, each in sorted(known.items())
    ]
    content = json.dumps({"schema_version": 1, "notices": entries}, ensure_ascii=False, indent=1)
    replace_if_other(reports / NOTICES, content.encode("utf-8", "replace") + b"\n")


def call_hook(command: Sequence[str], news: Sequence[News], folder: Path, language: Language) -> Problem | None:
    """Call the operators' command with the news in its environment and on its standard input; return why it failed.

    DAYE_EVENT is the gravest event, DAYE_COUNT how many there are, DAYE_TITLE a line, DAYE_MESSAGE all of them, DAYE_NEWS
    the same as JSON, DAYE_FOLDER the folder of the first failed run. `folder` is where the command is called.
    """
    message = "\n".join(each.say(language) for each in news)
    gravest = min(news, key=lambda each: GRAVEST_FIRST.index(each.event))
    title = Text(f"报告：{EVENTS[gravest.event].zh}（{len(news)}）", f"Reports: {EVENTS[gravest.event].en} ({len(news)})")
    facts = {
        "DAYE_EVENT": gravest.event,
        "DAYE_COUNT": str(len(news)),
        "DAYE_TITLE": title.say(language),
        "DAYE_MESSAGE": message[:LONGEST],
        "DAYE_NEWS": _news_json(news),
        "DAYE_FOLDER": str(gravest.notice.folder or ""),
    }
    clean = {name: value.encode("utf-8", "replace").decode().replace("\0", "") for name, value in facts.items()}
    try:
        done = subprocess.run(
            list(command),
            input=message.encode("utf-8", "replace"),
            env={**os.environ, **clean},
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=HOOK_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        return _problem_hook(command, type(error).__name__)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return _problem_hook(command, f"exit {done.returncode}{': ' + said[-1][:200] if said else ''}")
    return None


def log_lines(path: Path, reports: Path, lines: Iterable[str]) -> None:
    """Append lines to the log, each with the time in UTC; at a megabyte it is rotated, and five old ones are kept.

    Raises OSError where they cannot be written.
    """
    found = list(lines)
    if not found:
        return
    with shared_files(reports), contextlib.closing(_handler(path)) as handler:
        for line in found:
            text = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {' '.join(line.split())}"
            handler.emit(logging.makeLogRecord({"msg": text.encode("utf-8", "replace").decode()}))


class _Handler(logging.handlers.RotatingFileHandler):
    """The log. What cannot be written is an error, which logging would print as a traceback and go on."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802
        """Raise the error that is being handled."""
        raise


def _handler(path: Path) -> logging.Handler:
    path.parent.mkdir(parents=True, exist_ok=True)
    return _Handler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")


def _news_json(news: Sequence[News]) -> str:
    """Return as many of the news as a variable may hold."""
    entries = [each.as_json() for each in news]
    while len(text := json.dumps(entries, ensure_ascii=True)) > LONGEST and len(entries) > 1:
        entries = entries[: len(entries) // 2]
    return text


def _problem_hook(command: Sequence[str], reason: str) -> Problem:
    return worded(SCHEDULE_PROBLEMS, "schedule.hook-failed", command[0], reason=whole(reason))
