"""The tables that hold what has been measured: indicators, units of measure, areas, sources, observations."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import codes
from daye_analysis.package.definition import fields as f
from daye_analysis.package.definition.model import Field, ForeignKey, Table

INDICATORS = Table(
    "indicators",
    Text("指标", "Indicators"),
    Text("目标指标、背景指标和参照序列。", "The target indicators, the context series and the reference series."),
    (
        f.reference("indicator_id", Text("指标", "indicator"), "high_tech_enterprises", primary=True),
        f.NAME_ZH,
        f.NAME_EN,
        Field("quantity", "string", Text("量的类型", "Kind of quantity"),
              Text("决定适用哪种评价方法。", "Decides which method of judgement applies."), "stock", codes=codes.QUANTITY),
        f.DIRECTION,
        f.UNIT_CODE,
        Field("role", "string", Text("用途", "Role"), Text("目标、背景或参照。", "Target, context or reference."), "target",
              codes=codes.INDICATOR_ROLE),
        Field("additive", "boolean", Text("可加", "Additive"),
              Text("各部分之和是否等于整体；可加者才能由上下级数值推出上下限。",
                   "Whether parts sum to the whole; only then do nested figures give bounds."), "true"),
        Field("reference_class", "string", Text("参照类", "Reference class"),
              Text("哪些指标的历史增速可供对照。", "Which indicators' past growth it may be compared with."),
              "high_tech_firms", pattern=f.IDENTIFIER),
        Field("definition_zh", "string", Text("定义", "Definition (Chinese)"),
              Text("计的是什么，原文未写明的也予说明。", "What is counted, and what the text leaves open."),
              "有效期内的高新技术企业数。", term="schema:description"),
        Field("definition_en", "string", Text("英文定义", "Definition (English)"), Text("定义的英文。", "The same in English."),
              "High-tech enterprises whose recognition is in force.", term="schema:description"),
    ),
    ("indicator_id",),
    foreign_keys=(ForeignKey(("unit_code",), "measurement_units", ("unit_code",)),),
)  # fmt: skip

MEASUREMENT_UNITS = Table(
    "measurement_units",
    Text("计量单位", "Units of measure"),
    Text("数值所用的单位及其与基本单位的换算。", "The units that values are in, and how they convert."),
    (
        f.reference("unit_code", Text("计量单位", "unit of measure"), "cny_100m", primary=True),
        Field("label_zh", "string", Text("名称", "Label (Chinese)"), Text("中文名称。", "Chinese label."), "亿元",
              term="schema:unitText"),
        Field("label_en", "string", Text("英文名称", "Label (English)"), Text("英文名称。", "English label."),
              "CNY 100 million", term="schema:unitText"),
        Field("base_unit", "string", Text("基本单位", "Base unit"), Text("换算到的基本单位。", "The unit it converts to."),
              "CNY", term="sdmx:UNIT_MEASURE"),
        Field("power_of_ten", "integer", Text("十的幂", "Power of ten"),
              Text("数值乘以十的此次幂即为基本单位数。", "Multiply by ten to this power to get base units."), "8",
              term="sdmx:UNIT_MULT"),
        Field("kind", "string", Text("类别", "Kind"), Text("单位的类别。", "What kind of unit it is."), "money",
              codes=codes.UNIT_OF_MEASURE_KIND),
    ),
    ("unit_code",),
)  # fmt: skip

AREAS = Table(
    "areas",
    Text("地区", "Areas"),
    Text("数值所属的地区及其隶属关系。", "The places that figures are about, and which contains which."),
    (
        f.reference("area_id", Text("地区", "area"), "daye", primary=True),
        f.NAME_ZH,
        f.NAME_EN,
        Field("gbt2260_code", "string", Text("行政区划代码", "GB/T 2260 code"),
              Text("GB/T 2260 六位代码；非行政区划或未核实者为空。",
                   "Six-digit GB/T 2260 code; empty for places that have none or where it was not verified."),
              "420281", required=False, pattern="^[0-9]{6}$", term="sdmx:REF_AREA"),
        Field("level", "string", Text("级别", "Level"), Text("行政级别或园区。", "Administrative level, or a zone."),
              "county", codes=codes.AREA_LEVEL),
        f.reference("parent_id", Text("上级地区", "containing area"), "huangshi", required=False),
    ),
    ("area_id",),
    foreign_keys=(ForeignKey(("parent_id",), "areas", ("area_id",)),),
)  # fmt: skip

SOURCES = Table(
    "sources",
    Text("来源", "Sources"),
    Text("每个数值所出自的页面或文件。", "The page or document that each figure was read in."),
    (
        f.reference("source_id", Text("来源", "source"), "a-gwr2023", primary=True),
        Field("title", "string", Text("标题", "Title"), Text("来源标题，用其原文。", "Title, in its own language."),
              "2023年大冶市人民政府工作报告", term="dcterms:title"),
        Field("publisher", "string", Text("发布者", "Publisher"), Text("发布者。", "Who published it."), "大冶市人民政府",
              term="dcterms:publisher"),
        Field("published", "string", Text("发布时间", "Published"),
              Text("页面所印发布时间，可能只到年或月；未印为空。",
                   "When it says it was published, perhaps only a year or month; empty where it says nothing."),
              "2023-03-08", required=False, term="dcterms:issued"),
        Field("known_on", "date", Text("可知日", "Known on"),
              Text("自此日起可以知道其中数值；未注明日期的页面为空，视为编制日才可知。",
                   "From this day its figures could be known; empty for an undated page, which counts as known only from "
                   "the day of compilation."), "2023-03-08", required=False, term="dcterms:available"),
        Field("kind", "string", Text("类别", "Kind"), Text("来源的类别。", "What kind of source it is."), "gov_report",
              codes=codes.SOURCE_KIND),
        Field("tier", "string", Text("层级", "Tier"), Text("官方、媒体或转载。", "Official, media or repost."), "official",
              codes=codes.SOURCE_TIER),
        Field("url", "string", Text("地址", "Address"), Text("网址；转载不列。", "Web address; left out for reposts."),
              "http://www.hbdaye.gov.cn/zfxxgk/fdgknr/qtzdgknr/zfgzbg/202303/t20230308_996481.html", required=False,
              pattern="^https?://[^\\s]+$", term="schema:url"),
    ),
    ("source_id",),
)  # fmt: skip

OBSERVATIONS = Table(
    "observations",
    Text("观测值", "Observations"),
    Text("在具名来源中读到的每一个数值；不推断、不内插。",
         "Every figure that was read in a named source; nothing is inferred or interpolated."),
    (
        Field("observation_id", "string", Text("观测标识", "Observation identifier"),
              Text("一经分配不再更改，也不再使用。", "Assigned once and never used again."), "o0068",
              pattern="^[a-z][a-z0-9_-]*[0-9]{4,}$", term="schema:identifier"),
        f.reference("indicator_id", Text("指标", "indicator"), "high_tech_enterprises"),
        f.reference("area_id", Text("地区", "area"), "daye"),
        f.PERIOD_START,
        f.PERIOD_END,
        Field("measure", "string", Text("度量", "Measure"), Text("时点数、期间数、增幅、占比或位次。",
              "Level, flow, growth, share or rank."), "level", codes=codes.MEASURE),
        f.VALUE,
        f.UNIT_CODE,
        Field("bound", "string", Text("确切程度", "Bound"), Text("确数、至少、超过或约。", "Exact, at least, more than, about."),
              "exact", codes=codes.BOUND, term="sdmx:OBS_STATUS"),
        Field("statement", "string", Text("陈述", "Statement"), Text("实绩、预计或目标。", "Outturn, forecast or target."),
              "outturn", codes=codes.STATEMENT),
        Field("concept", "string", Text("口径", "Concept"), Text("与目标文字所指相比的口径。",
              "How it compares with what the target's words mean."), "same", codes=codes.CONCEPT),
        Field("doubt_zh", "string", Text("存疑", "Doubt (Chinese)"),
              Text("为何不能照用；可用则为空。", "Why it cannot be used as it stands; empty where it can."), "范围不明",
              required=False),
        Field("doubt_en", "string", Text("存疑（英文）", "Doubt (English)"), Text("存疑的英文。", "The same in English."),
              "scope unknown", required=False),
        Field("growth_base_end", "date", Text("增幅基期", "Base of growth"),
              Text("增幅的基期末；空则为上年同期。", "End of the base period of a growth; empty for a year before."),
              "2020-12-31", required=False),
        Field("scope_note_zh", "string", Text("统计范围", "Scope (Chinese)"), Text("来源究竟统计了什么。",
              "What exactly the source counts."), "全市高新技术企业总数", required=False),
        Field("scope_note_en", "string", Text("统计范围（英文）", "Scope (English)"), Text("统计范围的英文。",
              "The same in English."), "all high-tech firms of the city", required=False),
        f.reference("source_id", Text("来源", "source"), "a-hubeidaily-20251230"),
    ),
    ("observation_id",),
    foreign_keys=(
        ForeignKey(("indicator_id",), "indicators", ("indicator_id",)),
        ForeignKey(("area_id",), "areas", ("area_id",)),
        ForeignKey(("unit_code",), "measurement_units", ("unit_code",)),
        ForeignKey(("source_id",), "sources", ("source_id",)),
    ),
)  # fmt: skip
