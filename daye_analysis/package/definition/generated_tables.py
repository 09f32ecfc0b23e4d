"""The tables that runs write beside their reports: assessments, figures wanted, and the summary of a sweep."""

from __future__ import annotations

from typing import Final

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import codes
from daye_analysis.package.definition import fields as f
from daye_analysis.package.definition.model import Field, FieldType, ForeignKey, Table

_Row = tuple[str, FieldType, str, str, str, str, str]

# The codes of a layer's reason, of a status and of an evidence class are those of docs/methods.md.
_ASSESSED: Final[tuple[_Row, ...]] = (
    ("area_id", "string", "地区", "Area", "规划所属地区。", "The plan's area.", "daye"),
    ("as_of", "date", "截至日期", "As-of date", "此日尚未公布的数据不计入。", "What was not published by this day is left out.", "2026-11-29"),
    ("plan_id", "string", "规划", "Plan", "目标所属规划。", "The plan that sets the target.", "daye-2024-2026"),
    ("indicator_id", "string", "指标", "Indicator", "目标所用指标。", "The indicator of the target.", "high_tech_enterprises"),
    ("quantity", "string", "量的类型", "Kind of quantity", "见 indicators 表。", "As in table indicators.", "stock"),
    ("direction", "string", "方向", "Direction", "见 indicators 表。", "As in table indicators.", "increase"),
    ("comparator", "string", "比较", "Comparator", "见 targets 表。", "As in table targets.", "ge"),
    ("target", "number", "目标值", "Target value", "按目标的计量单位。", "In the target's unit.", "450"),
    ("unit_code", "string", "计量单位", "Unit of measure", "本行各数值的单位。", "The unit of the row's values.", "firms"),
    ("scope", "string", "范围", "Scope", "见 targets 表。", "As in table targets.", "by_deadline"),
    ("due", "date", "到期日", "Due date", "目标期末。", "The day on which the target is due.", "2026-12-31"),
    ("evidence_class", "string", "数据状况", "Evidence class", "有同口径数据、只有上下限、只有相关数据或没有数据。",
     "comparable, bounds_only, related_only or nothing.", "comparable"),
    ("evidence_grade", "string", "证据等级", "Evidence grade", "0、D、C、B、A：可比数据的多少。", "0, D, C, B or A: how many comparable figures there are.", "C"),
    ("comparable_figures", "integer", "可比数据个数", "Comparable figures", "可据以判断的数据个数。", "How many figures decide.", "2"),
    ("rests_on_assumption", "boolean", "依据假设", "Rests on an assumption", "是否用到使用者的假设。", "Whether a user's assumption was used.", "false"),
    ("status", "string", "结论", "Status", "结论的代码。", "The finding, as a code.", "no_baseline"),
    ("status_reason", "string", "结论的理由", "Reason of the status", "理由的代码；空则无。", "Why, as a code; empty where nothing is to be said.", "no_baseline"),
    ("verdict_start", "date", "判定期间起", "Verdict's period starts", "给出判定的期间起始；时点数为空。", "Start of the period that gives the verdict; empty for a day.", "2025-01-01"),
    ("verdict_date", "date", "判定日期", "Verdict's date", "给出判定的日期或期末。", "The day, or end of the period, that gives the verdict.", "2025-12-31"),
    ("settled", "string", "判定", "Settled", "met、not_met、open 或 conflict。", "met, not_met, open or conflict.", "not_met"),
    ("settled_by", "string", "判定依据", "Settled by", "figure（数据）或 bounds（上下限）。", "figure or bounds.", "figure"),
    ("settled_from", "date", "自何时起", "Settled from", "自此日起一直如此。", "It has held from this day on.", "2025-12-31"),
    ("outcome_settled", "boolean", "期末结果已定", "Outcome settled", "到期日的结果是否已定。", "Whether the outcome at the due date is settled.", "false"),
    ("date_is_inferred", "boolean", "时间为推断", "Date is inferred", "判定日期并非来源写明。", "The verdict's date is not stated by a source.", "false"),
    ("value", "number", "最近同口径数据", "Latest comparable figure", "最近一期同口径数据。", "The latest comparable figure.", "423"),
    ("value_start", "date", "数据期间起", "Figure's period starts", "该数据期间起始；时点数为空。", "Start of its period; empty for a day.", "2025-01-01"),
    ("value_date", "date", "数据日期", "Figure's date", "该数据日期或期末。", "Its day, or the end of its period.", "2025-12-31"),
    ("value_observations", "string", "数据出处", "Figure's observations", "所依据观测值的标识，以空格分隔。", "Identifiers of its observations, spaces between.", "o0068"),
    ("conflicting_observations", "string", "矛盾的观测值", "Conflicting observations", "互相矛盾的观测值，以空格分隔。", "Observations that contradict each other, spaces between.", "o0068 o0069"),
    ("met", "boolean", "已达到", "Met", "最近数据是否达到目标值。", "Whether the latest figure reaches the target.", "false"),
    ("met_earlier", "boolean", "曾达到", "Met earlier", "此前是否达到过。", "Whether an earlier figure did.", "false"),
    ("shortfall", "number", "差距", "Shortfall", "距目标值还差多少。", "How much is missing.", "27"),
    ("headroom", "number", "余量", "Headroom", "优于目标值的比例。", "How far past the target, as a share of it.", "0.05"),
    ("completion_rate", "number", "完成率", "Completion rate", "数据与目标值之比。", "The figure as a share of the target.", "0.94"),
    ("near", "boolean", "接近", "Near", "达到目标值的 95% 至 100%。", "Between 95 and 100 % of the target.", "false"),
    ("bound_start", "date", "上下限期间起", "Bounds' period starts", "上下限所属期间起始。", "Start of the bounds' period.", "2025-01-01"),
    ("bound_date", "date", "上下限日期", "Bounds' date", "上下限所属日期或期末。", "The bounds' day, or the end of their period.", "2025-12-31"),
    ("lower_bound", "number", "下限", "Lower bound", "不低于此数。", "At least this.", "114.44"),
    ("lower_bound_is_open", "boolean", "下限不含", "Lower bound excluded", "高于而不等于下限。", "More than the lower bound.", "false"),
    ("lower_bound_observations", "string", "下限出处", "Lower bound's observations", "观测值标识，以空格分隔。", "Identifiers, spaces between.", "o0012"),
    ("upper_bound", "number", "上限", "Upper bound", "不高于此数。", "At most this.", "315.08"),
    ("upper_bound_is_open", "boolean", "上限不含", "Upper bound excluded", "低于而不等于上限。", "Less than the upper bound.", "false"),
    ("upper_bound_observations", "string", "上限出处", "Upper bound's observations", "观测值标识，以空格分隔。", "Identifiers, spaces between.", "o0628"),
    ("years_due", "integer", "应评价年度", "Years due", "逐年目标已到期的年度数。", "Years of an annual target that are over.", "2"),
    ("years_known", "integer", "有数据年度", "Years known", "其中有数据的年度数。", "Of these, years with a figure.", "1"),
    ("years_met", "integer", "达到年度", "Years met", "其中达到的年度数。", "Of these, years that met it.", "1"),
    ("year_verdicts", "string", "各年判定", "Verdict of each year", "如 2024:no_figure 2025:met。", "Such as 2024:no_figure 2025:met.", "2024:no_figure 2025:met"),
    ("base", "number", "基期数", "Base", "规划起始时的数值。", "The value at the plan's start.", "360"),
    ("base_start", "date", "基期起", "Base's period starts", "基期期间起始。", "Start of the base's period.", "2023-01-01"),
    ("base_date", "date", "基期日期", "Base's date", "基期日期或期末。", "The base's day, or the end of its period.", "2023-12-31"),
    ("base_observations", "string", "基期出处", "Base's observations", "观测值标识，以空格分隔。", "Identifiers, spaces between.", "o0066"),
    ("elapsed_share", "number", "时间进度", "Elapsed share", "数据日期时规划期已过的比例。", "Share of the plan's time that was over at the figure's date.", "0.67"),
    ("progress", "number", "进度", "Progress", "自基期至目标值已走的比例。", "Share of the way from base to target.", "0.7"),
    ("progress_log", "number", "进度（对数）", "Progress, logarithmic", "按对数计的进度。", "The same on a logarithmic scale.", "0.72"),
    ("lead", "number", "超前", "Lead", "进度减时间进度，百分点。", "Progress less elapsed share, in percentage points.", "3.3"),
    ("lead_log", "number", "超前（对数）", "Lead, logarithmic", "按对数计，百分点。", "The same on a logarithmic scale.", "5.3"),
    ("schedule_reason", "string", "进度空缺理由", "Why no progress", "理由的代码；有数则空。", "A code; empty where there is a number.", "no_baseline"),
    ("years_left", "number", "剩余年数", "Years left", "截至日期到到期日。", "From the as-of date to the due date.", "0.09"),
    ("years_from_figure", "number", "数据至到期年数", "Years from the figure", "最近数据到到期日。", "From the latest figure to the due date.", "1"),
    ("required_growth", "number", "所需年均增速", "Required growth", "自最近数据至到期日，0.064 即 6.4%。", "A year, from the latest figure to the due date; 0.064 is 6.4 %.", "0.064"),
    ("required_change", "number", "所需增量", "Required change", "每年所需增加，按目标的单位。", "A year, in the target's unit.", "27"),
    ("required_growth_reason", "string", "所需增速空缺理由", "Why no required growth", "理由的代码；有数则空。", "A code; empty where there is a number.", "only_bounds"),
    ("required_growth_at_least", "number", "所需增速至少", "Required growth at least", "由上限推出。", "From the upper bound.", "0.587"),
    ("required_growth_at_most", "number", "所需增速至多", "Required growth at most", "由下限推出。", "From the lower bound.", "2.333"),
    ("actual_growth", "number", "实际年均增速", "Actual growth", "自基期至最近数据。", "A year, from the base to the latest figure.", "0.084"),
    ("required_growth_from_base", "number", "自基期所需增速", "Required growth from the base", "自基期至到期日。", "A year, from the base to the due date.", "0.077"),
    ("pace_ratio", "number", "速度比", "Pace ratio", "实际增速与所需增速之比。", "Actual over required growth.", "1.09"),
    ("pace_ratio_log", "number", "速度比（对数）", "Pace ratio, logarithmic", "按对数计。", "On a logarithmic scale.", "1.1"),
    ("pace_ratio_linear", "number", "速度比（线性）", "Pace ratio, linear", "按线性计。", "On a linear scale.", "1.05"),
    ("arrival", "date", "照此到达日", "Arrival", "照实际增速到达目标值之日。", "When the target is reached at the actual growth.", "2026-09-30"),
    ("pace_reason", "string", "速度空缺理由", "Why no pace", "理由的代码；有数则空。", "A code; empty where there is a number.", "no_baseline"),
    ("reference_class", "string", "参照类", "Reference class", "供对照的同类指标。", "The class of comparable indicators.", "high_tech_firms"),
    ("reference_basis", "string", "参照起点", "Reference basis", "所需增速的起点：figure、upper_bound 或 lower_bound。", "What the required growth starts from: figure, upper_bound or lower_bound.", "figure"),
    ("reference_years", "number", "参照年数", "Reference years", "对照增速所跨年数。", "Over how many years growths are compared.", "1"),
    ("reference_series", "integer", "参照序列数", "Reference series", "对照的序列数。", "How many series are compared.", "26"),
    ("reference_growths", "integer", "参照增速数", "Reference growths", "对照的增速数。", "How many growths are compared.", "80"),
    ("reference_share_at_least", "number", "不低于所需的占比", "Share at least as high", "增速不低于所需者的占比，每个序列计一次。", "Share of growths at least as high as required, each series counted once.", "0.4"),
    ("reference_share_low", "number", "占比区间下端", "Share, low end", "上述占比的区间。", "Interval of that share.", "0.3"),
    ("reference_share_high", "number", "占比区间上端", "Share, high end", "上述占比的区间。", "Interval of that share.", "0.5"),
    ("reference_median", "number", "参照中位增速", "Reference median", "同类增速的中位数。", "Median growth of the class.", "0.15"),
    ("reference_highest", "number", "参照最高增速", "Reference extreme", "沿目标方向走得最远的增速。", "The growth that went furthest in the desired direction.", "0.9"),
    ("derived_value", "number", "推算数", "Derived value", "由两个公布数据算出，不作判断。", "From two published figures by arithmetic; decides nothing.", "440"),
    ("derived_date", "date", "推算数日期", "Derived value's date", "推算数所属日期。", "Its date.", "2026-10-31"),
    ("derived_observations", "string", "推算数出处", "Derived value's observations", "观测值标识，以空格分隔。", "Identifiers, spaces between.", "o0068 o0070"),
    ("robust", "boolean", "稳健", "Robust", "改动基期、末点或界限后结论是否不变。", "Whether the finding stays when base, last point or cut-offs are moved.", "true"),
    ("variants", "string", "改动结果", "Variants", "各种改动下的结论。", "The findings under each change.", "base-1y:ahead"),
    ("other_bases", "string", "其他基期", "Other bases", "以其他基期计算的结果。", "Results from other bases.", "2022-12-31:1.4"),
    ("probability", "number", "达到的概率", "Probability", "回溯检验未通过时为空。", "Empty while the back-test fails.", "0.6"),
    ("interval_low", "number", "预测区间下端", "Interval, low end", "到期日 80% 预测区间。", "80 % predictive interval at the due date.", "430"),
    ("interval_high", "number", "预测区间上端", "Interval, high end", "到期日 80% 预测区间。", "80 % predictive interval at the due date.", "470"),
    ("class_weight", "number", "同类权重", "Weight of the class", "趋势中来自其他序列的份额。", "How much of the drift comes from other series.", "0.8"),
    ("forecast", "string", "预测用语", "Forecast", "likely、uncertain、unlikely 或空。", "likely, uncertain, unlikely or empty.", "uncertain"),
    ("forecast_reason", "string", "预测空缺理由", "Why no forecast", "理由的代码；有则空。", "A code; empty where there is one.", "backtest_failed"),
    ("backtest_pairs", "integer", "回溯检验对数", "Back-test pairs", "可供检验的预测与实绩对数。", "Pairs of forecast and outcome.", "34"),
)  # fmt: skip


