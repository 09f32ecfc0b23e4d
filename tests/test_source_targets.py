"""Proposed targets: all 39 of the official list, those of the made-up lists, and nothing that is no target."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daye_analysis.source import (
    ProposedTarget,
    find_numbers,
    propose_row_targets,
    propose_targets,
    read_any_task_list,
    read_task_list,
)

HERE = Path(__file__).parent
OFFICIAL = (HERE.parent / "data" / "source" / "task_list.zh.txt").read_bytes().decode("utf-8")
LISTS = sorted((HERE / "task_lists").glob("*.txt"))

# task, comparator, value, unit code, scope, wording
DAYE = """
T01 ge 200 projects cumulative 全市累计实施工业技改项目200个以上
T01 ge 17 percent by_deadline 战略性新兴产业占规上工业增加值比重达到17%以上
T02 ge 600 cny_100m by_deadline 600亿级新材料产业集群
T02 ge 500 cny_100m by_deadline 500亿级新能源与智能网联汽车产业集群
T02 ge 300 cny_100m by_deadline 300亿级高端智能装备制造、生命健康产业集群
T02 ge 300 cny_100m by_deadline 300亿级高端智能装备制造、生命健康产业集群
T02 ge 200 cny_100m by_deadline 200亿级临空产业、电子信息产业集群
T02 ge 200 cny_100m by_deadline 200亿级临空产业、电子信息产业集群
T04 le 1 rank sustained 在武汉城市圈区域中主要经济指标增幅保持县（市）首位
T06 ge 7 firms by_deadline 湖北省制造业百强企业达到7家以上
T06 gt 100 firms by_deadline 省级以上“专精特新”中小企业突破100家
T06 gt 30 firms by_deadline 制造业单项冠军企业突破30家
T06 gt 45 firms by_deadline “瞪羚”“独角兽”等科创新物种企业突破45家
T07 ge 1 bases by_deadline 全市国家级新型工业化产业示范基地达到1家
T07 ge 2 bases by_deadline 省级新型工业化产业示范基地达到2家
T08 gt 90 platforms by_deadline 省级以上创新创业平台超过90家
T09 ge 10 projects cumulative 实施科技研发项目10项
T09 ge 12 items cumulative 攻克产业关键核心技术12项
T10 ge 450 firms by_deadline 高新技术企业数达到450家
T10 ge 100 percent sustained 规上工业制造业企业研发机构稳定做到全覆盖
T11 ge 60 projects annual 每年新引进亿元以上工业项目60个以上
T12 ge 5 projects annual 每年纳入省重点项目建设计划项目5个以上
T12 ge 30 projects annual 新开工亿元以上工业项目30个以上
T12 ge 30 projects annual 新竣工投产项目30个以上
T13 gt 1300 stations by_deadline 全市5G基站总数突破1300个
T13 ge 100 firms by_deadline 接入二级节点企业达到100家
T14 ge 100 firms cumulative 完成100家中小企业数字化改造
T14 ge 300 firms cumulative 带动300家制造业企业“上云用云”
T14 ge 18 firms cumulative 新增省级以上各类示范企业18家以上
T15 ge 7 platforms by_deadline 省级以上工业互联网平台达到7个以上
T16 ge 100 percent by_deadline 全市重点行业高能耗企业节能技改全覆盖
T16 ge 12 percent cumulative 单位工业增加值能耗累计下降12%
T16b ge 90 percent by_deadline 全市一般工业固废综合利用率达到90%以上
T17 ge 7 factories by_deadline 省级以上绿色工厂达到7家
T18 ge 20 percent by_deadline 制造业贷款占全部贷款比重达到20%以上
T18 ge 30 percent annual 每年新增建设用地指标30%以上用于工业项目
T20 ge 3 projects cumulative 全市累计引进高层次产业人才项目3个以上
T20 ge 30 teams by_deadline 培育市级以上科技创新团队30个以上
T20 ge 20 persons_per_10k_employed by_deadline 每万名就业人员中研发人员数达20人以上
"""


def test_all_39_targets_of_the_official_list_and_no_other() -> None:
    expected = [tuple(line.split()) for line in DAYE.strip().split("\n")]
    assert len(expected) == 39
    found = []
    for task in read_task_list(OFFICIAL, "task_list.zh.txt").tasks:
        for target in propose_targets(task.text_zh, task.source_start):
            assert OFFICIAL[target.source_start : target.source_end] == target.wording_zh
            shown = (target.comparator, str(target.value), target.unit_code, target.scope, target.wording_zh)
            found.append((task.task_id, *shown))
    assert found == expected


def test_due_dates_and_strength_of_the_official_list() -> None:
    found = propose_targets(OFFICIAL)
    assert len(found) == 39
    undated = [target.wording_zh for target in found if target.due is None]
    # The sentences of these seven state no year; a person infers it from the plan.
    assert len(undated) == 8 and all(
        "每年" in words or words.startswith(("新", "完成", "带动", "在武汉")) for words in undated
    )
    assert {target.due.isoformat() for target in found if target.due} == {"2026-12-31"}
    assert [t.value for t in found if t.strength == "strive"] == [Decimal(1300), Decimal(100)]


def test_one_number_shared_by_two_clusters_names_each() -> None:
    names = [target.indicator_zh for target in propose_targets(OFFICIAL) if target.value == 300][:2]
    assert names == ["高端智能装备制造", "生命健康产业集群"]


@dataclass
class Score:
    """How the proposals compare with an expected table; `right` counts attributes of the hits."""

    hits: int
    misses: list[str]
    surplus: list[str]
    right: Counter[str]


def _shown(target: ProposedTarget) -> dict[str, str]:
    return {
        "unit_code": target.unit_code,
        "scope": target.scope,
        "due": target.due.isoformat() if target.due else "",
        "strength": target.strength,
        "value_high": "" if target.value_high is None else str(target.value_high),
    }


def _score(path: Path) -> Score:
    draft = read_any_task_list(path.read_text(encoding="utf-8"), path.name)
    left = [(row.position, target) for row in draft.rows for target in propose_row_targets(row)]
    for _, target in left:
        assert draft.text[target.source_start : target.source_end] == target.wording_zh
    score = Score(0, [], [], Counter())
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        for wanted in csv.DictReader(file):
            like = (
                pair
                for pair in left
                if pair[0] == int(wanted["row"])
                and pair[1].comparator == wanted["comparator"]
                and pair[1].value == Decimal(wanted["value"])
                and pair[1].unit_zh == wanted["unit_zh"]
                and wanted["wording_zh"] in pair[1].wording_zh
            )
            match = next(like, None)
            if match is None:
                score.misses.append(wanted["wording_zh"])
                continue
            left.remove(match)
            score.hits += 1
            for name, value in _shown(match[1]).items():
                score.right[name] += value == wanted[name]
    score.surplus = [target.wording_zh for _, target in left]
    return score


def test_recall_and_precision_over_the_made_up_lists() -> None:
    """Measured: 218 of 218 found, none surplus, scope right in 98 %, unit code in 99 %, the rest in all.

    On lists 09 to 14, the rules' first run had a recall of 99.0 % and a precision of 97.2 %.
    """
    scores = {path.stem: _score(path) for path in LISTS}
    assert len(scores) >= 12
    hits = sum(score.hits for score in scores.values())
    misses = {name: score.misses for name, score in scores.items() if score.misses}
    surplus = {name: score.surplus for name, score in scores.items() if score.surplus}
    assert hits >= 218
    assert not misses
    assert not surplus
    right = sum((score.right for score in scores.values()), Counter[str]())
    assert right["unit_code"] / hits >= 0.98
    assert right["scope"] / hits >= 0.97
    assert right["due"] == right["strength"] == right["value_high"] == hits


def _only(text: str) -> ProposedTarget:
    (target,) = propose_targets(text)
    return target


COMPARATORS = [
    ("规上企业达到200家", "ge"),
    ("规上企业200家", "ge"),
    ("规上企业不少于200家", "ge"),
    ("规上企业至少200家", "ge"),
    ("规上企业≥200家", "ge"),
    ("规上企业200家左右", "ge"),
    ("规上企业突破200家", "gt"),
    ("规上企业超过200家", "gt"),
    ("规上企业超200家", "gt"),
    ("规上企业200余家", "gt"),
    ("规上企业不超过200家", "le"),
    ("失业率控制在5%以内", "le"),
    ("失业率控制在5%左右", "le"),
    ("失业率不高于5%", "le"),
    ("失业率低于5%", "lt"),
    ("贷款利率降至4%以下", "le"),
    ("能耗强度下降12%", "ge"),
    ("能耗强度下降12%以上", "ge"),
    ("增速高于全省平均水平2个百分点", "gt"),
    ("综合实力位居全省前十", "le"),
]


@pytest.mark.parametrize(("text", "comparator"), COMPARATORS)
def test_comparator(text: str, comparator: str) -> None:
    assert _only(text).comparator == comparator


READINGS = [
    # text, value, unit as printed, unit code, quantity
    ("到2027年工业总产值达到1.2万亿元", "1.2", "万亿元", "cny_1t", "output_value"),
    ("税收突破8000万元", "8000", "万元", "cny_10k", "output_value"),
    ("实际利用外资6亿美元", "6", "亿美元", "usd_100m", "output_value"),
    ("打造千亿级新材料产业集群", "1000", "亿", "cny_100m", "output_value"),
    ("亩均税收达到20万元/亩", "20", "万元/亩", "cny_10k_per_mu", "ratio"),
    ("能耗强度降到0.3吨标准煤/万元", "0.3", "吨标准煤/万元", "tce_per_cny_10k", "ratio"),
    ("工业总产值比2023年翻一番", "2", "番", "times", "ratio"),
    ("工业总产值实现倍增", "2", "倍", "times", "ratio"),
    ("工业总产值达到2023年的1.5倍", "1.5", "倍", "times", "ratio"),
    ("研发投入占比提高0.5个百分点", "0.5", "个百分点", "percentage_points", "growth_rate"),
    ("工业投资年均增长8%以上", "8", "%", "percent", "growth_rate"),
    ("工业用水重复利用率达到95%", "95", "%", "percent", "ratio"),
    ("贷款余额增长两成", "2", "成", "tenths", "growth_rate"),
    ("新增5G基站1.2万个", "1.2", "万个", "stations_10k", "cumulative_flow"),
    ("每万人发明专利拥有量达到12件", "12", "件", "patents_per_10k_persons", "ratio"),
    ("跻身全国百强县", "100", "位", "rank", "rank"),
    ("培育三家以上上市企业", "3", "家", "firms", "stock"),
    ("覆盖率不低于百分之九十五", "95", "%", "percent", "coverage"),
]


@pytest.mark.parametrize(("text", "value", "unit_zh", "code", "quantity"), READINGS)
def test_value_unit_and_quantity(text: str, value: str, unit_zh: str, code: str, quantity: str) -> None:
    target = _only(text)
    assert (str(target.value), target.unit_zh, target.unit_code) == (value, unit_zh, code)
    assert target.quantity == quantity


LISTED = [
    ("规上工业增加值、固定资产投资均增长12%左右", [("规上工业增加值", "12"), ("固定资产投资", "12")]),
    ("粗钢、水泥产量分别下降10%和5%左右", [("粗钢", "10"), ("水泥产量", "5")]),
    ("2025年、2026年分别新增上市企业3家、5家", [("新增上市企业", "3"), ("新增上市企业", "5")]),
    ("工业增加值超过80亿元，占全市比重达到12%", [("工业增加值", "80"), ("工业增加值占全市比重", "12")]),
    ("规上工业增加值增长8%，力争增长10%", [("规上工业增加值", "8"), ("规上工业增加值", "10")]),
    ("单位产值能耗，比2020年下降18%", [("单位产值能耗", "18")]),
    ("占比由2022年的6.8%提高到10%以上", [("占比", "10")]),
    ("培育龙头企业20家（其中国家级3家）", [("培育龙头企业", "20"), ("国家级", "3")]),
    (
        "培育1个产值过100亿元、3个产值过50亿元的产业集群",
        [("产值过100亿元", "1"), ("产值过50亿元的产业集群", "3")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_lists_share_pair_and_inherit(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(t.indicator_zh, str(t.value)) for t in propose_targets(text)] == expected


def test_dates_paired_by_each_take_their_year() -> None:
    found = propose_targets("2025年、2026年分别新增上市企业3家、5家")
    assert [target.due.year for target in found if target.due] == [2025, 2026]


@pytest.mark.parametrize(
    "text",
    [
        "实施“十大创新平台”计划",
        "以“双区五园”为主体，优化园区产业布局",
        "出台工业互联网创新发展新一轮三年行动计划",
        "加快打造一批数字车间、智能工厂和5G全连接工厂",
        "聚焦六大产业，完善“1+3+N”体系",
        "依托28家龙头企业延链补链",
        "截至2023年底，全市规上企业达到200家",
        "目前已建成5G基站200个",
        "对新认定企业给予50万元奖励",
        "对投资10亿元以上项目实行专班推进",
        "建成年产50万吨新材料项目",
        "把项目建设摆在首位",
        "落实第三产业扶持政策，推动两化融合",
        "用五年时间补齐短板",
        "支持企业制定2024年度计划（二期）",
        "位居全省第一方阵",
    ],
)
def test_what_is_no_target_is_not_proposed(text: str) -> None:
    assert find_numbers(text)
    assert propose_targets(text) == []


def test_what_was_guessed_is_said() -> None:
    range_ = _only("工业用电量增长6%—8%")
    assert (range_.value, range_.value_high) == (Decimal(6), Decimal(8))
    noted = {
        "增长6%—8%": "区间",
        "产值翻一番": "基期",
        "规上企业200家左右": "左右",
        "三年内规上企业达到200家": "三年内",
        "产值超过100亿元以上": "不一致",
        "年均增长8%": "期内平均",
    }
    for text, word in noted.items():
        assert any(word in note.zh for note in _only("工业" + text).needs_judgement), text


@pytest.mark.parametrize(
    "word", ["新引进", "稳定在", "稳定做到", "每年", "分别", "增长", "控制在", "较2020年", "1—", "（"]
)
def test_repeated_words_take_no_exponential_time(word: str) -> None:
    for text in (word * 300, word * 300 + "3家", "规上企业" + word * 300 + "达到3家甲"):
        assert len(propose_targets(text)) <= len(find_numbers(text))


@given(
    st.text(
        st.sampled_from(
            "到2026年，、。；达突破以上0159亿万级%家个项企业增长每均分别较（）“”力争全覆盖首位翻番倍—\n "
        ),
        max_size=60,
    )
)
def test_any_text_gives_proposals_whose_words_stand_in_it(text: str) -> None:
    for target in propose_targets(text, offset=7):
        assert text[target.source_start - 7 : target.source_end - 7] == target.wording_zh
        assert target.wording_zh
