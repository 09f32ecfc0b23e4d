"""The role of a number in its clause: the target, the size of what is counted, a base, or a name."""

from __future__ import annotations

import re

from daye_analysis.source.targets.attributes import describes
from daye_analysis.source.targets.measures import Measure
from daye_analysis.source.targets.numbers import NumberInText

PREFIX_AT_LEAST = "(?:不低于|不少于|不小于|不得低于|不得少于|至少|≥)"
PREFIX_AT_MOST = (
    "(?:不超过|不高于|不大于|不多于|不得超过|不得高于|不得大于|不得多于|不突破|不得突破|不超|不逾|不过|未超过|≤|控制在|限制在|低于|少于|小于|＜|<"
    "|(?:下降|降低|压减|压缩|缩短|缩减|减少|减量|压降|降|减)(?:到|至|为))"
)
PREFIX_MORE_THAN = "(?:(?<![不未得])(?:突破|超过|超出|超|高于|大于|多于|高出|逾|(?<![通经透])过)|＞|>)"
PREFIX_REACH = (
    "(?:达到|达|实现|完成|(?:提高|提升|增长|增加|扩大|上升|发展|扩展|拓展|壮大)(?:到|至)|增至|升至"
    "|(?:保持|稳定|维持|稳固)在|迈上|跨上|跨越|站上|登上|保持|稳定|约|近|为|有|在|到|至|:|：|≈)"
)
# 不高于成本价格的90%: the bound is before what the percentage is of.
_OF = "[^，、；。：\\d]{1,24}的?\\s*$"
AT_LEAST_OF, AT_MOST_OF = f"{PREFIX_AT_LEAST}{_OF}", f"(?:不超过|不高于|不大于|不多于|不得超过|不得高于|不突破|控制在|(?<!不)低于){_OF}"
PREFIX = f"(?:{PREFIX_AT_LEAST}|{PREFIX_AT_MOST}|{PREFIX_MORE_THAN}|{PREFIX_REACH})"
SUFFIX = r"\s*(?:[（(]含[^）)]{0,4}[）)])?\s*(?:及?以上|及?以下|及?以内|之内|内|左右|上下)(?:[（(]含[^）)]{0,4}[）)])?"

_BOUND = re.compile(f"{PREFIX}\\s*$")
_SUFFIXED = re.compile(SUFFIX)
_GIVEN = re.compile(r"(?:依托|围绕|依靠|针对|聚焦|按照|发挥|利用|面向)\s*$")
# 不超过上年水平的80% aims at something; 上年完成5万吨 states a fact.
_PAST = re.compile(
    "截至|目前|现有|(?<![过于比较持超与同和])(?:上年|去年)(?!同期|水平|基础|度?末)|近年来|已经?(?:有|建|达|完|实|培|形|累)|累计已"
    "|(?:达到|完成|增长|实现|新增|建成|突破|超过|提高|下降|减少|引进|培育)了|同比增长.{0,6}，"
)
_SUPPORT = re.compile(r"给予|奖励|奖补|补助|补贴|资助|贴息|罚款|最高不超过|注册资本|处以|扣\d")
# 按缴费额50%的标准确定: what someone is given.
_RATE_OF_SUPPORT = re.compile("的?(?:标准|比例)(?:确定|给予|发放|执行|计发|返还|补|核定|支付)")
# 补贴标准提高到217元 is an aim, though of support.
_STANDARD_RAISED = re.compile("标准[^，。；]{0,24}(?:提高|提升|增加|达)(?:到|至)$")
# A count of places or receivers in which something else is counted: 在12个村安装路灯800盏.
_AMONG = re.compile(r"(?:在|对|向|为|于|给|面向|覆盖|选择|选取|依托)\s*$")
# A size (海拔1500米以上) is no count of what is done there.
_COUNTED_NEXT = re.compile(r"\d(?!\d|[^，、；。\d]{0,4}(?:以上|以下|以内|级|型|制))")
# Verbs that need a thing that is counted: 打造百个样板社区.
_COUNTS = re.compile(
    "(?:打造|推动|扶持|培育|新增|新建|建设|建成|实施|引进|招引|组织|开展|举办|选派|培训|培养|服务|帮扶|创建|认定|遴选|支持|改造|"
    r"发展|带动|完成|推进|布局|落地|储备|签约|走访|惠及|助力|促进|超|过|近|约|达|达到|突破|安置|吸引|聚集|集聚)\s*$"
)
# 八项规定, 三项制度: how many there are is part of the name.
_NAMED_SET = re.compile(
    r"(?:[^，。；、\d]{0,4})(?:规定|原则|要求|制度|机制|体系|任务|举措|措施|工程|行动|计划|战略|职能|纪律|建设|能力|活动|改革|准则|承诺|责任)"
)
# 提出20项指标 counts what a document says, not what is to be done.
_SETS_OUT = re.compile("(?:提出|明确|部署|确定|列出|包括|设置|细化|方面|出台|围绕.*)了?$")
_ENUMERATED = re.compile("(?:重大|主要|重点|具体)*(?:指标|工程|任务|举措|措施|政策|意见|要求|目标)")
_PROGRAMME = re.compile("[^，。；、]{0,12}(?:行动|工程|计划|活动|攻坚|提升年|大会战|战略)")