def _field(row: _Row) -> Field:
    name, kind, title_zh, title_en, zh, en, example = row
    return Field(name, kind, Text(title_zh, title_en), Text(zh, en), example, required=False)


ASSESSMENTS: Final = Table(
    "assessments",
    Text("评估", "Assessments"),
    Text("每个目标截至某日的判断，一行一个目标：事实、上下限、进度、速度及空缺的理由。",
         "What can be said of each target as of a day, one row a target: fact, bounds, schedule, pace, and why the rest is withheld."),
    (f.reference("target_id", Text("目标", "target"), "high_tech_enterprises"), *map(_field, _ASSESSED)),
    ("target_id",),
    foreign_keys=(ForeignKey(("target_id",), "targets", ("target_id",)),),
)  # fmt: skip

FIGURES_WANTED: Final = Table(
    "figures_wanted",
    Text("所缺数据", "Figures wanted"),
    Text("判断目标所需而在可查阅范围内未见的数据；一行一个目标、一个期间和一个牵头单位，未列牵头单位的 unit_id 为空。",
         "Figures that the targets need and that were not found; one row a target, period and leading body, unit_id empty where none is named."),
    (
        f.reference("unit_id", Text("可能持有的单位", "body that may hold it"), "science_bureau", required=False),
        f.reference("target_id", Text("目标", "target"), "high_tech_enterprises"),
        f.reference("indicator_id", Text("指标", "indicator"), "high_tech_enterprises"),
        f.reference("area_id", Text("地区", "area"), "daye"),
        _field(("period_start", "date", "期初", "Start", "所缺期间起始；时点数为空。", "Start of the period; empty for a day.", "2025-01-01")),
        _field(("period_end", "date", "期末", "End", "所缺时点或期末。", "The day, or the end of the period.", "2025-12-31")),
        _field(("over", "string", "期间类型", "Over", "day（时点）、year（全年）或 since_start（规划以来）。", "day, year or since_start.", "day")),
        Field("measure", "string", Text("计量方式", "Measure"), Text("所缺数据的计量方式。", "How it is measured."), "level", codes=codes.MEASURE),
        f.UNIT_CODE,
    ),
    ("unit_id", "target_id", "period_end"),
    foreign_keys=(
        ForeignKey(("unit_id",), "units", ("unit_id",)),
        ForeignKey(("target_id",), "targets", ("target_id",)),
    ),
)  # fmt: skip

