"""Makes valid packages of any number of observations: an invented city, 样例市, with two tasks and three targets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from package_metadata import METADATA

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES, Metadata, table
from daye_analysis.package.describe import datapackage, descriptor_text

Rows = Iterable[Mapping[str, str]]

OFFICIAL_TEXT = (
    "样例市制造强市重点任务清单\n"
    "\t1\n\t（一）实施创新行动\n\t高新技术企业数达到120家，每年新增投资30亿元。\n\t市科技局\n\t市发改局、市统计局\n\n"
    "\t2\n\t（二）实施集群行动\n\t形成200亿级新材料产业集群，\n力争技改项目80个。\n\t市经信局\n\t市统计局\n"
)
METADATA_OF_SAMPLE: Metadata = replace(
    METADATA,
    name="sample-targets",
    title=Text("样例市目标", "Targets of Sample City"),
    version="1.2.3",
    official_url="",
)

_TASKS = {
    "T01": "高新技术企业数达到120家，每年新增投资30亿元。",
    "T02": "形成200亿级新材料产业集群，\n力争技改项目80个。",
}
_UNITS = {"science": "市科技局", "planning": "市发改局", "statistics": "市统计局", "economy": "市经信局"}
_LEVELS = ("province", "prefecture", "county")
_INDICATORS = {
    "firms": ("高新技术企业数", "stock", "firms"),
    "investment": ("年新增投资", "annual_flow", "cny_100m"),
    "new_materials": ("新材料产业集群规模", "output_value", "cny_100m"),
    "projects": ("技改项目数", "cumulative_flow", "projects"),
}


def span(words: str, after: int = 0) -> dict[str, str]:
    """Return where `words` are in the official text."""
    start = OFFICIAL_TEXT.index(words, after)
    return {"source_start": str(start), "source_end": str(start + len(words))}


def sample_tables(observations: int = 12) -> dict[str, Rows]:
    """Return every table's rows; `observations` are made one by one, so that a million fit."""
    sources = max(3, min(5000, observations // 10))
    return {
        "actions": [_action("A1", "实施创新行动", "Innovation"), _action("A2", "实施集群行动", "Clusters")],
        "tasks": [
            {"task_id": task, "position": task[-1], "official_number": task[-1], "action_id": f"A{task[-1]}",
             "text_zh": words, "text_en": f"Task {task}, in English.", **span(words)}
            for task, words in _TASKS.items()
        ],
        "units": [
            {"unit_id": unit, "name_zh": name, "name_en": f"Bureau of {unit}", "kind": "bureau"}
            for unit, name in _UNITS.items()
        ],
        "unit_aliases": [{"alias_zh": "市发展和改革局", "unit_id": "planning"}],
        "responsibilities": [
            _responsibility("T01", "lead", "1", "science"), _responsibility("T01", "responsible", "1", "planning"),
            _responsibility("T01", "responsible", "2", "statistics"), _responsibility("T02", "lead", "1", "economy"),
        ],
        "clusters": [
            {"cluster_id": "new_materials", "position": "1", "name_zh": "新材料", "name_en": "New materials",
             "is_place": "false", "indicator_id": "new_materials", **span("新材料")}
        ],
        "indicators": [
            {"indicator_id": key, "name_zh": name, "name_en": key.replace("_", " "), "quantity": quantity,
             "direction": "increase", "unit_code": unit, "role": "target", "additive": "true",
             "reference_class": "any", "definition_zh": f"{name}。", "definition_en": f"Number of {key}."}
            for key, (name, quantity, unit) in _INDICATORS.items()
        ],
        "plans": [
            {"plan_id": "sample-2024-2026", "area_id": "area-1", "title_zh": "样例市重点任务清单",
             "title_en": "Task list of Sample City", "published": "2024-03-01", "start": "2023-12-31",
             "start_basis": "inferred", "due": "2026-12-31", "source_id": "s-0"}
        ],
        "targets": [
            _target("firms", "T01", "120", "firms", "高新技术企业数达到120家"),
            _target("investment", "T01", "30", "cny_100m", "每年新增投资30亿元", scope="annual", first_year="2024"),
            _target("new_materials", "T02", "200", "cny_100m", "200亿级新材料产业集群",
                    note_zh="未写明口径。", note_en="Names no measure."),
        ],
        "measurement_units": [
            _measurement_unit("cny_100m", "亿元", "cny", "8", "money"), _measurement_unit("cny_10k", "万元", "cny", "4", "money"),
            _measurement_unit("firms", "家", "firms", "0", "count"), _measurement_unit("percent", "%", "percent", "0", "percent"),
            _measurement_unit("projects", "个", "projects", "0", "count"), _measurement_unit("rank", "位", "rank", "0", "rank"),
        ],
        "areas": [
            {"area_id": f"area-{i}", "name_zh": f"地区{i}", "name_en": f"Area {i}", "gbt2260_code": f"42{i:04d}",
             "level": _LEVELS[min(i, 2)], "parent_id": "" if i == 0 else f"area-{(i - 1) // 10}"}
            for i in range(max(3, min(300, observations // 100)))
        ],
        "sources": [
            {"source_id": f"s-{i}", "title": f"第{i}号公报, \"统计\"", "publisher": "样例市统计局",
             "published": "2025-03-01", "known_on": "2025-03-01", "kind": "statistical_communique",
             "tier": "official", "url": f"https://example.org/{i}"}
            for i in range(sources)
        ],
        "observations": sample_observations(observations, sources),
    }  # fmt: skip


def sample_observations(count: int, sources: int) -> Iterator[dict[str, str]]:
    """Yield observations of the four measures in turn, with values that repeat about as often as real ones.

    Counts are whole, no value is a hundred times another, and all periods end before their sources are known.
    """
    areas = max(3, min(300, count // 100))
    for i in range(count):
        indicator = list(_INDICATORS)[i % 4]
        unit = _INDICATORS[indicator][2]
        year = 2013 + i * 7 % 11
        measure = ("level", "flow", "growth_pct", "flow")[i % 4]
        value = (1000 + i * 7919 % 90_001) / 10
        printed = f"{value:.1f}" if unit == "cny_100m" else f"{value:.0f}"
        yield table("observations").completed({
            "observation_id": f"o{i:07d}",
            "indicator_id": indicator,
            "area_id": f"area-{i * 31 % areas}",
            "period_start": "" if measure == "level" else f"{year}-01-01",
            "period_end": f"{year}-12-31",
            "date_basis": "stated",
            "measure": measure,
            "value": f"-{value % 50:.1f}" if measure == "growth_pct" and i % 8 == 2 else printed,
            "unit_code": "percent" if measure == "growth_pct" else unit,
            "bound": "exact",
            "statement": "outturn",
            "concept": "broader" if i % 5 == 0 else "same",
            "doubt_zh": "范围不明" if i % 17 == 0 else "",
            "doubt_en": "scope unknown" if i % 17 == 0 else "",
            "growth_base_end": f"{year - 3}-12-31" if measure == "growth_pct" and i % 3 == 0 else "",
            "scope_note_zh": f"全市口径，含第{i % 997}类企业",
            "scope_note_en": f"the whole city, class {i % 997} included",
            "source_id": f"s-{i * 13 % sources}",
        })  # fmt: skip


def write_package(root: Path, tables: Mapping[str, Rows] | None = None, text: str = OFFICIAL_TEXT) -> Path:
    """Write a package under `root` and return `root`; the descriptor states the files as they are written."""
    tables = sample_tables() if tables is None else tables
    (root / OFFICIAL_TEXT_PATH).parent.mkdir(parents=True)
    (root / OFFICIAL_TEXT_PATH).write_bytes(text.encode("utf-8"))
    for each in TABLES:
        with (root / each.path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, each.field_names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables[each.name])
    describe_again(root)
    return root


def describe_again(root: Path) -> None:
    """Write the descriptor of the files as they are now."""
    (root / "datapackage.json").write_text(
        descriptor_text(datapackage(root, METADATA_OF_SAMPLE)), encoding="utf-8"
    )


def _action(action_id: str, name_zh: str, name_en: str) -> dict[str, str]:
    return {
        "action_id": action_id,
        "position": action_id[1:],
        "name_zh": name_zh,
        "name_en": name_en,
        **span(name_zh),
    }


def _responsibility(task: str, role: str, position: str, unit: str) -> dict[str, str]:
    words = _UNITS[unit]
    return {
        "task_id": task,
        "role": role,
        "position": position,
        "unit_id": unit,
        "wording_zh": words,
        **span(words, OFFICIAL_TEXT.index(_TASKS[task])),
    }


def _target(
    key: str, task: str, value: str, unit: str, words: str, scope: str = "by_deadline", first_year: str = "",
    note_zh: str = "", note_en: str = "",
) -> dict[str, str]:  # fmt: skip
    return {
        "target_id": key, "plan_id": "sample-2024-2026", "indicator_id": key, "task_id": task, "comparator": "ge",
        "value": value, "unit_code": unit, "scope": scope, "first_year": first_year, "due": "2026-12-31",
        "due_basis": "inferred", "obligation": "unstated", "strength": "none", "wording_zh": words, **span(words),
        "note_zh": note_zh, "note_en": note_en,
    }  # fmt: skip


def _measurement_unit(code: str, zh: str, base: str, power: str, kind: str) -> dict[str, str]:
    return {
        "unit_code": code,
        "label_zh": zh,
        "label_en": code,
        "base_unit": base,
        "power_of_ten": power,
        "kind": kind,
    }
