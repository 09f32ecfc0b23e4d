"""The columns of the tidy tables that a view gives to researchers: figures, targets, series, and another area's figures."""

from __future__ import annotations

from typing import Final

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import codes
from daye_analysis.package.definition.judged import EVIDENCE_REASON, EVIDENCE_ROLE
from daye_analysis.package.definition.model import CodeList, Field, FieldType, Table

_Row = tuple[str, FieldType, str, str, str, str]


def _field(row: _Row, listed: CodeList | None = None) -> Field:
    name, kind, title_zh, title_en, zh, en = row
    return Field(name, kind, Text(title_zh, title_en), Text(zh, en), "", required=False, codes=listed)


_AREA: Final = (
    _field(("area", "string", "地区", "Area", "地区名称。", "The place's name.")),
    _field(("period", "string", "时期", "Period", "日期或期间，用文字写明。", "The date or period, in words.")),
)
_PERIOD: Final = (
    _field(("period_start", "date", "期初", "Period starts", "期间起始；时点数为空。", "Start of the period; empty for a level.")),
    _field(("period_end", "date", "期末", "Period ends", "时点或期末。", "The date, or the end of the period.")),
)
_INDICATOR: Final = (
    _field(("indicator", "string", "指标", "Indicator", "指标名称。", "The indicator's name.")),
    _field(("indicator_id", "string", "指标标识", "Indicator identifier", "见 indicators 表。", "As in table indicators.")),
)
_PLACE: Final = (
    _field(("area_id", "string", "地区标识", "Area identifier", "见 areas 表。", "As in table areas.")),
    _field(("gbt2260_code", "string", "行政区划代码", "GB/T 2260 code", "六位代码，用于与他处数据相连；无则空。",
            "Six digits, by which other data can be joined; empty for places without one.")),
)  # fmt: skip
_SOURCE: Final = (
    _field(("source", "string", "来源", "Source", "来源标题。", "The source's title.")),
    _field(("publisher", "string", "发布者", "Publisher", "来源的发布者。", "Who published it.")),
    _field(("tier", "string", "来源层级", "Source tier", "官方、媒体或转载。", "Official, media or repost."), codes.SOURCE_TIER),
    _field(("known_on", "date", "可知日", "Known on", "自此日起可以知道。", "From this day it could be known.")),
    _field(("url", "string", "地址", "Address", "来源网址；转载不列。", "The source's address; none for reposts.")),
    _field(("source_id", "string", "来源标识", "Source identifier", "见 sources 表。", "As in table sources.")),
    _field(("permalink", "string", "永久链接", "Permalink", "公开网站上的地址；数据包没有写明网站时从其根目录起。",
            "Its address on the public site; from the site's root where the package names no site.")),
)  # fmt: skip
_VALUE: Final = (
    _field(("value", "number", "数值", "Value", "来源所印数值。", "The value as its source printed it.")),
    _field(("unit", "string", "单位", "Unit", "数值的计量单位。", "The unit of the value.")),
    _field(("unit_code", "string", "单位代码", "Unit code", "见 measurement_units 表。", "As in table measurement_units.")),
    _field(("bound", "string", "数值性质", "Bound", "确数、至少、约等。", "Exact, at least, about and so on."), codes.BOUND),
    _field(("measure", "string", "计量方式", "Measure", "时点数、期间数、增幅等：不同方式不能相比。",
            "Level, flow, growth and so on: never compare one with another."), codes.MEASURE),
)  # fmt: skip

FIGURES_VIEW: Final = Table(
    "view.figures",
    Text("数据一览", "Figures, tidy"),
    Text("一行一条观测：数值、所属目标、对该目标的作用及理由、来源。", "One row for each observation: the value, the target it is relevant to, its role there and why, and its source."),
    (
        _field(("observation_id", "string", "观测值标识", "Observation identifier", "见 observations 表。", "As in table observations.")),
        _field(("target", "string", "目标", "Target", "目标名称；与目标无关者为空。", "The target's name; empty if relevant to none.")),
        *_AREA,
        _field(("figure", "string", "数据", "Figure", "数值、单位与性质，用文字写明。", "Value, unit and bound, in words.")),
        _field(("role_label", "string", "作用", "Role", "据以判断、上下限或仅供参考。", "Decides, bounds or informs.")),
        _field(("reason_label", "string", "理由", "Reason", "作用的理由。", "Why it has this role.")),
        _field(("note", "string", "说明", "Note", "范围与疑义，用文字写明。", "Scope and doubt, in words.")),
        *_VALUE,
        _field(("statement", "string", "陈述类型", "Statement", "实绩、预计或目标。", "Outturn, forecast or someone's target."), codes.STATEMENT),
        _field(("concept", "string", "口径", "Concept", "与目标文字的关系。", "How it relates to the target's words."), codes.CONCEPT),
        _field(("role", "string", "作用代码", "Role, code", "见 evidence 表；与目标无关者为空。", "As in table evidence; empty where it bears on no target."), EVIDENCE_ROLE),
        _field(("reason", "string", "理由代码", "Reason, code", "见 evidence 表。", "As in table evidence."), EVIDENCE_REASON),
        _field(("value_in_target_unit", "number", "按目标单位的数值", "Value in the target's unit", "换算后的数值；不能换算为空。", "Converted; empty where units do not convert.")),
        *_PERIOD,
        _field(("date_basis", "string", "时间依据", "Basis of the date", "来源写明或推断。", "Stated by the source or inferred."), codes.BASIS),
        _field(("target_id", "string", "目标标识", "Target identifier", "见 targets 表。", "As in table targets.")),
        *_INDICATOR,
        *_PLACE,
        *_SOURCE,
        _field(("assumed", "boolean", "为假设", "Assumed", "使用者的假设，不是公布数据。", "A user's assumption, not published.")),
    ),
    ("observation_id",),
)  # fmt: skip

