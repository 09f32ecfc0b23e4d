SELECT target_id, target_zh, comparator, target_value, unit_zh, lead_units_zh, latest_value, latest_period_end
FROM target_overview
ORDER BY lead_units_zh, target_id;
