"""Example queries for the SQLite export, used by the console of the site and by Datasette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from daye_analysis.bilingual import Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, what it asks, its query, and what its parameters may be, as an example."""

    name: str
    title: Text
    sql: str
    example: tuple[tuple[str, str], ...] = ()


# Only figures that may be side by side: outturns of the same concept, undoubted, exact, of a day or a whole year.
_COMPARABLE: Final = """statement = 'outturn' AND concept = 'same' AND bound = 'exact' AND doubt_zh IS NULL AND doubt_en IS NULL
  AND (period_start IS NULL OR (substr(period_start, 5) = '-01-01' AND period_end = substr(period_start, 1, 4) || '-12-31'))"""

QUESTIONS: Final = (
    Question(
        "targets_of_a_body",
        Text("某单位牵头的目标及最近同口径数据", "The targets that a body leads, and the latest comparable figure of each"),
        """SELECT target_id, target_zh, target_en, comparator, target_value, unit_zh, unit_en,
  latest_value, latest_period_end, latest_source, latest_source_url
FROM target_overview
WHERE lead_units_zh LIKE '%' || :body || '%' OR lead_unit_ids LIKE '%' || :body || '%'""",
        (("body", "市科技局"),),
    ),
    Question(
        "evidence_on_a_target",
        Text("某目标的全部数据、作用、理由及来源", "All figures on a target, what each is for it and why, and its source"),
        """SELECT observation_id, period_start, period_end, area_zh, area_en, statement, measure, bound, value, unit_zh, unit_en,
  role_zh, role_en, reason_zh, reason_en, source, publisher, url
FROM evidence_overview
WHERE target_id = :target OR target_zh = :target OR target_en = :target
ORDER BY period_end, observation_id""",
        (("target", "高新技术企业数"),),
    ),
    Question(
        "evidence_on_a_cluster",
        Text("某产业集群已知什么", "What is known of a cluster"),
        """SELECT observation_id, period_start, period_end, area_zh, area_en, statement, measure, bound, value, unit_zh, unit_en,
  role_zh, role_en, reason_zh, reason_en, source, url
FROM evidence_overview
WHERE cluster_id = :cluster OR cluster_zh = :cluster OR cluster_en = :cluster
ORDER BY period_end, observation_id""",
        (("cluster", "nev_icv"),),
    ),
    Question(
        "growth_in_all_places",
        Text("某指标在各地的年增速（相邻两年年末数或全年数）", "Growth of an indicator in all places, from one year to the next"),
        f"""WITH points AS (
  SELECT indicator_id, area_id, area_zh, area_en, measure, unit_code, cast(substr(period_end, 1, 4) AS INTEGER) AS year,
    min(value) AS value, max(observation_id) AS observation_id
  FROM observation_overview
  WHERE (indicator_id = :indicator OR indicator_zh = :indicator OR indicator_en = :indicator)
    AND measure IN ('level', 'flow') AND substr(period_end, 5) = '-12-31' AND {_COMPARABLE}
  GROUP BY area_id, measure, unit_code, year HAVING min(value) = max(value)
)
SELECT now.area_id, now.area_zh, now.area_en, now.year, before.value AS value_before, now.value,
  round(100.0 * (now.value / before.value - 1), 1) AS growth_pct, before.observation_id AS observation_before, now.observation_id
FROM points now JOIN points before USING (area_id, measure, unit_code)
WHERE before.year = now.year - 1 AND before.value > 0
ORDER BY now.area_id, now.year""",
        (("indicator", "high_tech_enterprises"),),
    ),
    Question(
        "ambition_beside_an_area",
        Text("各目标值与某地区最近同口径数据之比（限可加的存量、产出规模和年度量）",
             "Each target as a share of an area's latest comparable figure, for amounts that add up"),
        f"""WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY indicator_id ORDER BY period_end DESC, observation_id DESC) AS place
  FROM observation_overview
  WHERE (area_id = :area OR area_zh = :area OR area_en = :area OR gbt2260_code = :area)
    AND measure IN ('level', 'flow') AND {_COMPARABLE}
)
SELECT t.target_id, t.target_zh, t.target_en, t.target_value, l.value, t.unit_zh, t.unit_en,
  round(100.0 * t.target_value / l.value, 1) AS target_pct_of_area, l.period_end, l.observation_id, l.source, l.url
FROM target_overview t
JOIN indicators i USING (indicator_id)
JOIN latest l ON l.indicator_id = t.indicator_id AND l.place = 1 AND l.unit_code = t.unit_code
WHERE i.additive = 1 AND l.value > 0
  AND ((i.quantity = 'stock' AND l.measure = 'level') OR (i.quantity IN ('output_value', 'annual_flow') AND l.measure = 'flow'))""",
        (("area", "huangshi"),),
    ),
    Question(
        "source_of_a_figure",
        Text("一条数据出自哪里，怎样引用", "Where a figure was read, and how to cite it"),
        """SELECT observation_id, indicator_zh, indicator_en, area_zh, area_en, period_start, period_end, value, unit_zh, unit_en,
  source, publisher, known_on, tier, url
FROM observation_overview
WHERE observation_id = :observation""",
        (("observation", "o0068"),),
    ),
)  # fmt: skip