_PUT_FIRST = re.compile("(?:摆|放|置|列)在首位")
_COUNTED_BEFORE = re.compile(r"\d\s*[家个户项]")
_RANKED = re.compile(
    "(?:进入|跻身|迈入|冲进|挺进|闯入|进位|挤进|入围|居于|居|列|排名|排位|位次|名次|保持|稳定在|力争|争|升至|达到)"
    "[^，、；。]{0,18}$"
)
_RANK_ENDS = re.compile(r"[位名]?[次强]?(?:[县市区]|行列|以内)?\s*$")

_GLUED_BEFORE = re.compile(r"[A-Za-z+＋\-—/〔]$|\d[:：]$")
_GLUED_AFTER = re.compile(r"[A-Za-z+＋]|[-—/]\d|月|季度|翻")
_NAME_AFTER = re.compile("号|届|大|强|年|轮|周|层|线|级|类|维")
_CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d")
_FREQUENCY = re.compile("每(?:年|月|季度|周|半年)$")
_PER = re.compile("(?:每|按)(?:年|月|季度|周|半年)?[一1]?$")
_PROJECT_NAME = re.compile(r"年(?:产|处理|加工)\s*$|日(?:产|处理)\s*$")

_BASE_BEFORE = re.compile("(?:从|由)[^，、；。]{0,16}$")
_CHANGED_AFTER = re.compile(
    "[^，、；。]{0,8}(?:提高|提升|增长|增加|扩大|上升|下降|降低|降|增|减|压减|缩短)(?:到|至|为)"
)
_SIZE_UNITS = ("cny", "usd", "tonnes", "mu", "m2", "kw")
_COUNT_THEN_SIZE = re.compile(r"\d\s*[个家户项条座][^，、；。]{0,14}$")
# What amounts to money may follow a count of those it is for: 在3个园区实施技改投资2.6亿元.
_SUM_OF = re.compile("(?:投资|税费|税收|资金|产值|收入|营收|贷款|融资|费用|成本|金额|交易额|销售额|消费|财政|补贴|保费|总额|规模|面积)(?:达到?|超过|突破|约)?$")
_SIZED_THING = re.compile(
    rf"(?P<bound>{SUFFIX}|级)?(?:的|级|规模)?[^，、；。\d]{{0,10}}?"
    "(?:项目|企业|公司|龙头|园区|基地|大户|单体|主体|链主|产品|平台)"
)
_SIZE_THEN_COUNT = re.compile(rf"(?:(?:{SUFFIX})[^，、；。\d]{{1,12}}|的)\d")
# 在8个县建设基地6万亩: what is built is as big as that.
_DONE_THERE = re.compile(r"\d\s*[个家户项条座][^，、；。\d]*(?:建设|新建|建成|实施|完成|改造|种植|安装|整治|修复|治理|造林|新增)")
_AMOUNT_REACHED = re.compile("(?:完成|实现|达到|达|突破)$")

_DURATIONS = ("working_days", "hours", "minutes", "days")
_LIMITED = re.compile(f"(?:{PREFIX_AT_MOST}|压缩|缩短|{PREFIX_AT_LEAST})\\s*$")

_STRONG_CLASSIFIERS = "家户项座条亩台套辆人名支"
_COUNTED_THING = re.compile(
    "项目|企业|平台|园区|工厂|车间|中心|基地|集群|研究院|实验室|团队|示范区|公司|活动|标准|专利|产品|场景|基金"
)
_MAKES = re.compile(
    "新增|新建|建成|建设|打造|培育|创建|引进|招引|完成|实施|组建|举办|开展|争取|获批|落地|形成|增加|认定|布局|选派|培养|培训|扶持|开通|创成"
)
_STEP = re.compile(r"(?:台阶|大关|门槛)?\s*$")


