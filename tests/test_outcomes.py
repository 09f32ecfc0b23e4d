"""What reports have said is kept in their runs, and scored when outcomes are known."""

from __future__ import annotations

import datetime as dt
import math
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from progress_tables import level, seen, tables

from daye_analysis import load
from daye_analysis.bilingual import Language
from daye_analysis.charts.reliability import archive_lines
from daye_analysis.cli import daye
from daye_analysis.progress.assess import assess
from daye_analysis.progress.forecast.outcomes import EXPECTS_MET, EXPECTS_NOT_MET, record, scored
from daye_analysis.progress.vocabulary import Status
from daye_analysis.reporting.publishing.archive import archived
from daye_analysis.reporting.publishing.identity import Identity
from daye_analysis.reporting.publishing.manifest import file_outputs, manifest_bytes

FIGURES = [level("2023-12-31", 300), level("2024-12-31", 340), level("2025-12-31", 440, source_id="s2025")]
MET, MISSED = (level("2026-12-31", value, source_id="s2026") for value in (455, 445))
LATER = "2027-02-01"


def said(day: str, *more: dict[str, Any], **cells: Any) -> pd.DataFrame:
    """Return what is said of the one target as of a day, with cells changed as a run might have printed them."""
    return assess(seen(tables(*FIGURES, *more), day)).assign(**cells)


@pytest.mark.parametrize(
    ("more", "outcome", "brier", "held", "right"),
    [(MET, "met", 0.04, True, True), (MISSED, "not_met", 0.64, False, False), (None, "open", math.nan, None, None)],
)
def test_a_statement_is_scored_when_its_outcome_is_known(
    more: dict[str, Any] | None, outcome: str, brier: float, held: bool | None, right: bool | None
) -> None:
    before = said("2026-06-30", probability=0.8, interval_low=450.0, interval_high=470.0, forecast="likely", run="brief/a")
    now = assess(seen(tables(*FIGURES, *([more] if more else [])), LATER))
    (row,) = scored(before, now).to_dict("records")
    assert (row["run"], row["outcome"], row["status"]) == ("brief/a", outcome, "ahead")
    assert row["brier"] == pytest.approx(brier, nan_ok=True)
    assert (None if pd.isna(row["inside"]) else row["inside"]) == held
    assert (None if pd.isna(row["as_expected"]) else row["as_expected"]) == right


def test_only_what_was_said_before_the_due_date_and_before_now_counts() -> None:
    table = pd.concat([said(day, run=day) for day in ("2026-06-30", "2026-12-31", "2027-03-01")])
    assert scored(table, assess(seen(tables(*FIGURES, MET), LATER)))["run"].tolist() == ["2026-06-30"]


def test_a_target_that_was_changed_or_dropped_has_no_outcome() -> None:
    before = said("2026-06-30", run="r")
    changed = scored(before, assess(seen(tables(*FIGURES, MET, value=440), LATER)))
    assert changed["outcome"].tolist() == ["asked_otherwise"] and changed["brier"].isna().all()
    other = assess(seen(tables(*FIGURES, MET), LATER)).assign(target_id="another")
    assert scored(before, other)["outcome"].tolist() == ["gone"]


@pytest.mark.parametrize("status", Status)
def test_what_each_verdict_leads_to_expect(status: Status) -> None:
    expected = {
        "achieved_early": True, "ahead": True, "in_line": True, "at_level": True, "met": True, "lagging": False,
        "lost": False, "not_met": False, "met_at_start": True, "reached_during_year": True,
    }.get(status.code)  # fmt: skip
    assert (status in EXPECTS_MET, status in EXPECTS_NOT_MET) == (expected is True, expected is False)


@cache
def statements() -> pd.DataFrame:
    chances = [("ahead", 0.9, MET), ("ahead", 0.8, MISSED), ("lagging", 0.1, MISSED), ("no_figure", math.nan, MET)]
    rows = []
    for status, chance, end in chances:
        before = said("2026-06-30", status=status, probability=chance, interval_low=440.0, interval_high=450.0, run="r")
        rows.append(scored(before, assess(seen(tables(*FIGURES, end), LATER))))
    rows.append(scored(said("2026-06-30", run="r"), assess(seen(tables(*FIGURES), LATER))))
    return pd.concat(rows, ignore_index=True)


