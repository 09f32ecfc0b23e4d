"""Output of the command: the language of its messages, progress on standard error, outcomes and exit codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.session import session_language

if TYPE_CHECKING:
    from daye_analysis.reporting.runs.batch import Outcome


def print_text(text: Text) -> None:
    """Print a text on standard error, where progress belongs."""
    click.echo(text.say(session_language()), err=True)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem on a line of standard error."""
    for problem in problems:
        click.echo(problem.say(session_language()), err=True)


def show_outcomes(outcomes: Iterable[Outcome]) -> None:
    """Print the folders of reports, their warnings and the problems of failed runs, and exit with the worst code."""
    from daye_analysis.reporting.runs.batch import worst_exit_code

    outcomes = list(outcomes)
    for outcome in outcomes:
        if outcome.status in ("published", "skipped"):
            click.echo(outcome.folder)
        print_problems((*outcome.warnings, *outcome.problems))
    code = worst_exit_code(outcomes)
    if code:
        raise click.exceptions.Exit(code)