TARGETS_VIEW: Final = Table(
    "view.targets",
    Text("目标一览", "Targets, tidy"),
    Text("一行一个目标：要求、最近同口径数据或上下限、判定、牵头单位。", "One row a target: what is asked, the latest comparable figure or bounds, the verdict, and who leads."),
    (
        _field(("target_id", "string", "目标标识", "Target identifier", "见 targets 表。", "As in table targets.")),
        _field(("target", "string", "目标", "Target", "目标名称。", "The target's name.")),
        _field(("lead", "string", "牵头单位", "Led by", "牵头单位名称。", "Names of the leading bodies.")),
        _field(("asked", "string", "要求", "Asked", "要求，用文字写明。", "What is asked, in words.")),
        _field(("known", "string", "已知数据", "Known", "最近同口径数据或上下限及其时期；没有则空。", "The latest comparable figure, or the bounds, with the period; empty where there is none.")),
        _field(("verdict", "string", "判定", "Verdict", "判定及其时期和理由。", "The verdict, its period and reason.")),
        _field(("evidence", "string", "数据状况", "Evidence", "数据状况，用文字写明。", "State of the data, in words.")),
        _field(("target_value", "number", "目标值", "Target value", "按目标的单位。", "In the target's unit.")),
        _field(("comparator", "string", "比较", "Comparator", "数值须如何与目标值比较。", "How a value must compare with it."), codes.COMPARATOR),
        _field(("unit", "string", "单位", "Unit", "目标的计量单位。", "The target's unit.")),
        _field(("unit_code", "string", "单位代码", "Unit code", "见 measurement_units 表。", "As in table measurement_units.")),
        _field(("scope", "string", "范围", "Scope", "到期、逐年、累计还是持续。", "By the deadline, each year, as a sum, or held."), codes.SCOPE),
        _field(("due", "date", "到期日", "Due date", "目标期末。", "The day on which it is due.")),
        _field(("value", "number", "最近同口径数据", "Latest comparable figure", "按目标的单位；没有则空。", "In the target's unit; empty where there is none.")),
        _field(("value_start", "date", "数据期初", "Figure's period starts", "时点数为空。", "Empty for a level.")),
        _field(("value_date", "date", "数据期末", "Figure's period ends", "时点或期末。", "The date, or the end of the period.")),
        _field(("lower_bound", "number", "下限", "Lower bound", "按目标的单位。", "In the target's unit.")),
        _field(("upper_bound", "number", "上限", "Upper bound", "按目标的单位。", "In the target's unit.")),
        _field(("bound_date", "date", "上下限日期", "Bounds' date", "时点或期末。", "The date, or the end of the period.")),
        _field(("settled", "string", "判定代码", "Settled", "met、not_met、open 或 conflict。", "met, not_met, open or conflict.")),
        _field(("status", "string", "结论代码", "Status, code", "见 assessments 表。", "As in table assessments.")),
        _field(("evidence_class", "string", "数据状况代码", "Evidence class", "comparable、bounds_only、related_only 或 nothing。", "comparable, bounds_only, related_only or nothing.")),
        _field(("schedule_lead", "number", "超前序时进度", "Ahead of schedule", "百分点；缺基期为空。", "In percentage points; empty without a baseline.")),
        _field(("required_growth", "number", "所需年均增速", "Required growth", "自最近数据至到期日，0.064 即 6.4%。", "A year, from the latest figure to the due date; 0.064 is 6.4 %.")),
        _field(("task_id", "string", "任务", "Task", "见 tasks 表。", "As in table tasks.")),
        _field(("action_id", "string", "行动", "Action", "见 actions 表。", "As in table actions.")),
        _field(("cluster_id", "string", "产业集群", "Cluster", "见 clusters 表；与集群无关为空。", "As in table clusters; empty where it is no cluster's.")),
        _field(("indicator_id", "string", "指标标识", "Indicator identifier", "见 indicators 表。", "As in table indicators.")),
        _field(("rests_on_assumption", "boolean", "依据假设", "Rests on an assumption", "是否用到使用者的假设。", "Whether a user's assumption was used.")),
        _field(("permalink", "string", "永久链接", "Permalink", "公开网站上的地址；数据包没有写明网站时从其根目录起。", "Its address on the public site; from the site's root where the package names no site.")),
    ),
    ("target_id",),
)  # fmt: skip