SWEEP_CELL: Final = (
    _field(("notebook", "string", "笔记本", "Notebook", "报告所用的笔记本。", "The notebook of the report.", "target_feasibility")),
    _field(("package", "string", "数据包", "Package", "数据包在网格文件中的名称。", "The package, as the grid names it.", "daye")),
    _field(("as_of", "date", "截至日期", "As-of date", "此日尚未公布的数据不计入。", "What was not published by this day is left out.", "2026-11-29")),
    _field(("language", "string", "语言", "Language", "zh 或 en。", "zh or en.", "zh")),
)  # fmt: skip
SWEEP_SUMMARY: Final = Table(
    "summary",
    Text("批量运行汇总", "Summary of a sweep"),
    Text("批量运行的每一份报告一行；language 与 state 两列之间，另有网格所设的参数，一个参数一列。",
         "One row for each report of a sweep; between language and state there is a column for each parameter of the grid."),
    (
        *SWEEP_CELL,
        _field(("state", "string", "结果", "State", "done（已完成）或 failed（失败）。", "done or failed.", "done")),
        _field(("exit_code", "integer", "退出码", "Exit code", "0 为完成。", "0 where it is done.", "0")),
        _field(("problem", "string", "问题代码", "Problem", "失败的问题代码；完成则空。", "The code of what failed; empty where it is done.", "run.timeout")),
        _field(("folder", "string", "文件夹", "Folder", "报告所在文件夹，自报告文件夹起。", "Where the report is, below the reports' folder.", "brief/2026-11-29-zh-1a2b3c4d")),
    ),
    (),
)  # fmt: skip
