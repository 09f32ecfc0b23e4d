"""User-facing problems: stable code, message, location, fix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from daye_analysis.bilingual import Language, Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `code` is stable and may be relied on (`source.row-without-lead`); `where` is `file:row:field`,
    a parameter's name, or empty when the whole input is meant.
    """

    code: str
    what: Text
    where: str
    remedy: Text

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Self:
        """Return the problem that `dataclasses.asdict` and JSON made into `entry`."""
        return cls(entry["code"], Text(*entry["what"]), entry["where"], Text(*entry["remedy"]))

    def say(self, language: Language) -> str:
        """Return code, what, where and remedy as one line in `language`."""
        at = f"[{self.where}] " if self.where else ""
        return f"{self.code}: {at}{self.what.say(language)} {self.remedy.say(language)}"


class DayeError(Exception):
    """One or more problems that stopped the work; `exit_code` is what a command ends with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        found: Sequence[Problem] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.problems: tuple[Problem, ...] = tuple(found)
        super().__init__("\n".join(problem.say("en") for problem in self.problems))

    def _render_traceback_(self) -> list[str]:
        """Return what JupyterLab shows in place of a traceback: each problem in both languages."""
        return [problem.say(language) for problem in self.problems for language in ("zh", "en")]


class CheckFailed(DayeError):
    """The data or a report failed its checks (exit 1)."""


class WrongUsage(DayeError):
    """The command, a parameter or a value was used wrongly (exit 2)."""

    exit_code = 2


class NotReadable(DayeError):
    """An input was not found or cannot be read (exit 3)."""

    exit_code = 3


class Refused(DayeError):
    """Refused for safety (exit 4)."""

    exit_code = 4


class Busy(DayeError):
    """Another process holds the lock (exit 5)."""

    exit_code = 5


class InfrastructureFailed(DayeError):
    """The kernel died, the disk is full, or the like; trying again may help (exit 6)."""

    exit_code = 6


# What a process that ended says of its failure, as the error it was.
BY_EXIT_CODE: Mapping[int, type[DayeError]] = {
    kind.exit_code: kind for kind in (CheckFailed, WrongUsage, NotReadable, Refused, Busy, InfrastructureFailed)
}
