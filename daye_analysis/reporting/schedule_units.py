"""What other clocks need to call `daye schedule run-due`: units for systemd, a crontab line, and so on.

All of them only wake the same idempotent command, every quarter of an hour; `schedule.toml` says what is due.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["systemd", "cron", "github", "windows"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the command is called: its program (absolute path), the project's folder, and the words after `daye`."""

    program: Path
    folder: Path
    words: tuple[str, ...] = ("schedule", "run-due")


def unit(kind: Kind, place: Place) -> Mapping[str, str]:
    """Return the files to install, by name; each begins with a comment that says where it goes."""
    writers = {"systemd": _systemd, "cron": _cron, "github": _github, "windows": _windows}
    return writers[kind](place)


def _systemd(place: Place) -> dict[str, str]:
    service = f"""\
# ~/.config/systemd/user/daye-reports.service
[Unit]
Description=Make the reports that are due

[Service]
Type=oneshot
WorkingDirectory={str(place.folder).replace('%', '%%')}
ExecStart={" ".join(_systemd_word(word) for word in (place.program, *place.words))}
# Somebody else is making the same report, or the service was stopped: nothing is wrong.
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


def _cron(place: Place) -> dict[str, str]:
    # cron ends the command at a bare percent sign.
    command = shlex.join([str(place.program), *place.words]).replace("%", r"\%")
    folder = shlex.quote(str(place.folder)).replace("%", r"\%")
    # cron mails what a command says: only what failed is worth a letter.
    return {"crontab": f"# crontab -e\n*/15 * * * * cd {folder} && {command} --quiet\n"}


def _github(place: Place) -> dict[str, str]:
    words = shlex.join(["daye", *place.words])
    return {
        "reports.yml": f"""\
# .github/workflows/reports.yml
name: reports
on:
  schedule:
    - cron: "*/30 * * * *"
  workflow_dispatch:
permissions:
  contents: read
concurrency: reports
jobs:
  run-due:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
          cache: pip
      - run: pip install -e '.[schedule]'
      # What is published says what is done: it has to be there at the next call.
      - uses: actions/cache/restore@v4
        with:
          path: reports
          key: reports-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}
          restore-keys: reports-
      - run: {words}
      # Saved also when one report failed: the others stand, and what failed is not tried every time.
      - uses: actions/cache/save@v4
        if: always()
        with:
          path: reports
          key: reports-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: reports
          path: reports
"""
    }


def _windows(place: Place) -> dict[str, str]:
    command = f'cmd /c cd /d \\"{place.folder}\\" && \\"{place.program}\\" {" ".join(place.words)}'
    return {"schtasks.cmd": f'rem Run once in a command window\nschtasks /Create /SC MINUTE /MO 15 /TN "daye reports" /TR "{command}"\n'}


def _systemd_word(word: object) -> str:
    """Quote a word for a unit file, where `%` and `$` mean something."""
    text = str(word).replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{text}"' if set(text) & set(" \t'\\\"") else text
