"""The views of the SQLite export: targets, figures and observations with their identifiers and names, ready to read."""

from __future__ import annotations

from typing import Final

_LEADS: Final = """SELECT task_id, group_concat(unit_id, ' ') AS lead_unit_ids,
    group_concat(name_zh, '、') AS lead_units_zh, group_concat(name_en, '; ') AS lead_units_en
  FROM (
    SELECT r.task_id, u.unit_id, u.name_zh, u.name_en FROM responsibilities r JOIN units u USING (unit_id)
    WHERE r.role = 'lead' ORDER BY r.task_id, r.position
  ) GROUP BY task_id"""

# By the one evidence rule, which filled the table evidence.
DECIDING_FIGURES: Final = """CREATE VIEW deciding_figures AS
SELECT e.target_id, o.*
FROM evidence e
JOIN observations o USING (observation_id)
WHERE e.role = 'decides'
ORDER BY e.target_id, o.period_end, o.observation_id"""

EVIDENCE_OVERVIEW: Final = f"""CREATE VIEW evidence_overview AS
WITH leads AS ({_LEADS})
SELECT e.target_id, i.name_zh AS target_zh, i.name_en AS target_en, t.task_id,
  leads.lead_unit_ids, leads.lead_units_zh, leads.lead_units_en, c.cluster_id, c.name_zh AS cluster_zh, c.name_en AS cluster_en,
  e.observation_id, e.role, e.reason,
  role.label_zh AS role_zh, role.label_en AS role_en, reason.label_zh AS reason_zh, reason.label_en AS reason_en,
  e.low, e.low_is_open, e.high, e.high_is_open,
  t.unit_code AS target_unit_code, u.label_zh AS target_unit_zh, u.label_en AS target_unit_en,
  o.area_id, a.name_zh AS area_zh, a.name_en AS area_en, o.period_start, o.period_end, o.measure, o.statement,
  o.value, o.value_text, o.bound, o.unit_code, given.label_zh AS unit_zh, given.label_en AS unit_en,
  o.source_id, s.title AS source, s.publisher, s.known_on, s.tier, s.url
FROM evidence e
JOIN targets t USING (target_id)
JOIN indicators i ON i.indicator_id = t.indicator_id
JOIN measurement_units u ON u.unit_code = t.unit_code
JOIN observations o USING (observation_id)
JOIN areas a USING (area_id)
JOIN measurement_units given ON given.unit_code = o.unit_code
JOIN sources s USING (source_id)
LEFT JOIN leads ON leads.task_id = t.task_id
LEFT JOIN clusters c ON c.indicator_id = t.indicator_id
JOIN codes role ON role.table_name = 'evidence' AND role.field = 'role' AND role.value = e.role
JOIN codes reason ON reason.table_name = 'evidence' AND reason.field = 'reason' AND reason.value = e.reason
ORDER BY e.target_id, o.period_end, e.observation_id"""

TARGET_OVERVIEW: Final = f"""CREATE VIEW target_overview AS
WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY target_id ORDER BY period_end DESC, observation_id DESC) AS place,
    count(*) OVER (PARTITION BY target_id) AS figures
  FROM deciding_figures
), leads AS ({_LEADS})
SELECT t.target_id, i.name_zh AS target_zh, i.name_en AS target_en, t.indicator_id, t.wording_zh,
  a.action_id, a.name_zh AS action_zh, a.name_en AS action_en, k.task_id, k.text_zh AS task_zh, k.text_en AS task_en,
  c.cluster_id, c.name_zh AS cluster_zh, c.name_en AS cluster_en, leads.lead_unit_ids, leads.lead_units_zh, leads.lead_units_en,
  t.comparator, t.value AS target_value, t.unit_code, u.label_zh AS unit_zh, u.label_en AS unit_en, t.scope, t.due,
  l.value AS latest_value, l.unit_code AS latest_unit_code, given.label_zh AS latest_unit_zh, given.label_en AS latest_unit_en,
  l.bound AS latest_bound, l.period_start AS latest_period_start, l.period_end AS latest_period_end,
  coalesce(l.figures, 0) AS deciding_figures,
  l.observation_id AS latest_observation_id, l.source_id AS latest_source_id, s.title AS latest_source, s.url AS latest_source_url
FROM targets t
JOIN indicators i USING (indicator_id)
JOIN tasks k USING (task_id)
JOIN actions a USING (action_id)
JOIN measurement_units u ON u.unit_code = t.unit_code
LEFT JOIN clusters c ON c.indicator_id = t.indicator_id
LEFT JOIN leads ON leads.task_id = k.task_id
LEFT JOIN latest l ON l.target_id = t.target_id AND l.place = 1
LEFT JOIN measurement_units given ON given.unit_code = l.unit_code
LEFT JOIN sources s ON s.source_id = l.source_id
ORDER BY k.position, t.source_start"""

OBSERVATION_OVERVIEW: Final = """CREATE VIEW observation_overview AS
SELECT o.observation_id, o.indicator_id, i.name_zh AS indicator_zh, i.name_en AS indicator_en,
  o.area_id, a.name_zh AS area_zh, a.name_en AS area_en, a.gbt2260_code, a.level AS area_level,
  o.period_start, o.period_end, o.date_basis, o.measure, o.value, o.unit_code, u.label_zh AS unit_zh, u.label_en AS unit_en,
  o.bound, o.statement, o.concept, o.doubt_zh, o.doubt_en, o.scope_note_zh, o.scope_note_en,
  o.source_id, s.title AS source, s.publisher, s.known_on, s.tier, s.url
FROM observations o
JOIN indicators i USING (indicator_id)
JOIN areas a USING (area_id)
JOIN measurement_units u ON u.unit_code = o.unit_code
JOIN sources s USING (source_id)
ORDER BY o.observation_id"""

VIEWS: Final = (DECIDING_FIGURES, EVIDENCE_OVERVIEW, TARGET_OVERVIEW, OBSERVATION_OVERVIEW)
