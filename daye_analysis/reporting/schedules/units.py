"""What other clocks need to call `daye schedule run-due`: units for systemd, a crontab line, and so on.

All of them only wake the same idempotent command, every quarter of an hour; `schedule.toml` says what is due.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SchedulerKind = Literal["systemd", "cron", "github", "windows"]

# Actions by the commit of a release, so that no one can change what they do.
_CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1  # v7.0.1"
_SETUP_PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97  # v7.0.0"
_CACHE_RESTORE = "actions/cache/restore@27d5ce7f107fe9357f9df03efb73ab90386fccae  # v5.0.5"
_CACHE_SAVE = "actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae  # v5.0.5"
_UPLOAD_ARTIFACT = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f  # v7.0.0"


@dataclass(frozen=True, slots=True)
class Invocation:
    """Where the command is called: its program (absolute path), the project's folder, and the words after `daye`."""

    program: Path
    folder: Path
    words: tuple[str, ...] = ("schedule", "run-due")


def unit(kind: SchedulerKind, place: Invocation) -> Mapping[str, str]:
    """Return the files to install, by name; each begins with a comment that says where it goes."""
    writers = {"systemd": _systemd, "cron": _cron, "github": _github, "windows": _windows}
    return writers[kind](place)


def _systemd(place: Invocation) -> dict[str, str]:
    service = f"""\
# ~/.config/systemd/user/daye-reports.service
[Unit]
Description=Make the reports that are due

[Service]
Type=oneshot
WorkingDirectory={str(place.folder).replace('%', '%%')}
ExecStart={" ".join(_systemd_word(word) for word in (place.program, *place.words))}
# Another process is making the same report, or the service was stopped: nothing is wrong.
SuccessExitStatus=5 143
KillMode=mixed
TimeoutStopSec=60
"""
    timer = """\
# ~/.config/systemd/user/daye-reports.timer
# systemctl --user daemon-reload && systemctl --user enable --now daye-reports.timer
[Unit]
Description=Look every quarter of an hour for reports that are due

[Timer]
OnCalendar=*:0/15
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {"daye-reports.service": service, "daye-reports.timer": timer}


def _cron(place: Invocation) -> dict[str, str]:
    # cron ends the command at a bare percent sign.
    command = shlex.join([str(place.program), *place.words]).replace("%", r"\%")
    folder = shlex.quote(str(place.folder)).replace("%", r"\%")
    # cron mails what a command says: only what failed is worth a letter.
    return {"crontab": f"# crontab -e\n*/15 * * * * cd {folder} && {command} --quiet\n"}


def _github(place: Invocation) -> dict[str, str]:
    words = shlex.join(["daye", *place.words])
    made = "hashFiles('reports/**/manifest.json', 'reports/**/failure.json')"
    changed = f"always() && steps.earlier.outputs.cache-matched-key != format('reports-{{0}}', {made})"
    return {
        "reports.yml": f"""\
# .github/workflows/reports.yml
name: reports
on:
  schedule:
    # Twice an hour, not at the full hour, when GitHub is busiest; schedule.toml says what is due.
    - cron: "7,37 * * * *"
  workflow_dispatch:
permissions:
  contents: read
concurrency: reports
jobs:
  run-due:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: {_CHECKOUT}
        with:
          persist-credentials: false
      - uses: {_SETUP_PYTHON}
        with:
          python-version: "3.13"
          cache: pip
          cache-dependency-path: requirements/core.lock
      - run: pip install --require-hashes -r requirements/core.lock
      - run: pip install --no-deps --no-build-isolation -e .
      # What is published says what is done: it has to be there at the next call.
      - id: earlier
        uses: {_CACHE_RESTORE}
        with:
          path: |
            reports
            !reports/sample
          key: reports-
          restore-keys: reports-
      - run: {words}
      # Kept also when one report failed: the others are there, and what failed is not tried every time.
      - if: {changed}
        uses: {_CACHE_SAVE}
        with:
          path: |
            reports
            !reports/sample
          key: reports-${{{{ {made} }}}}
      - if: {changed}
        uses: {_UPLOAD_ARTIFACT}
        with:
          name: reports
          path: |
            reports
            !reports/sample
"""
    }


def _windows(place: Invocation) -> dict[str, str]:
    command = f'cmd /c cd /d \\"{place.folder}\\" && \\"{place.program}\\" {" ".join(place.words)}'
    return {"schtasks.cmd": f'rem Run once in a command window\nschtasks /Create /SC MINUTE /MO 15 /TN "daye reports" /TR "{command}"\n'}


def _systemd_word(word: object) -> str:
    """Quote a word for a unit file, where `%` and `$` mean something."""
    text = str(word).replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{text}"' if set(text) & set(" \t'\\\"") else text