def is_target(number: NumberInText, measured: Measure | None, before: str, after: str) -> bool:
    """Return whether `number` is what the piece aims at.

    `before` and `after` are what is in the same piece before the number and after its unit. All other
    numbers are dates, names (十大, 5G, 百强), sizes of what is counted (亿元以上项目), bases (从 7.8% …), support
    (给予 50 万元) or statements about the past.
    """
    if measured is None or number.kind in ("date", "period", "other"):
        return False
    if _PAST.search(before) or _GIVEN.search(before):
        return False
    if number.kind in ("rank", "ordinal"):
        return _is_rank(number, before, after)
    if number.kind == "coverage":
        return re.match(r"\s*(?:$|[)）]|以上|率)", after) is not None
    if number.kind == "multiple":
        return _is_multiple(number, before, after)
    if _is_name(number, measured, before, after) or _is_size(measured, before, after):
        return False
    if describes(number, measured, before, after):
        return False
    if _BASE_BEFORE.search(before) and _CHANGED_AFTER.match(after):
        return False
    if _is_support(measured, before, after):
        return False
    if measured.base is None and _ENUMERATED.match(after) and _SETS_OUT.search(before):
        return False
    if measured.base is None and _AMONG.search(before) and _COUNTED_NEXT.search(after):
        return False
    bounded = _BOUND.search(before) is not None
    if measured.base in _DURATIONS:
        return _LIMITED.search(before) is not None or _SUFFIXED.match(after) is not None
    if number.kind in ("chinese", "magnitude"):
        return _is_spelled_target(number, measured, before, after)
    if number.kind == "arabic" and not measured.unit_zh:
        return bounded and (not after or _SUFFIXED.match(after) is not None)
    return True


def _is_support(measured: Measure, before: str, after: str) -> bool:
    """Return whether the number is money or a rate that someone is given; of persons and things helped it is a count."""
    if before.endswith("最高"):
        return True
    if _STANDARD_RAISED.search(before):
        return False
    paid = measured.base in ("cny", "usd", "percent", "per_mille", "tenths") or (
        measured.base is None and measured.unit_zh in ("万", "亿", "")
    )
    return paid and (_SUPPORT.search(before + after) is not None or _RATE_OF_SUPPORT.match(after) is not None)


def _is_rank(number: NumberInText, before: str, after: str) -> bool:
    if _PUT_FIRST.search(before + number.text) or _COUNTED_BEFORE.search(before):
        return False
    if number.kind == "ordinal" and not number.text.startswith("第"):
        return False
    ranked = number.text == "首位" or _RANKED.search(before) is not None
    return ranked and _RANK_ENDS.match(after) is not None


def _is_multiple(number: NumberInText, before: str, after: str) -> bool:
    if number.value is None:
        return re.search("实现$", before) is not None and not after.strip()
    return re.match("增|行动|计划|工程|目标|攻坚", after) is None


def _is_name(number: NumberInText, measured: Measure, before: str, after: str) -> bool:
    """Return whether the number is part of a name or of a larger expression: 5G, 二级, 1+N, 每万人."""
    if not measured.unit_zh.endswith(("%", "％")) and (
        _GLUED_BEFORE.search(before) or _GLUED_AFTER.match(after)
    ):
        return True
    if not measured.unit_zh and (_NAME_AFTER.match(after) or _CALENDAR_YEAR.fullmatch(number.text)):
        return True
    if after.startswith("级") and "亿" not in measured.unit_zh:
        return True
    if measured.base is None and _PER.search(before):
        return number.kind in ("chinese", "magnitude") or not _FREQUENCY.search(before)
    return _PROJECT_NAME.search(before) is not None


def _is_size(measured: Measure, before: str, after: str) -> bool:
    """Return whether the number only says how big the counted things are (5个 10亿元以上 项目)."""
    bare = measured.base is None and ("亿" in measured.unit_zh or measured.unit_zh == "万")
    if not bare and measured.base not in _SIZE_UNITS:
        return False
    if _COUNT_THEN_SIZE.search(before) and not _SUM_OF.search(before) and not _DONE_THERE.search(before):
        return True
    sized = _SIZED_THING.match(after)
    if sized:
        return sized["bound"] is not None or not _AMOUNT_REACHED.search(before)
    return _SIZE_THEN_COUNT.match(after) is not None


def _is_spelled_target(number: NumberInText, measured: Measure, before: str, after: str) -> bool:
    """Return whether a number in Chinese numerals counts: 培育十家以上, 千亿级集群, 打造百个社区, but not 三大体系."""
    bounded = _BOUND.search(before) is not None
    if measured.base is None and "亿" in measured.unit_zh:
        return after.startswith("级") or (bounded and number.kind == "chinese")
    if number.kind == "magnitude":
        if measured.base == "cny":
            return bounded and _STEP.match(after) is not None
        counts = measured.base is None and bool(measured.unit_zh) and _COUNTS.search(before) is not None
        return counts and _PROGRAMME.match(after) is None
    if number.value is None or number.text in ("双", "半") or not measured.unit_zh:
        return False
    if bounded or _SUFFIXED.match(after):
        return True
    if _NAMED_SET.match(after):
        return False
    if number.value <= 1:
        return False
    if measured.base is not None:
        return True
    # 两条 and 三支 need a verb that makes them: 守好两条底线 and 冬季两项 count nothing.
    if _MAKES.search(before) is None:
        return False
    return measured.unit_zh[-1] in _STRONG_CLASSIFIERS or (measured.unit_zh == "个" and _COUNTED_THING.search(after) is not None)
