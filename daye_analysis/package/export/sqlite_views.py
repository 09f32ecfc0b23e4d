"""The views of the SQLite export: each target and each figure as a person would read it."""

from __future__ import annotations

from typing import Final

from daye_analysis.package.published import CUMULATIVE, MEASURES, YEARLY


def _in(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


_MEASURED = " OR ".join(
    f"(i.quantity = {quantity!r} AND {_in('o.measure', measures)})" for quantity, measures in MEASURES.items()
)

# The same rule as published.like_figures; a test holds the two equal.
LIKE_FIGURES: Final = f"""CREATE VIEW like_figures AS
SELECT t.target_id, o.*
FROM targets t
JOIN plans p USING (plan_id)
JOIN indicators i ON i.indicator_id = t.indicator_id
JOIN measurement_units asked ON asked.unit_code = t.unit_code
JOIN observations o ON o.indicator_id = t.indicator_id AND o.area_id = p.area_id
JOIN measurement_units given ON given.unit_code = o.unit_code
WHERE o.statement = 'outturn' AND o.concept = 'same' AND o.doubt_zh IS NULL AND o.doubt_en IS NULL
  AND given.base_unit = asked.base_unit
  AND ({_MEASURED})
  AND NOT ({_in("i.quantity", CUMULATIVE)} AND coalesce(o.period_start, o.period_end) <= p.start)
  AND NOT ({_in("i.quantity", YEARLY)} AND coalesce(
    o.period_start || o.period_end, '') <> substr(o.period_end, 1, 4) || '-01-01' || substr(o.period_end, 1, 4) || '-12-31')
ORDER BY t.target_id, o.period_end, o.observation_id"""

TARGET_OVERVIEW: Final = """CREATE VIEW target_overview AS
WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY target_id ORDER BY period_end DESC, observation_id DESC) AS place,
    count(*) OVER (PARTITION BY target_id) AS figures
  FROM like_figures
), leads AS (
  SELECT task_id, group_concat(name_zh, '、') AS lead_units_zh, group_concat(name_en, '; ') AS lead_units_en
  FROM (
    SELECT r.task_id, u.name_zh, u.name_en FROM responsibilities r JOIN units u USING (unit_id)
    WHERE r.role = 'lead' ORDER BY r.task_id, r.position
  ) GROUP BY task_id
)
SELECT t.target_id, i.name_zh AS target_zh, i.name_en AS target_en, t.wording_zh,
  a.name_zh AS action_zh, a.name_en AS action_en, k.task_id, k.text_zh AS task_zh, k.text_en AS task_en,
  leads.lead_units_zh, leads.lead_units_en,
  t.comparator, t.value AS target_value, u.label_zh AS unit_zh, u.label_en AS unit_en, t.scope, t.due,
  l.value AS latest_value, given.label_zh AS latest_unit_zh, given.label_en AS latest_unit_en, l.bound AS latest_bound,
  l.period_start AS latest_period_start, l.period_end AS latest_period_end, coalesce(l.figures, 0) AS like_figures,
  l.observation_id AS latest_observation_id, s.title AS latest_source, s.url AS latest_source_url
FROM targets t
JOIN indicators i USING (indicator_id)
JOIN tasks k USING (task_id)
JOIN actions a USING (action_id)
JOIN measurement_units u ON u.unit_code = t.unit_code
LEFT JOIN leads ON leads.task_id = k.task_id
LEFT JOIN latest l ON l.target_id = t.target_id AND l.place = 1
LEFT JOIN measurement_units given ON given.unit_code = l.unit_code
LEFT JOIN sources s ON s.source_id = l.source_id
ORDER BY k.position, t.source_start"""

OBSERVATION_OVERVIEW: Final = """CREATE VIEW observation_overview AS
SELECT o.observation_id, i.name_zh AS indicator_zh, i.name_en AS indicator_en, a.name_zh AS area_zh,
  a.name_en AS area_en, o.period_start, o.period_end, o.measure, o.value, u.label_zh AS unit_zh, u.label_en AS unit_en,
  o.bound, o.statement, o.concept, o.doubt_zh, o.doubt_en, o.scope_note_zh, o.scope_note_en,
  s.title AS source, s.publisher, s.known_on, s.tier, s.url
FROM observations o
JOIN indicators i USING (indicator_id)
JOIN areas a USING (area_id)
JOIN measurement_units u ON u.unit_code = o.unit_code
JOIN sources s USING (source_id)
ORDER BY o.observation_id"""

VIEWS: Final = (LIKE_FIGURES, TARGET_OVERVIEW, OBSERVATION_OVERVIEW)
