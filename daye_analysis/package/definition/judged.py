"""The exported table of evidence: the role of each observation for each target under the evidence rule."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import fields as f
from daye_analysis.package.definition.codes import code_list
from daye_analysis.package.definition.model import Field, ForeignKey, Table

EVIDENCE_ROLE = code_list(
    "evidence_role",
    ("decides", "可据以判断", "decides", "同口径实绩，可直接与目标比较。", "A comparable outturn, which decides the target for its date."),
    ("lower_bound", "下限", "lower bound", "目标所指的量不低于此数。", "What the target means is at least this."),
    ("upper_bound", "上限", "upper bound", "目标所指的量不高于此数。", "What the target means is at most this."),
    ("context", "仅供参考", "context", "不用于判断。", "Informs, and decides nothing."),
)  # fmt: skip
EVIDENCE_REASON = code_list(
    "evidence_reason",
    ("comparable", "同口径", "comparable", "本地区、同口径、无疑义的实绩。", "An undoubted outturn of the same concept for the plan's own area."),
    ("stated_bound", "来源仅表述为上限或下限", "stated as a bound", "来源用“以上”“突破”“不足”等表述。", "Its source says at least, more than, at most or less than."),
    ("part_of_year", "仅为全年的一部分", "part of a year", "全年不低于其中一部分。", "The year is at least its part."),
    ("several_years", "多个年度合计", "total of several years", "任一年度不高于合计。", "No single year exceeds the total."),
    ("longer_period", "起始早于规划期", "begins before the plan", "规划期内不高于更长时期的合计。", "The plan's part is at most the whole period."),
    ("narrower", "口径较窄", "narrower concept", "整体不低于其中一部分。", "The whole is at least its part."),
    ("contained", "所辖地区", "part of the area", "整体不低于其中一部分。", "The whole is at least its part."),
    ("broader", "口径较宽", "broader concept", "部分不高于整体。", "The part is at most the whole."),
    ("containing", "上级地区", "containing area", "部分不高于整体。", "The part is at most the whole."),
    ("whole_set", "较宽范围已达100%", "100 % of a broader set", "全部达到，则其中各部分均达到。", "If all are covered, every part is."),
    ("superseded", "已被后来公布的数据取代", "superseded", "自后来数据可知之日起不再使用。", "Replaced from the day on which the later figure was known."),
    ("aim", "是目标，不是实绩", "an aim, not an outturn", "某机构的目标。", "What someone aims at."),
    ("forecast", "是预计，不是实绩", "a forecast, not an outturn", "期末之前的预计。", "Expected before its period closed."),
    ("doubtful", "存疑", "doubtful", "另有说明，不能照用。", "Cannot be used as it is; the row says why."),
    ("related", "指标不同，仅相关", "another indicator, related", "与目标所指不同。", "Something else than the target's words mean."),
    ("other_measure", "计量方式不同", "another measure", "如增速之于总量。", "Such as a growth rate beside an amount."),
    ("other_unit", "单位不可换算", "a unit that does not convert", "与目标单位不可换算。", "Its unit does not convert to the target's."),
    ("not_ended", "期间尚未结束", "its period is not over", "所称期间晚于截至日。", "It speaks of a time after the day of judgement."),
    ("crossed", "口径较窄而地区较大，或相反", "narrower concept of a larger area, or the reverse", "推不出上下限。", "Bounds nothing."),
    ("not_additive", "不可加", "not additive", "占比、比率、位次和可正可负的量推不出上下限。", "Shares, ratios, ranks and amounts that may be negative bound nothing."),
    ("other_base", "累计降幅的基期不同", "a reduction from another base", "基期不是规划起始日。", "Its base is not the plan's start."),
    ("other_period", "期间不同", "another period", "与目标所指期间不同。", "Not of a period that the target speaks of."),
    ("before_plan", "早于规划期", "before the plan", "规划起始日及以前。", "Up to the day on which the plan starts."),
    ("open_above", "仅表述为“超过”", "stated as at least", "不能作上限。", "So it is no upper bound."),
    ("open_below", "仅表述为“不足”", "stated as at most", "不能作下限。", "So it is no lower bound."),
    ("approximate", "约数", "approximate", "不用于判断，也不作上下限。", "Decides and bounds nothing."),
    ("too_wide", "范围过大", "too wide an area", "作为上限没有意义。", "True as an upper bound, and of no use."),
    ("conflict", "与同期其他数据矛盾", "contradicts other figures", "矛盾各方均不用于判断。", "None of those that contradict each other decides."),
    ("impossible", "缺失或不成立", "missing or impossible", "缺数值或期末，或自相矛盾。", "Without a value or an end of its period, or not possible."),
    ("yields", "已有公布数据，假设不用", "gives way to a published figure", "使用者的假设让位于公布数据。", "A user's assumption where a figure is published."),
)  # fmt: skip

EVIDENCE = Table(
    "evidence",
    Text("证据", "Evidence"),
    Text("每条观测对每个目标意味着什么；按统一规则由程序得出，数据包中的全部数据均计入。",
         "What each observation is for each target, by the one rule that all reports use, with all that the package holds."),
    (
        f.reference("target_id", Text("目标", "target"), "high_tech_enterprises"),
        f.reference("observation_id", Text("观测值", "observation"), "o0068"),
        Field("role", "string", Text("作用", "Role"), Text("据以判断、上下限或仅供参考。", "Decides, bounds or informs."), "decides",
              codes=EVIDENCE_ROLE),
        Field("reason", "string", Text("理由", "Reason"), Text("作用的理由。", "Why it has this role."), "comparable",
              codes=EVIDENCE_REASON),
        Field("low", "number", Text("下端", "Low end"), Text("目标所指的量不低于此数，按目标的单位；空则无。",
              "What the target means is at least this, in the target's unit; empty where there is none."), "423", required=False),
        Field("low_is_open", "boolean", Text("下端不含", "Low end excluded"), Text("是否高于而不等于下端。",
              "Whether it is more than the low end."), "false"),
        Field("high", "number", Text("上端", "High end"), Text("目标所指的量不高于此数，按目标的单位；空则无。",
              "What the target means is at most this, in the target's unit; empty where there is none."), "423", required=False),
        Field("high_is_open", "boolean", Text("上端不含", "High end excluded"), Text("是否低于而不等于上端。",
              "Whether it is less than the high end."), "false"),
    ),
    ("target_id", "observation_id"),
    foreign_keys=(
        ForeignKey(("target_id",), "targets", ("target_id",)),
        ForeignKey(("observation_id",), "observations", ("observation_id",)),
    ),
)  # fmt: skip
