"""The tables of the official list: actions, tasks, units, responsibilities, plans, targets."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import codes
from daye_analysis.package.definition import fields as f
from daye_analysis.package.definition.model import Field, ForeignKey, Table

_ACTION = Text("行动", "action")
_TASK = Text("任务", "task")
_UNIT = Text("单位", "unit")

ACTIONS = Table(
    "actions",
    Text("行动", "Actions"),
    Text("清单的各项行动，每项行动含若干任务。", "The list's actions, each a group of tasks."),
    (f.reference("action_id", _ACTION, "A1", primary=True), f.POSITION, f.NAME_ZH, f.NAME_EN, f.SOURCE_START, f.SOURCE_END),
    ("action_id",),
    licence="official_wording",
)  # fmt: skip

TASKS = Table(
    "tasks",
    Text("任务", "Tasks"),
    Text("清单的各行任务，原文照录；英文为非官方翻译。",
         "The list's task rows, verbatim; the English is an unofficial translation."),
    (
        f.reference("task_id", _TASK, "T10", primary=True),
        f.POSITION,
        f.OFFICIAL_NUMBER,
        f.reference("action_id", _ACTION, "A3"),
        Field("text_zh", "string", Text("任务原文", "Task (Chinese)"),
              Text("任务清单一栏的原文，逐字照录。", "The words of the task, verbatim."), "强化企业技术创新主体地位。",
              term="schema:text"),
        Field("text_en", "string", Text("任务英译", "Task (English)"),
              Text("非官方英文翻译。", "Unofficial English translation."),
              "Strengthen the role of enterprises as the main actors of technological innovation.", required=False,
              term="schema:text"),
        f.SOURCE_START,
        f.SOURCE_END,
    ),
    ("task_id",),
    (("position",),),
    (ForeignKey(("action_id",), "actions", ("action_id",)),),
    licence="official_wording",
)  # fmt: skip

UNITS = Table(
    "units",
    Text("单位", "Units"),
    Text("清单点名的单位与单位群体。", "The bodies and groups of bodies that the list names."),
    (
        f.reference("unit_id", _UNIT, "science_bureau", primary=True),
        f.NAME_ZH,
        f.NAME_EN,
        Field("kind", "string", Text("类别", "Kind"), Text("单位的类别。", "What kind of body it is."), "bureau",
              codes=codes.UNIT_KIND),
    ),
    ("unit_id",),
    (("name_zh",),),
)  # fmt: skip

UNIT_ALIASES = Table(
    "unit_aliases",
    Text("单位别称", "Unit aliases"),
    Text("清单中指同一单位的其他写法。", "Other spellings by which the list names a unit."),
    (
        Field("alias_zh", "string", Text("别称", "Alias"), Text("清单中的另一写法。", "The other spelling in the list."),
              "临空区·还地桥镇", term="schema:alternateName"),
        f.reference("unit_id", _UNIT, "airport_zone_huandiqiao"),
    ),
    ("alias_zh",),
    foreign_keys=(ForeignKey(("unit_id",), "units", ("unit_id",)),),
    licence="official_wording",
)  # fmt: skip

RESPONSIBILITIES = Table(
    "responsibilities",
    Text("责任分工", "Responsibilities"),
    Text("哪个单位牵头、哪些单位负责哪项任务。", "Who leads and who is responsible for which task."),
    (
        f.reference("task_id", _TASK, "T10"),
        Field("role", "string", Text("角色", "Role"), Text("牵头或责任。", "Whether it leads or is responsible."), "lead",
              codes=codes.ROLE, term="schema:roleName"),
        f.POSITION,
        f.reference("unit_id", _UNIT, "science_bureau"),
        f.WORDING_ZH,
        f.SOURCE_START,
        f.SOURCE_END,
    ),
    ("task_id", "role", "position"),
    (("task_id", "role", "unit_id"),),
    (ForeignKey(("task_id",), "tasks", ("task_id",)), ForeignKey(("unit_id",), "units", ("unit_id",))),
    licence="official_wording",
)  # fmt: skip

CLUSTERS = Table(
    "clusters",
    Text("产业集群", "Clusters"),
    Text("清单点名的产业集群；有的按区域划定，有的按行业划定，相加可能重复计算。",
         "The industrial clusters that the list names; some are places and others sectors, so a sum may count twice."),
    (
        f.reference("cluster_id", Text("集群", "cluster"), "new_materials", primary=True),
        f.POSITION,
        f.NAME_ZH,
        f.NAME_EN,
        Field("is_place", "boolean", Text("是否区域", "Is a place"),
              Text("真：按区域划定；假：按行业划定。", "True where a place defines it, false where a sector does."), "false"),
        f.reference("indicator_id", Text("指标", "indicator"), "cluster_new_materials"),
        f.SOURCE_START,
        f.SOURCE_END,
    ),
    ("cluster_id",),
    (("indicator_id",),),
    (ForeignKey(("indicator_id",), "indicators", ("indicator_id",)),),
)  # fmt: skip

PLANS = Table(
    "plans",
    Text("规划", "Plans"),
    Text("目标所属的规划及其起止。", "The plan that sets the targets, and its span."),
    (
        f.reference("plan_id", Text("规划", "plan"), "daye-2024-2026", primary=True),
        f.reference("area_id", Text("地区", "area"), "daye"),
        Field("title_zh", "string", Text("名称", "Title (Chinese)"), Text("规划名称。", "The plan's title."),
              "重点任务清单", term="dcterms:title"),
        Field("title_en", "string", Text("英文名称", "Title (English)"),
              Text("规划名称的非官方英译。", "Unofficial translation of the title."), "Task list", required=False,
              term="dcterms:title"),
        Field("published", "date", Text("发布日", "Published"), Text("规划发布的日期。", "Day of publication."),
              "2024-02-28", term="dcterms:issued"),
        Field("start", "date", Text("起始日", "Start"),
              Text("进度自此日算起：上一年末。", "Progress counts from here: the end of the year before."), "2023-12-31",
              term="schema:startDate"),
        Field("start_basis", "string", Text("起始依据", "Basis of the start"),
              Text("起始日是原文写明还是推断。", "Whether the text states the start."), "inferred", codes=codes.BASIS),
        f.DUE,
        f.reference("source_id", Text("来源", "source"), "d-plan-2024"),
    ),
    ("plan_id",),
    foreign_keys=(
        ForeignKey(("area_id",), "areas", ("area_id",)),
        ForeignKey(("source_id",), "sources", ("source_id",)),
    ),
)  # fmt: skip

TARGETS = Table(
    "targets",
    Text("目标", "Targets"),
    Text("清单的量化目标，每个都附原文及其位置。",
         "The list's quantified targets, each with its official words and where they are."),
    (
        f.reference("target_id", Text("目标", "target"), "high_tech_enterprises", primary=True),
        f.reference("plan_id", Text("规划", "plan"), "daye-2024-2026"),
        f.reference("indicator_id", Text("指标", "indicator"), "high_tech_enterprises"),
        f.reference("task_id", _TASK, "T10"),
        Field("comparator", "string", Text("比较", "Comparator"), Text("数值须如何与目标值比较。",
              "How a value must compare with the target."), "ge", codes=codes.COMPARATOR),
        f.VALUE,
        f.UNIT_CODE,
        Field("scope", "string", Text("范围", "Scope"), Text("到期、逐年、累计还是持续。",
              "Whether due once, every year, as a sum, or held."), "by_deadline", codes=codes.SCOPE),
        Field("first_year", "integer", Text("首年", "First year"), Text("逐年目标的第一年；其余为空。",
              "First year of an annual target; empty for others."), "2024", required=False, minimum=1900),
        f.DUE,
        Field("due_basis", "string", Text("到期依据", "Basis of the due date"), Text("到期日是原文写明还是推断。",
              "Whether the text states the due date."), "stated", codes=codes.BASIS),
        Field("obligation", "string", Text("约束性质", "Obligation"), Text("约束性、预期性或未标明。",
              "Binding, expected, or not stated."), "unstated", codes=codes.OBLIGATION),
        Field("strength", "string", Text("语气", "Strength"), Text("原文是否用“力争”。",
              "Whether the text says 力争."), "none", codes=codes.STRENGTH),
        f.WORDING_ZH,
        f.SOURCE_START,
        f.SOURCE_END,
        f.NOTE_ZH,
        f.NOTE_EN,
    ),
    ("target_id",),
    (("plan_id", "indicator_id"),),
    (
        ForeignKey(("plan_id",), "plans", ("plan_id",)),
        ForeignKey(("indicator_id",), "indicators", ("indicator_id",)),
        ForeignKey(("task_id",), "tasks", ("task_id",)),
        ForeignKey(("unit_code",), "measurement_units", ("unit_code",)),
    ),
    licence="official_wording",
)  # fmt: skip