SERIES_VIEW: Final = Table(
    "view.series",
    Text("序列", "Series, tidy"),
    Text("一个指标在各地各期的可比数据，单位一致；不可比的不列，或注明理由。", "An indicator's comparable figures over places and periods, in one unit; what does not compare is left out, or says why."),
    (
        _field(("series", "string", "序列", "Series", "同一条线的数据：地区；各发布者口径不同的，另注发布者。", "What makes one line: the place, and the publisher where publishers count differently.")),
        *_AREA,
        _field(("value", "number", "数值", "Value", "按指标的单位。", "In the indicator's unit.")),
        _field(("unit", "string", "单位", "Unit", "指标的计量单位。", "The indicator's unit.")),
        _field(("growth", "number", "年均增速", "Growth", "自同一地区上一期可比数据起，0.064 即 6.4%；无则空。", "A year, since the place's comparable figure before; 0.064 is 6.4 %; empty where there is none.")),
        _field(("years", "number", "相隔年数", "Years since", "与上一期相隔的年数。", "Years since that figure.")),
        *_PERIOD,
        _field(("bound", "string", "数值性质", "Bound", "确数或约数。", "Exact or about."), codes.BOUND),
        _field(("comparable", "boolean", "可比", "Comparable", "是否可与其他行相比。", "Whether it compares with the other rows.")),
        _field(("remark", "string", "不可比的理由", "Why not", "可比则空。", "Empty where it compares.")),
        _field(("note", "string", "说明", "Note", "范围与疑义，用文字写明。", "Scope and doubt, in words.")),
        *_INDICATOR,
        *_PLACE,
        _field(("observation_id", "string", "观测值标识", "Observation identifier", "见 observations 表。", "As in table observations.")),
        *_SOURCE,
    ),
    ("observation_id",),
)  # fmt: skip

AMBITION_VIEW: Final = Table(
    "view.ambition",
    Text("目标与其他地区", "Targets beside other areas"),
    Text("各目标值与上级及同级地区最近数据、目标之比；期内累计和口径存疑者不列。",
         "Each target beside the latest figures and aims of areas above and beside the plan's; sums over the plan's years and doubtful figures are left out."),
    (
        _field(("target", "string", "目标", "Target", "目标名称。", "The target's name.")),
        _field(("asked", "string", "要求", "Asked", "要求，用文字写明。", "What is asked, in words.")),
        *_AREA,
        _field(("figure", "string", "该地区数据", "The area's figure", "用文字写明；目标另注明。", "In words; an aim says that it is one.")),
        _field(("ratio", "number", "目标值之比", "Ratio", "目标值与该数之比；0.39 即 39%。", "The target over that figure; 0.39 is 39 %.")),
        _field(("is_share", "boolean", "为占比", "Is a share", "该地区包含本地且可加，比值即占比；否则仅为对照。", "Whether the area contains the plan's and the quantity adds up, so that the ratio is a share; else it only compares.")),
        _field(("statement", "string", "陈述类型", "Statement", "实绩或目标。", "Outturn or target."), codes.STATEMENT),
        _field(("concept", "string", "口径", "Concept", "同口径，或上级地区的较宽口径。", "The same, or of an area above a broader one."), codes.CONCEPT),
        _field(("target_value", "number", "目标值", "Target value", "按目标的单位。", "In the target's unit.")),
        _field(("value", "number", "数值", "Value", "按目标的单位。", "In the target's unit.")),
        _field(("unit", "string", "单位", "Unit", "两者共同的单位。", "The unit of both.")),
        *_PERIOD,
        _field(("bound", "string", "数值性质", "Bound", "确数、至少、约等。", "Exact, at least, about and so on."), codes.BOUND),
        _field(("note", "string", "说明", "Note", "范围与疑义，用文字写明。", "Scope and doubt, in words.")),
        _field(("target_id", "string", "目标标识", "Target identifier", "见 targets 表。", "As in table targets.")),
        *_PLACE,
        _field(("observation_id", "string", "观测值标识", "Observation identifier", "见 observations 表。", "As in table observations.")),
        *_SOURCE,
    ),
    ("target_id", "observation_id"),
)  # fmt: skip

TIDY_TABLES: Final = (TARGETS_VIEW, FIGURES_VIEW, SERIES_VIEW, AMBITION_VIEW)
# Of their columns those that a person reads first.
READING: Final[dict[str, tuple[str, ...]]] = {
    "view.targets": ("target_id", "target", "lead", "asked", "known", "verdict"),
    "view.figures": ("observation_id", "target", "area", "period", "figure", "role_label", "reason_label", "note", "source"),
    "view.series": ("series", "period", "value", "unit", "growth", "remark", "source", "observation_id"),
    "view.ambition": ("target", "asked", "area", "period", "figure", "ratio", "is_share", "source", "observation_id"),
}
