"""The noun phrase beside a number that names the indicator, verbatim, without dates, verbs and comparisons."""

from __future__ import annotations

import re

from daye_analysis.source.targets.number_roles import PREFIX, SUFFIX

# The loops over these words are possessive (*+, ++): many of them are parts of others, and giving back what
# was read would take exponential time on a text that repeats them.
_VERB = (
    "(?:培育|壮大|引进|招引|引育|新增|新建|完成|实施|建设|建成|打造|创建|形成|带动|推动|推进|支持|改造|组织|开展|举办|攻克|"
    "突破|实现|达到|达|发展|认定|争取|获批|获评|入选|新引进|新培育|新认定|新签约|签约|落地|开工|投产|竣工|推广|落实|储备|谋划|"
    "纳入|培养|扶持|孵化|盘活|淘汰|处置|申报|选树|遴选|评选|制定|制修订|参与|力争|确保|保持|累计|每年|年均|再|净增|梯度|重点|"
    "加快|积极|滚动|深入|扎实|持续|大力|全力|共|有|为|提供|服务|促成|增长|增加|提高|提升|下降|降低|减少|压减|压降|同比|稳定|"
    "增速|增幅|较上年|总计|合计|总量|总数|数量|总额|规模|数|均|都|各|分别|稳定做到|做到|布局|聚集|集聚|集中|引导|成功|创成|"
    "新创建|联合|共建|设立|组建|筹建|启动|推进建设|上云|达产|新开工|新投产|新竣工|新|约|近)"
)
_ONLY_VERBS = re.compile(f"^{_VERB}*+$")
_DATE = (
    r"(?:20\d{2}年?[—–\-~至到])?[2２][0０]\d{2}年度?(?:\d{1,2}月)?(?:\d{1,2}日)?"
    "(?:年?[底末初]|上半年|第?[一二三四]季度)?(?:之?前|以前)?"
)
_LEADING = re.compile(
    rf"^(?:\s|分别|其中|同时|并且?|且|力争|争取|努力|确保|推动|促使|使|{_DATE}|“?十.五”?(?:期?末|期间|时期)|年底前?|"
    "[一二三四五六七八九十两]+年(?:内|之内)|到(?![位账港岗])|至|在(?=20|“十)|于(?=20)|全[市县区年省州](?!域)|累计(?!.{0,2}降)|"
    "每年|年均(?=完|新|引|实)|当年|今年|明年|全年(?=[^期])|合计|拟|.{0,20}(?:目标|任务)[是为]|计划|预计|实现|完成(?!率)|通过|以及|和(?!谐)|及(?!时)|[，、：:）)])+"
)
_TRAILING = re.compile(
    rf"(?:\s|在[^，、；。]{{1,8}}基础上|{PREFIX}|拟按|拟安排|拟|接|按|年均|同比|累计|均|都|各|分别|双双|增长(?!率)|增加|提高|提升|上升|扩大|下降(?!率)|降低|减少|压减|削减|节约|"
    "稳定做到|稳定|做到|力争|争取|确保|再|净|的|"
    "(?:较|比)(?:上年|年初|20..年|“?十.五”?期?末)底?|20..年的|每年|每个?季度|每月|逐年|[一二三四五两]+年内?|平均|不断|进一步|新|，)++$"
)
_AIMED = re.compile("(.{2,16}?)(?:预期)?(?:目标|任务)[是为](?:达到|增长)?$")
_ONLY_NAMES_AIMS = re.compile(".{0,6}(?:主要|预期|发展|总体|工作|具体|今后|今年|全年|年度)+$")
_JOINED = re.compile("(?:和|与|及|以及|或|并|、|，|的|在|对|向|为)+$")
_COMPARED = re.compile("(?:不低于|不少于|不高于|不超过|不得超过|低于|高于|超过|控制在|相当于|达到)[^，、；。]{1,24}的?$")
# What is no name of anything measured: a verb alone, a phrase of time, words cut off in the middle.
_NO_NAME = re.compile(
    "^(?:加强|探索|推进|推动|加快|完善|优化|强化|深化|提升|健全|建立|落实|开展|组织|支持|鼓励|引导|促进|构建|做好|抓好|积极|持续|"
    "努力|力争|确保|争取|实现|完成|达到|超过|通过|利用|围绕|聚焦|其中|同时|以及|并|和|与|及|或|但|的|等|在|对|向|为|从|由|将|把|被|按|"
    "[一二三四五六七八九十两\\d]+年(?:内|来|间)?|(?:第?[一二三四]|前三)季度|[上下]半年|每年|年内|年底|今年|明年|全年|期间|届时|目前|力争到.*|到)+(?:在|对|向|为|的|和)?$"
    "|^(?:[一二三四五六七八九十两\\d]+年(?:内|来|间)|年底前|年内)|(?:和|与|及|在|对|向|以及|的|并)$|^(?:的|和|与|及|或|等|并)"
)
_HAPPENS = re.compile(
    "入选|入围|纳入|获|开工|投产|竣工|实现|进入|完成|达到|用于|上云|落地|通过|列入|左右|（|\\("
)
_RANK_AHEAD = re.compile("^.*?(?:保持|稳居|位居|居于|居|进入|跻身|迈入|挺进|冲进|争创|入围)")
_BASE_VALUE = re.compile(r"(?:从|由)(?=[^从由]*\d)[^从由]*$")
_RANK_VERB = re.compile(
    "(?:保持|稳居|稳定|位居|位列|居于|居|列|进入|跻身|迈入|挺进|冲进|争创|排名|入围|力争)+[^，、；。]{0,12}$"
)


def indicator_name(before: str, after: str, base: str | None) -> str:
    """Return the wording that names what is measured, or "" where none is beside the number.

    `before` and `after` are beside the number and its unit in the same piece; `base` is the unit's code,
    None for a classifier (家, 个), after which the counted thing follows: 完成100家中小企业数字化改造.
    """
    if base == "rank":
        return subject(_RANK_VERB.sub("", before)) or _RANK_AHEAD.sub("", before).strip()
    counted = "" if re.match(SUFFIX, after) else counted_thing(after)
    if base is None and counted and not _HAPPENS.match(counted) and not is_doubtful(counted):
        return counted
    named = subject(before)
    if named and not is_doubtful(named):
        return named
    return counted_thing(after) or named


def is_doubtful(name: str) -> bool:
    """Return whether `name` is no name of anything measured: a verb, a conjunction, a phrase of time, or cut off."""
    return not name or _NO_NAME.search(name) is not None or _ONLY_VERBS.match(name) is not None


def subject(before: str) -> str:
    """Return the noun phrase that is before a number, or "" where only dates and verbs do."""
    plain = _TRAILING.sub("", _LEADING.sub("", _COMPARED.sub("", before.strip())))
    phrase = _BASE_VALUE.sub("", plain).strip(" 　：:（(")
    if not phrase and (aimed := _AIMED.match(before.strip())):
        # 经济增长预期目标为 names what the aim is of.
        return aimed[1] if not _ONLY_NAMES_AIMS.match(aimed[1]) else ""
    return "" if _ONLY_VERBS.match(phrase) else phrase


def counted_thing(after: str) -> str:
    """Return the noun phrase that is after a number: 级新材料产业集群 gives 新材料产业集群."""
    return _JOINED.sub("", re.sub(rf"^(?:{SUFFIX}|级|的|\s)+", "", after).strip())
