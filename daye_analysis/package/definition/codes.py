"""The code lists: every value that a coded field may take, with its label and meaning."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.package.definition.model import Code, CodeList


def code_list(name: str, *rows: tuple[str, str, str, str, str]) -> CodeList:
    """Make a list from rows of value, label zh, label en, meaning zh, meaning en."""
    return CodeList(name, tuple(Code(v, Text(lz, le), Text(mz, me)) for v, lz, le, mz, me in rows))


QUANTITY = code_list(
    "quantity",
    ("stock", "存量", "stock", "某一时点的数目。", "A number at a point in time."),
    ("output_value", "产出规模", "output value", "一个年度的产值或营收。", "Output or revenue of a year."),
    ("share", "占比", "share", "部分占整体的百分比。", "A part as a percentage of its whole."),
    ("ratio", "比率", "ratio", "两个不同量之比。", "One quantity per another."),
    ("cumulative_flow", "累计量", "cumulative flow", "自规划起始日起的累计数。", "A sum from the plan's start."),
    ("annual_flow", "年度量", "annual flow", "每年各自计算的数目。", "A count that starts again each year."),
    ("cumulative_reduction", "累计降幅", "cumulative reduction",
     "相对起始年的累计下降百分比，进度按对数计算。", "A fall in per cent from the start; progress is logarithmic."),
    ("coverage", "覆盖率", "coverage", "应覆盖对象中已覆盖的百分比。", "The percentage reached of all that count."),
    ("rank", "位次", "rank", "在一组地区中的名次，1 为首位。", "A place in a set of areas; 1 is first."),
    ("growth_rate", "增长率", "growth rate", "以增长率发布的序列。", "A series published as growth rates."),
)
DIRECTION = code_list(
    "direction",
    ("increase", "越高越好", "higher is better", "数值上升为进展。", "A rise is progress."),
    ("decrease", "越低越好", "lower is better", "数值下降为进展。", "A fall is progress."),
)
INDICATOR_ROLE = code_list(
    "indicator_role",
    ("target", "目标指标", "target", "清单为其设定目标。", "The list sets a target for it."),
    ("context", "背景指标", "context", "帮助理解目标，本身没有目标。", "Helps to read the targets; has none itself."),
    ("reference", "参照序列", "reference series", "其他地区的同类序列。", "Like series of other places."),
)
COMPARATOR = code_list(
    "comparator",
    ("ge", "不低于", "at least", "“以上”“达到”“级”或单独的数字。", "以上, 达到, 级 or a bare number."),
    ("gt", "超过", "more than", "“突破”“超过”。", "突破 or 超过."),
    ("le", "不高于", "at most", "“以内”“不超过”，或位次。", "以内 or 不超过, or a rank."),
    ("lt", "低于", "less than", "“低于”“不足”。", "低于 or 不足."),
)
SCOPE = code_list(
    "scope",
    ("by_deadline", "到期达到", "by the deadline", "到期日达到即可。", "To be reached on the due date."),
    ("sustained", "持续保持", "sustained", "须达到并保持。", "To be reached and held."),
    ("annual", "逐年完成", "annual", "每一年各自完成。", "To be met in each year."),
    ("cumulative", "期内累计", "cumulative", "自规划起始日起累计完成。", "A sum over the plan's years."),
)
BASIS = code_list(
    "basis",
    ("stated", "原文写明", "stated", "原文写明。", "The text says so."),
    ("inferred", "推断", "inferred", "由标题或上下文推断。", "Read from the title or context."),
)
OBLIGATION = code_list(
    "obligation",
    ("binding", "约束性", "binding", "政府必须确保完成。", "Government must secure it."),
    ("expected", "预期性", "expected", "主要依靠市场主体。", "Relies mainly on market actors."),
    ("unstated", "未标明", "unstated", "原文未标明。", "The text does not say."),
)
STRENGTH = code_list(
    "strength",
    ("strive", "力争", "strive (力争)", "原文用“力争”。", "The text says 力争, to strive for."),
    ("none", "无", "none", "原文未加“力争”。", "The text has no such word."),
)
ROLE = code_list(
    "role",
    ("lead", "牵头", "lead", "牵头单位。", "The body that leads the task."),
    ("responsible", "责任", "responsible", "责任单位。", "A unit that shares the responsibility."),
)
UNIT_KIND = code_list(
    "unit_kind",
    ("bureau", "政府部门", "bureau", "本市政府部门或事业单位。", "A department or public body of the city government."),
    ("party_organ", "党委部门与群团", "party organ", "市委部门、办公室或群团组织。",
     "A department of the Party committee or a mass organisation."),
    ("development_zone", "开发区", "development zone", "高新区、经济区及其托管镇。", "A zone, with the town it runs."),
    ("townships", "乡镇街道", "townships", "各乡镇（场）、街道的统称。", "All townships, farms and sub-districts."),
    ("enterprises", "企业", "enterprises", "企业的统称。", "Enterprises, named as a group."),
    ("coordination_group", "协调机制", "coordination group", "跨部门协调机制。", "A mechanism across departments."),
    ("superior_branch", "上级派出机构", "superior's branch", "上级机关在本市的分支。", "A branch of a higher authority."),
)
UNIT_OF_MEASURE_KIND = code_list(
    "measurement_kind",
    ("money", "金额", "money", "货币金额。", "An amount of money."),
    ("count", "计数", "count", "可数对象的数目。", "A number of things."),
    ("percent", "百分比", "per cent", "百分数。", "Per cent."),
    ("rank", "位次", "rank", "名次。", "A place in an order."),
    ("mass", "质量", "mass", "质量单位。", "A unit of mass."),
    ("other", "其他", "other", "其他单位。", "Any other unit."),
)
AREA_LEVEL = code_list(
    "area_level",
    ("country", "国家", "country", "全国。", "The country."),
    ("region", "大区", "region", "若干省份或其部分组成的地带。", "A group of provinces or parts of them."),
    ("province", "省级", "province", "省、自治区、直辖市。", "A province, autonomous region or municipality."),
    ("prefecture", "地级", "prefecture", "地级市、自治州等。", "A prefecture-level city or its like."),
    ("county", "县级", "county", "县、县级市、市辖区。", "A county, county-level city or district."),
    ("zone", "园区", "zone", "开发区、园区等非行政区划。", "A development zone, no administrative division."),
)
SOURCE_KIND = code_list(
    "source_kind",
    ("plan", "规划与方案", "plan", "规划、方案、行动计划。", "A plan or programme."),
    ("gov_report", "政府工作报告", "government work report", "政府工作报告。", "A government work report."),
    ("statistical_communique", "统计公报", "statistical communiqué", "统计公报。", "A statistical communiqué."),
    ("bureau_bulletin", "部门通报", "bureau bulletin", "部门发布的通报与总结。", "A bulletin of a bureau."),
    ("news", "新闻报道", "news", "新闻报道。", "A news item."),
    ("panel", "参照面板", "reference panel", "为参照面板读取的页面。", "A page read for the reference panel."),
    ("dataset", "数据集", "dataset", "结构化数据。", "Structured data."),
    ("reply", "数据回函", "reply to a data request", "对数据需求清单的答复。", "A reply to a data request."),
    ("other", "其他", "other", "其他。", "Anything else."),
)
SOURCE_TIER = code_list(
    "source_tier",
    ("official", "官方", "official", "政府或其部门自己的页面。", "A page of the government or its department."),
    ("media", "媒体", "media", "媒体自己的页面。", "A news organisation's own page."),
    ("repost", "转载", "repost", "他处的转载，不列地址。", "A copy elsewhere; its address is left out."),
)
MEASURE = code_list(
    "measure",
    ("level", "时点数", "level", "期末时点的数值。", "A value at the end of the period."),
    ("flow", "期间数", "flow", "期初到期末的合计。", "A sum from the period's start to its end."),
    ("growth_pct", "增幅", "growth", "同比增幅（除非注明基期），百分数。",
     "Growth over the year before, unless a base is named, in per cent."),
    ("share_pct", "占比", "share", "占整体的百分数。", "A share of a whole, in per cent."),
    ("rank", "位次", "rank", "名次。", "A place in an order."),
)
BOUND = code_list(
    "bound",
    ("exact", "确数", "exact", "来源给出的确数。", "The value as the source printed it."),
    ("at_least", "至少", "at least", "来源称不少于此数。", "The source says no less than this."),
    ("more_than", "超过", "more than", "来源称超过此数。", "The source says more than this."),
    ("at_most", "至多", "at most", "来源称不多于此数。", "The source says no more than this."),
    ("less_than", "不足", "less than", "来源称不足此数。", "The source says less than this."),
    ("about", "约", "about", "来源称约为此数。", "The source says about this."),
)
STATEMENT = code_list(
    "statement",
    ("outturn", "实绩", "outturn", "已经发生。", "It happened."),
    ("forecast", "预计", "forecast", "期末之前的预计。", "Expected before the period closed."),
    ("target", "目标", "target", "某机构的目标。", "Someone's aim."),
)
CONCEPT = code_list(
    "concept",
    ("same", "同口径", "same", "与目标文字所指相同。", "What the target's words say."),
    ("broader", "口径更宽", "broader", "包含目标所指，可作上限。", "Contains what the target means: an upper bound."),
    ("narrower", "口径更窄", "narrower", "是目标所指的一部分，可作下限。",
     "A part of what the target means: a lower bound."),
    ("related", "相关", "related", "另一事物，仅供参考。", "Something else that informs."),
)

CODE_LISTS: tuple[CodeList, ...] = (
    QUANTITY, DIRECTION, INDICATOR_ROLE, COMPARATOR, SCOPE, BASIS, OBLIGATION, STRENGTH, ROLE, UNIT_KIND,
    UNIT_OF_MEASURE_KIND, AREA_LEVEL, SOURCE_KIND, SOURCE_TIER, MEASURE, BOUND, STATEMENT, CONCEPT,
)  # fmt: skip
