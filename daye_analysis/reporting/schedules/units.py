"""Configuration with which other schedulers call `daye schedule run-due`: systemd units, a crontab line, and so on.

All of them only call the same idempotent command; `schedule.toml` says what is due. Each keeps `KEEP` reports of a series.
"""

from __future__ import annotations

import getpass
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from daye_analysis.reporting.schedules.file import Schedule

SchedulerKind = Literal["systemd", "systemd-system", "cron", "github", "windows"]
# Two years of a monthly report.
KEEP = "24"

# Actions by the commit of a release, so that what they do cannot be changed.
_CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1  # v7.0.1"
_SETUP_PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97  # v7.0.0"
_CACHE = "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae  # v5.0.5"
_CACHE_RESTORE = "actions/cache/restore@27d5ce7f107fe9357f9df03efb73ab90386fccae  # v5.0.5"
_CACHE_SAVE = "actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae  # v5.0.5"


_UPLOAD_PAGES = "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9  # v5.0.0"
_DEPLOY_PAGES = "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128  # v5.0.0"


@dataclass(frozen=True, slots=True)
class Invocation:
    """Where the command is called: its program (absolute path), the project's folder, and the words after `daye`.

    `schedules` are those of the file, by which GitHub's own clock is set; `site` is the folder of the public site that the
    file asks for, from the project's folder, empty for none, and `lab` that with Pyodide for its notebooks.
    """

    program: Path
    folder: Path
    words: tuple[str, ...] = ("schedule", "run-due", "--keep", KEEP)
    schedules: Sequence[Schedule] = ()
    site: str = ""
    lab: str = ""


def unit(kind: SchedulerKind, place: Invocation) -> Mapping[str, str]:
    """Return the files to install, by name; each begins with a comment that says where it goes."""
    if kind in ("systemd", "systemd-system"):
        return _systemd(place, is_system=kind == "systemd-system")
    writers = {"cron": _cron, "github": _github, "windows": _windows}
    return writers[kind](place)


def _systemd(place: Invocation, *, is_system: bool) -> dict[str, str]:
    folder = "/etc/systemd/system" if is_system else "~/.config/systemd/user"
    call = "systemctl" if is_system else "systemctl --user"
    # Quietly: the journal then holds each failure once, and its end.
    command = " ".join(_systemd_word(word) for word in (place.program, *place.words, "--quiet"))
    report = " ".join(_systemd_word(word) for word in (place.program, "schedule", "status"))
    owner = f"User={getpass.getuser()}\nNoNewPrivileges=yes\n" if is_system else ""
    lingers = "" if is_system else "# User units end when the user logs out, unless: loginctl enable-linger\n"
    common = f"Type=oneshot\nWorkingDirectory={str(place.folder).replace('%', '%%')}\n{owner}"
    service = f"""\
# {folder}/daye-reports.service
[Unit]
Description=Generate the reports that are due
OnFailure=daye-reports-failed.service

[Service]
{common}ExecStart={command}
# Another process is generating the same report, or the service was stopped: nothing is wrong.
SuccessExitStatus=5 143
KillMode=mixed
TimeoutStopSec=60
"""
    failed = f"""\
# {folder}/daye-reports-failed.service
# Called when the service fails, once a day at most: for what [notify] of schedule.toml cannot report, such as a schedule.toml
# that cannot be read. It writes the state of all reports to the journal; add a command of your own that sends it.
[Unit]
Description=Say that reports could not be generated
StartLimitIntervalSec=1d
StartLimitBurst=1

[Service]
{common}ExecStart={report}
"""
    timer = f"""\
# {folder}/daye-reports.timer
# {call} daemon-reload && {call} enable --now daye-reports.timer
{lingers}[Unit]
Description=Look every quarter of an hour for reports that are due

[Timer]
OnCalendar=*:0/15
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {"daye-reports.service": service, "daye-reports-failed.service": failed, "daye-reports.timer": timer}


def _cron(place: Invocation) -> dict[str, str]:
    # cron ends the command at a bare percent sign.
    command = shlex.join([str(place.program), *place.words]).replace("%", r"\%")
    folder = shlex.quote(str(place.folder)).replace("%", r"\%")
    # cron mails what a command says: only what failed is worth a letter.
    return {"crontab": f"# crontab -e\n*/15 * * * * cd {folder} && {command} --quiet\n"}


def _github(place: Invocation) -> dict[str, str]:
    words = shlex.join(["daye", *place.words])
    kept = ["reports", "!reports/sample", *([place.site] if place.site else [])]
    paths = "\n".join(f"            {each}" for each in kept)
    site = f", '{place.site}/site-*/SHA256SUMS'" if place.site else ""
    made = f"hashFiles('reports/**/manifest.json', 'reports/**/failure.json', 'reports/*.json'{site})"
    # The site that the schedule keeps, else one built here; all reports below runs/.
    current = f"{shlex.quote(place.site)}/current"
    kept_site = f"mkdir pages\n          test ! -d {current} || cp -rL {current}/. pages/"
    pages = kept_site if place.site else "daye site pages --reports reports"
    # Kept apart from the reports, which change more often.
    lab = f"""\
      - uses: {_CACHE}
        with:
          path: {place.lab}
          key: pyodide-${{{{ hashFiles('requirements/pyodide.lock') }}}}
      - run: sh scripts/fetch_pyodide.sh {shlex.quote(place.lab)}
        env:
          GH_TOKEN: ${{{{ github.token }}}}