def test_the_record_of_all_statements() -> None:
    found = record(statements())
    assert (found.statements, found.open) == (5, 1)
    assert found.brier == pytest.approx((0.01 + 0.64 + 0.01) / 3)
    assert found.base_rate == pytest.approx(2 / 9)
    assert found.words["likely"] == (pytest.approx(0.85), 0.5, 2)
    assert found.verdicts == {"ahead": (1, 2), "lagging": (0, 1), "no_figure": (1, 1)}
    assert found.inside == (0.5, 4)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["判断 5 条，其中 1 条尚无结果", "“快于预期”：2 条中 1 条最终达到", "“较可能”2 次：平均概率 85%，实际发生 50%", "占 50%（4 条）", "未采用 brief/x：no manifest"]),
        ("en", ["5 statements published before their due date, 1 of them still open", '"ahead of expectations": 1 of 2', '"likely", 2 times', "in 50 % (4)", "Left out brief/x"]),
    ],
)  # fmt: skip
def test_the_record_in_words(language: Language, words: list[str]) -> None:
    told = "\n".join(archive_lines(record(statements()), [("brief/x", "no manifest")], language))
    assert all(each in told for each in words)
    none = "\n".join(archive_lines(record(statements().assign(probability=math.nan)), [], language))
    assert {"zh": "没有公布过概率", "en": "None of them gave a probability"}[language] in none


def keep(reports: Path, table: pd.DataFrame | None, day: str, language: Language = "zh", notebook: str = "brief") -> Path:
    """Write a run's folder as the runner leaves it."""
    identity = Identity(notebook, "0" * 64, {}, {}, {}, dt.date.fromisoformat(day), language)
    folder = reports / notebook / f"{day}-{language}-{identity.sha256[:8]}"
    folder.mkdir(parents=True)
    if table is not None:
        (folder / "assessments.csv").write_bytes(table.to_csv(index=False, lineterminator="\n").encode())
    (folder / "manifest.json").write_bytes(manifest_bytes(identity, file_outputs(folder), {}))
    return folder


def test_the_archive_is_what_the_runs_hold(tmp_path: Path) -> None:
    early, late = (assess(seen(tables(*FIGURES), day)) for day in ("2025-06-30", "2026-06-30"))
    keep(tmp_path, late, "2026-06-30")
    keep(tmp_path, early, "2025-06-30")
    # The same statements in another language, and a report that judges nothing.
    keep(tmp_path, late, "2026-06-30", "en")
    keep(tmp_path, None, "2026-06-30", notebook="cluster_growth")
    damaged = keep(tmp_path, late.assign(probability=0.9), "2026-07-31")
    (damaged / "assessments.csv").write_text("target_id\nx\n", encoding="utf-8")
    found = archived(tmp_path)
    assert found.assessments["as_of"].dt.strftime("%Y-%m-%d").tolist() == ["2025-06-30", "2026-06-30"]
    assert [name[:16] for name in found.assessments["run"]] == ["brief/2025-06-30", "brief/2026-06-30"]
    assert [(name[:16], why) for name, why in found.damaged] == [("brief/2026-07-31", "files differ from the manifest")]
    assert scored(found.assessments, assess(seen(tables(*FIGURES, MET), LATER)))["outcome"].tolist() == ["met", "met"]


def test_a_run_of_an_earlier_version_lacks_columns(tmp_path: Path) -> None:
    keep(tmp_path, said("2026-06-30").drop(columns=["reference_series", "interval_low"]), "2026-06-30")
    (row,) = scored(archived(tmp_path).assessments, assess(seen(tables(*FIGURES, MET), LATER))).to_dict("records")
    assert row["outcome"] == "met" and pd.isna(row["interval_low"])


def test_the_command_scores_what_was_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYE_LANGUAGE", "en")
    published = load().as_of("2026-06-30").assess()
    keep(tmp_path / "reports", published, "2026-06-30")
    out = tmp_path / "scored.csv"
    result = CliRunner().invoke(daye, ["backtest", "--as-of", "2026-11-23", "--archived", str(tmp_path / "reports"), "--pairs", str(out)])
    assert result.exit_code == 0, result.output
    assert f"{len(published)} statements published before their due date" in result.output
    assert len(pd.read_csv(out)) == len(published)
    empty = CliRunner().invoke(daye, ["backtest", "--archived", str(tmp_path)])
    assert empty.exit_code == 0 and "0 statements" in empty.output
    assert CliRunner().invoke(daye, ["backtest", "--archived", str(tmp_path / "none")]).exit_code == 2


@pytest.mark.parametrize("frozen_by", ["publication", "period"])
def test_the_command_tells_the_gate_and_its_power(frozen_by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYE_LANGUAGE", "en")
    result = CliRunner().invoke(daye, ["backtest", "--as-of", "2026-11-23", "--frozen-by", frozen_by])
    assert result.exit_code == 0, result.output
    assert ("decides nothing" in result.output) == (frozen_by == "period")
    for words in ("Difference from the benchmark named beforehand (class_mean)", "Power (simulated): with about 100 pairs",
                  "Counts of each year and sums", '"likely"'):  # fmt: skip
        assert words in result.output
