"""The assessments of an earlier report, for a report that lists changes since then.

The parameter `previous` names the earlier run; `latest` means the last one of the same series before `as_of`. The
runner puts that run's name in its place before the identity is computed (`with_earlier`), and the hash of what it wrote
beside it: the later report then depends on what its identity says, and on nothing that is in `reports/` besides.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from daye_analysis.errors import NotReadable, Problem, WrongUsage
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.environment import RUN_FOLDER
from daye_analysis.reporting.publishing.identity import PREVIOUS, Identity
from daye_analysis.reporting.publishing.manifest import Damaged, Manifest, check_files, read_manifest
from daye_analysis.reporting.publishing.problems import PUBLISHING_PROBLEMS
from daye_analysis.reporting.publishing.publish import belongs_to

if TYPE_CHECKING:
    import pandas as pd

ASSESSMENTS: Final = "assessments.csv"
LATEST: Final = "latest"
# <series>/<as_of>-<language>-<hash8>, below the folder of reports.
_NAME = re.compile(r"[^/\\.][^/\\]*/\d{4}-\d{2}-\d{2}-(?:zh|en)-[0-9a-f]{8}")


def earlier_assessments(run: str, reports: Path | None = None) -> pd.DataFrame | None:
    """Return the assessments that the run called `run` wrote, None where `run` is empty or still `latest`.

    `run` is such as `brief/2026-06-30-zh-1a2b3c4d`, below `reports` (default: where the present run's report goes,
    outside a run the project's own). A notebook opened by hand, for which `latest` is not resolved, compares with none. Raises WrongUsage (earlier-run.bad-name), NotReadable (earlier-run.unreadable)
    where there is no such run, it is not whole, or it judged nothing.
    """
    return read_assessments(_content(run, reports or _reports())) if run not in ("", LATEST) else None


def with_earlier(identity: Identity, reports: Path | None, *, latest: bool = True) -> Identity:
    """Return `identity` with the run that it compares with named, and the hash of that run's assessments.

    A notebook without the parameter `previous` is left alone. Without `latest`, the word `latest` means no run.
    Without `reports` it does so too, and a run that is named is taken at its word. Raises as `earlier_assessments` does.
    """
    asked = identity.parameters.get(PREVIOUS)
    if not isinstance(asked, str) or not asked:
        return identity
    name = asked if asked != LATEST else _latest(identity, reports) if reports and latest else ""
    earlier = {name: hashlib.sha256(_content(name, reports)).hexdigest()} if name and reports else {}
    return replace(identity, parameters={**identity.parameters, PREVIOUS: name}, earlier=earlier)


def _latest(identity: Identity, reports: Path) -> str:
    """Return the name of the whole run of the same series with the latest day before this one; empty for none.

    Of several of that day, the one made last.
    """
    found: list[tuple[str, str, Path, Manifest]] = []
    # Earlier releases kept the runs of every series in the folder of the notebook.
    folders = {reports / identity.series, reports / identity.notebook}
    for folder in (each for place in folders for each in place.glob(f"????-??-??-{identity.language}-*")):
        if folder.name[:10] < identity.as_of.isoformat():
            with contextlib.suppress(Damaged):
                manifest = read_manifest(folder)
                if belongs_to(manifest, identity) and ASSESSMENTS in manifest.outputs:
                    found.append((folder.name[:10], str(manifest.run.get("ended", "")), folder, manifest))
    for _, _, folder, manifest in sorted(found, key=lambda each: (*each[:2], each[2].name), reverse=True):
        with contextlib.suppress(Damaged):
            check_files(folder, manifest)
            return f"{folder.parent.name}/{folder.name}"
    return ""


def _content(run: str, reports: Path) -> bytes:
    """Return the bytes of the `assessments.csv` that the run called `run` wrote; raises as `earlier_assessments` does."""
    if not _NAME.fullmatch(run):
        raise WrongUsage(_problem_name(run))
    folder = reports.joinpath(*run.split("/"))
    try:
        manifest = read_manifest(folder)
        check_files(folder, manifest)
        if manifest.identity_sha256[:8] != run[-8:]:
            raise Damaged("manifest of another run")
        return (folder / ASSESSMENTS).read_bytes()
    except Damaged as damage:
        raise NotReadable(_problem_unreadable(run, str(damage))) from None
    except OSError as error:
        raise NotReadable(_problem_unreadable(run, f"{ASSESSMENTS}: {error.strerror}")) from None


def read_assessments(content: bytes) -> pd.DataFrame:
    """Return the bytes of an `assessments.csv` as the table that `assess.assess` gives, with the same dtypes.

    Columns that this version does not know are left out, those that it knows and the file lacks are absent. What the
    previous release called otherwise, or did not say, is completed (`_completed`).
    """
    import pandas as pd

    from daye_analysis.progress.assess import as_table
    from daye_analysis.progress.assessment import Assessment

    kinds = as_table(()).dtypes
    cells = pd.read_csv(io.BytesIO(content), dtype="string", keep_default_na=False)
    columns = {}
    for name in (field.name for field in fields(Assessment) if field.name in cells.columns):
        text, kind = cells[name], kinds[name]
        if isinstance(kind, pd.StringDtype):
            columns[name] = text.astype(kind)
        elif kind.kind == "M":
            columns[name] = pd.to_datetime(text.where(text.ne(""))).astype(kind)
        elif kind == "boolean":
            columns[name] = text.map({"True": True, "False": False}).astype(kind)
        else:
            # Python reads a decimal as the float that wrote it; pandas' own quick reader may miss by a bit.
            columns[name] = pd.Series([float(each) if each else None for each in text], dtype="Float64").astype(kind)
    table = pd.DataFrame(columns)
    of_previous_release = {"status", "value_date"} <= set(table.columns) and "verdict_date" not in table.columns
    return _completed(table).astype({name: kind for name, kind in kinds.items() if name in _ADDED}) if of_previous_release else table


# What assessments of the previous release did not say.
_ADDED: Final = ("value_start", "bound_start", "verdict_start", "verdict_date", "settled_by", "settled_from", "outcome_settled",
                 "date_is_inferred", "upper_bound_is_open")  # fmt: skip


def _completed(table: pd.DataFrame) -> pd.DataFrame:
    """Return assessments of the previous release with the columns of this one that words are made of.

    It gave the last day of a period only: what is counted over a year began with that year, a sum with the plan.
    """
    import pandas as pd

    from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES

    done = table.assign(evidence_class=table["evidence_class"].replace({"like": "comparable"}))
    settled = done["settled"].replace({"contradictory": "conflict"})
    by_bounds = settled.isin(["met", "not_met"])
    by_figure = done["met"].notna() & ~by_bounds
    yearly = done["quantity"].map({name: kind.yearly for name, kind in QUANTITY_TYPES.items()}).fillna(False).astype(bool)
    summed = done["quantity"].eq("cumulative_flow")
    for name in ("value", "bound"):
        end = done[f"{name}_date"]
        of_year = pd.to_datetime(end.dt.year.astype("Int64").astype("string") + "-01-01").where(yearly)
        done[f"{name}_start"] = of_year.fillna((done["base_date"] + pd.Timedelta(days=1)).where(summed & end.notna()))
    for part in ("start", "date"):
        done[f"verdict_{part}"] = done[f"bound_{part}"].where(~by_figure, done[f"value_{part}"])
    met = done["met"].map({True: "met", False: "not_met"}).astype("string")
    done["settled"] = settled.where(~by_figure, met)
    done["settled_by"] = pd.Series("", done.index, dtype="string").mask(by_figure, "figure").mask(by_bounds, "bounds")
    done["settled_from"] = pd.NaT
    done["outcome_settled"] = done["status"].isin(["met", "not_met"])
    return done.assign(date_is_inferred=False, upper_bound_is_open=False)


def _reports() -> Path:
    """Return the folder of reports: a run works in reports/<series>/<staging>/."""
    run_folder = os.environ.get(RUN_FOLDER)
    if run_folder:
        return Path(run_folder).parents[2]
    from daye_analysis.package.places import work_folder

    return work_folder() / "reports"


def _problem_name(run: str) -> Problem:
    return worded(PUBLISHING_PROBLEMS, "earlier-run.bad-name", "previous", run=whole(ascii(run)[:80]))


def _problem_unreadable(run: str, reason: str) -> Problem:
    return worded(PUBLISHING_PROBLEMS, "earlier-run.unreadable", "previous", run=whole(run), reason=whole(reason))