""" if place.lab else ""
    changed = f"always() && steps.earlier.outputs.cache-matched-key != format('reports-{{0}}', {made})"
    times = dict.fromkeys((time, each.time_zone) for each in place.schedules for time in _wakes(each.cron))
    wakes = "\n".join(f'    - cron: "{time}"\n      timezone: "{zone}"' for time, zone in times)
    return {
        "reports.yml": f"""\
# .github/workflows/reports.yml
name: reports
on:
  schedule:
    # When a slot of schedule.toml comes, and three hours later, since GitHub may drop a call at busy times: print this file
    # again when schedule.toml changes.
{wakes}
  workflow_dispatch:
permissions:
  contents: read
concurrency: reports
jobs:
  run-due:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    outputs:
      changed: ${{{{ steps.result.outputs.changed }}}}
    steps:
      - uses: {_CHECKOUT}
        with:
          persist-credentials: false
      - uses: {_SETUP_PYTHON}
        with:
          python-version: "3.13"
          cache: pip
          cache-dependency-path: requirements/site.lock
      - run: pip install --require-hashes -r requirements/site.lock
      - run: pip install --no-deps --no-build-isolation -e .
      # What is published says what is done: it has to be there at the next call.
      - id: earlier
        uses: {_CACHE_RESTORE}
        with:
          path: |
{paths}
          key: reports-
          restore-keys: reports-
{lab}      - run: {words}
      # Kept also when one report failed: the others are there, and what failed is not tried every time.
      - if: {changed}
        uses: {_CACHE_SAVE}
        with:
          path: |
{paths}
          key: reports-${{{{ {made} }}}}
      - if: {changed}
        id: result
        run: |
          {pages}
          cp -r reports pages/runs
          rm -rf pages/runs/.locks pages/runs/failed pages/runs/sample
          echo "changed=true" >> "$GITHUB_OUTPUT"
      - if: always() && steps.result.outputs.changed == 'true'
        uses: {_UPLOAD_PAGES}
        with:
          path: pages
  pages:
    # Settings, Pages, Source: GitHub Actions.
    needs: run-due
    if: always() && needs.run-due.outputs.changed == 'true'
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{{{ steps.deployment.outputs.page_url }}}}
    steps:
      - id: deployment
        uses: {_DEPLOY_PAGES}
"""
    }


def _wakes(cron: str) -> list[str]:
    """Return when GitHub's clock calls for the slots of a cron line: some minutes after, and three hours after where it can be said.

    What only our own reader knows of days (`L`, `#`) becomes every day: a call for which nothing is due does nothing.
    """
    minute, hour, day, month, weekday = cron.split()
    if re.search(r"[lL#]", day + weekday):
        day = weekday = "*"
    # Not at the full hour, when GitHub is busiest; nor more often than it allows.
    minute = {"0": "7", "*": "*/15"}.get(minute, minute)
    hours = [hour] + ([str(int(hour) + 3)] if hour.isdecimal() and int(hour) <= 20 else [])
    return [" ".join((minute, each, day, month, weekday)) for each in hours]


def _windows(place: Invocation) -> dict[str, str]:
    command = f'cmd /c cd /d \\"{place.folder}\\" && \\"{place.program}\\" {" ".join(place.words)} --quiet'
    return {"schtasks.cmd": f'rem Run once in a command window\nschtasks /Create /SC MINUTE /MO 15 /TN "daye reports" /TR "{command}"\n'}


def _systemd_word(word: object) -> str:
    """Quote a word for a unit file, where `%` and `$` mean something."""
    text = str(word).replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{text}"' if set(text) & set(" \t'\\\"") else text
