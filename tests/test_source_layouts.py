"""What offices really publish: tables of any columns, bodies in brackets, goals, web pages, spreadsheets, PDFs, English."""

from __future__ import annotations

from pathlib import Path

import pytest

from daye_analysis.errors import CheckFailed, DayeError, NotReadable
from daye_analysis.package.new import Facts, draft_package
from daye_analysis.package.new.measurement import project_units
from daye_analysis.package.new.starting import read_list
from daye_analysis.source import (
    AS_FOUND,
    DraftTaskList,
    Reading,
    propose_row_targets,
    propose_targets,
    read_any_task_list,
)
from daye_analysis.source.documents.html import html_text
from daye_analysis.source.draft import row_baselines
from daye_analysis.source.tables.column_roles import read_header


def shown(draft: DraftTaskList) -> list[str]:
    """Return each target as value, unit, comparator and due date, in order."""
    return [
        " ".join(filter(None, (f"{each.value:f}{each.unit_zh}", each.comparator, each.due.isoformat() if each.due else "")))
        for row in draft.rows
        for each in propose_row_targets(row)
    ]


def bodies(draft: DraftTaskList) -> list[tuple[str, ...]]:
    """Return who leads each row, then who helps, a bar between."""
    return [(*(n.text for n in row.leads), "|", *(n.text for n in row.responsibles)) for row in draft.rows]


LISTS = {
    "indicators": (
        "某区老龄工作指标表\n序号\t指标\t单位\t2024年\t2026年\t2027年\t属性\n1\t护理员\t人\t80\t100\t120\t预期性\n"
        "2\t床位空置率\t%\t30\t22\t18\t约束性\n",
        ["100人 ge 2026-12-31", "120人 ge 2027-12-31", "22% le 2026-12-31", "18% le 2027-12-31"],
        [("|",), ("|",)],
    ),
    "two tables, each with its own header": (
        "附件1 甲表\n序号\t任务\t责任单位\n1\t新建绿道9公里。\t区园林局\n\n附件2 乙表\n编号\t工作事项\t牵头部门\t协办部门\t时限\n"
        "1\t清淤河道6条。\t区水务局\t区财政局\t2026年\n",
        ["9公里 ge", "6条 ge 2026-12-31"],
        [("区园林局", "|"), ("区水务局", "|", "区财政局")],
    ),
    "quantities in the column of deadlines": (
        "某区图书任务\n序号\t任务\t进度安排\t牵头单位\n1\t建书屋。\t2026年建成8间，2027年建成14间\t区文旅局\n",
        ["8间 ge 2026-12-31", "14间 ge 2027-12-31"],
        [("区文旅局", "|")],
    ),
    "bare values, the unit in the name": (
        "某区节水任务\n序号\t任务（指标）\t目标值\t牵头单位\n7\t改造管网（公里）\t7\t区水务局\n",
        ["7公里 ge"],
        [("区水务局", "|")],
    ),
    "two columns of headings": (
        "某区任务\n序号\t领域\t重点任务\t具体措施\t牵头单位\t配合单位\n1\t机构\t扩床位\t新增床位30张。\t区民政局\t无\n",
        ["30张 ge"],
        [("区民政局", "|")],
    ),
    "cells on lines without marks": (
        "某市渔业任务分工表\n序号\n任务\n具体内容\n牵头单位\n配合单位\n1\n渔港\n改造渔港3座。\n市渔业局\n市财政局\n2\n远洋\n渔船达到42艘。\n市渔业局\n市交通局\n",
        ["3座 ge", "42艘 ge"],
        [("市渔业局", "|", "市财政局"), ("市渔业局", "|", "市交通局")],
    ),
    "a header of two rows": (
        "某市任务\n序号\t任务\t目标\t责任分工\n2026年\t2027年\t牵头\t配合\n1\t接待游客\t90万人次\t99万人次\t市文旅局\t市统计局\n",
        ["90万人次 ge 2026-12-31", "99万人次 ge 2027-12-31"],
        [("市文旅局", "|", "市统计局")],
    ),
    "bodies in a last bracket": (
        "某县茶业意见\n（一）建园。改造茶园60亩。（县农业农村局、县财政局等负责。列第一位者为牵头单位，下同）\n"
        "（二）强企。新增企业3家。（县工信局牵头，县商务局配合）\n（三）强市。建市场2个（含县城）。（县商务局）\n",
        ["60亩 ge", "3家 ge", "2个 ge"],
        [("县农业农村局", "|", "县财政局"), ("县工信局", "|", "县商务局"), ("县商务局", "|")],
    ),
    "goals that name no one": (
        "某县茶业意见\n一、主要目标\n到2026年，茶园达到8万亩。\n——干茶产量超过400吨。\n二、任务\n1.改造茶园60亩。（责任单位：县农业农村局）\n",
        ["8万亩 ge 2026-12-31", "400吨 gt 2026-12-31", "60亩 ge"],
        [("|",), ("|",), ("|", "县农业农村局")],
    ),
    "a report: what was, and what is to be": (
        "2027年某市政府工作报告\n一、2026年工作回顾\n生产总值增长7%，新增就业4万人。\n二、2027年主要目标\n"
        "生产总值增长6%左右，失业率5%以内。\n",
        ["6% ge 2027-12-31", "5% le 2027-12-31"],
        [("|",)],
    ),
    "a report: headings without numbers, a plan's period and a year": (
        "2026年某省政府工作报告\n“十四五”时期工作回顾\n五年来，新增就业90万人，产值达到3万亿元。\n“十五五”时期的主要目标任务\n"
        "“十五五”时期，要实现以下目标：\n生产总值年均增长5%。\n2026年重点工作\n生产总值增长6%，新建学校20所。\n",
        ["5% ge 2030-12-31", "6% ge 2026-12-31", "20所 ge 2026-12-31"],
        [("|",), ("|",)],
    ),
    "goals as headings, who answers on the next line": (
        "某区2027年目标任务责任分解方案\n一、主要预期目标\n(一)生产总值增长7%以上\n\n责任单位:区发展和改革局\n\n(二)工业投资增长12%以上\n\n"
        "责任单位:区科技和经信局\n",
        ["7% ge", "12% ge"],
        [("|", "区发展和改革局"), ("|", "区科技和经信局")],
    ),
    "a cell a line, a bar after each": (
        "某区2027年责任清单\n序号 |\n重点工作 |\n责任领导 |\n责任单位 |\n完成时限 |\n1 |\n盘活存量土地400亩。 |\n某某 |\n招商部、安商部 |\n全年 |\n"
        "2 |\n新建厂房9栋。 |\n某某 |\n规划建设局 |\n全年 |\n",
        ["400亩 ge", "9栋 ge"],
        [("招商部", "|", "安商部"), ("规划建设局", "|")],
    ),
    "an aim in words as the only column of tasks": (
        "某区分解表\n序号\n2027年预期目标\n责任单位\n1\n生产总值增长5.5%左右\n区发展改革委\n2\n进出口增长5%以上\n区商务委\n",
        ["5.5% ge", "5% ge"],
        [("区发展改革委", "|"), ("区商务委", "|")],
    ),
    "bodies with a blank between them": (
        "某市任务表\n序号 | 任务 | 牵头单位 | 责任单位 |\n(1) | 新增就业3万人。 | 市人力资源社会保障局 市农业农村局 | 市财政局 各县市区政府、 开发区管委会 |\n",
        ["3万人 ge"],
        [("市人力资源社会保障局", "市农业农村局", "|", "市财政局", "各县市区政府", "开发区管委会")],
    ),
    "bodies joined by words, and a gloss that is none": (
        "关于消费的意见\n（一）搭建平台。建设综合体40个（社区服务中心）。（商务部、财政部等和各省级人民政府负责）\n"
        "（二）完善统计。新增点位20处。（发展改革委会同有关部门负责）\n",
        ["40个 ge", "20处 ge"],
        [("|", "商务部", "财政部", "各省级人民政府"), ("|", "发展改革委")],
    ),
    "a table of contents, and numbers that a table lost": (
        "River City Plan\nGoals ................ 20 Actions ............... 30\nTargets\n30%\n45%\n- Plant 900 trees by 2030\n",
        ["900trees ge 2030-12-31"],
        [("|",)],
    ),
    "numbered sections are no quantities": (
        "某市应急规划\n6.2 经费\n6.2.1 对参加人员给予补助。\n6.2.2 新建仓库8座。\n7.2 本规划由市政府解释。\n",
        ["8座 ge"],
        [("|",)],
    ),
    "a list of one year: dates without it, and a title that counts": (
        "某区2027年要办的6件实事\n区住建局要在9月底完成改造小区8个，11月中旬新建泊位300个。\n今年培训护工90人。\n社区食堂达到5处。\n",
        ["8个 ge 2027-09-30", "300个 ge 2027-11-30", "90人 ge 2027-12-31", "5处 ge"],
        [("|",), ("|",), ("|",)],
    ),
    "the far year of a plan is not the year of its tasks": (
        "某省体育规划纲要（2035年远景目标）\n年底前建成步道70公里。\n", ["70公里 ge"], [("|",)],
    ),
    "English bullets under the date that heads them": (
        "Lakeside Waste Strategy\nOur targets by 2031 are to:\n• Raise the composting rate to 35%\n• 20% reduction in landfill\n"
        "• Use only 90 litres of water per resident\n",
        ["35% ge 2031-12-31", "20% ge 2031-12-31", "90litres le 2031-12-31"],
        [("|",), ("|",), ("|",)],
    ),
    "page numbers and notes": (
        "某县任务清单\n序号\t任务\t牵头单位\n1\t新增线路8条。\t县交通局\n— 3 —\n2\t更新车辆40辆。\t县交通局\n注：线路数按5年统计。\n",
        ["8条 ge", "40辆 ge"],
        [("县交通局", "|"), ("县交通局", "|")],
    ),
    "values with their bound or as a change, totals, and a unit for the whole table": (
        "某县2026年主要指标\n单位：亿元、%\n序号\t指标\t单位\t2024年\t2026年目标\t责任单位\n1\t失业率\t%\t3.1\t控制在4以内\t县人社局\n"
        "2\t工业企业数\t家\t118\t新增10家\t县科经局\n合计\t\t项\t2\t2\t—\n",
        ["4% le 2026-12-31", "10家 ge 2026-12-31"],
        [("县人社局", "|"), ("县科经局", "|")],
    ),
    "columns of years within the plan, and a row of totals among the tasks": (
        "某市“十五五”任务分工表\n| 工作任务 | 2026年 | 2030年 | 牵头单位 |\n| --- | --- | --- | --- |\n| 绿色工厂 | 5个 | 15个 | 市工信局 |\n"
        "| 小计 | 1项 | | |\n",
        ["5个 ge 2026-12-31", "15个 ge 2030-12-31"],
        [("市工信局", "|")],
    ),
    "a table that only word spaces part, over two pages": (
        "某县任务清单\n序号 重点任务 责任单位 完成时限\n1 新建厂房8万平方米 县园区管委会 2026年6月\n第 1 页 共 2 页\n2 新增车间30间 县工信局 2026年\n",
        ["8万平方米 ge 2026-06-30", "30间 ge 2026-12-31"],
        [("县园区管委会", "|"), ("县工信局", "|")],
    ),
    "quarters of the list's year": (
        "某区2026年工作清单\n一季度新开工项目12个、上半年开工20个、全年开工40个。\n到位资金增长15%以上。\n",
        ["12个 ge 2026-03-31", "20个 ge 2026-06-30", "40个 ge 2026-12-31", "15% ge"],
        [("|",), ("|",)],
    ),
    "English": (
        "Riverton Climate Plan\n| No. | Action | Target | Lead agency | Partners | Timeline |\n| --- | --- | --- | --- | --- | --- |\n"
        "| 1 | Canopy | Plant 5,000 street trees | Parks Department | Tree Trust | 2028 |\n\n"
        "- Reduce emissions by at least 45% by 2030 compared to 2015.\n- No more than 10% of waste to landfill by 2032.\n",
        ["5000street trees ge 2028-12-31", "45% ge 2030-12-31", "10% le 2032-12-31"],
        [("Parks Department", "|", "Tree Trust"), ("|",), ("|",)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_gives_its_targets_and_its_bodies(name: str) -> None:
    text, targets, answer = LISTS[name]
    draft = read_any_task_list(text, "list.txt")
    assert shown(draft) == targets
    assert bodies(draft) == answer
    # Both are read again from the package's own text.
    assert draft_package(text, Facts(), project_units()).counts["targets"] == len(targets)


SENTENCES = [
    ("物业收费不高于成本价格的90%", "90% le"),
    ("贷款增速不低于各项贷款的95%", "95% ge"),
    ("城镇调查失业率5%左右", "5% le"),
    ("用水总量不突破4.2亿立方米", "4.2亿立方米 le"),
    ("政府债务率不超120%", "120% le"),
    ("医疗费用增幅不得高于10%", "10% le"),
    ("人口规模突破50万人", "50万人 gt"),
    ("漏损率控制在9%以内", "9% le"),
    ("失业率降低2个百分点", "2个百分点 ge"),
    ("不少于80名青年工程师获资助", "80名 ge"),
    ("奖励优秀技工60名", "60名 ge"),
    ("在12个村安装路灯800盏", "800盏 ge"),
    ("对15家企业减免税费3000万元", "3000万元 ge"),
    ("打造百个样板社区", "100个 ge"),
    ("扶持万户茶农增收", "10000户 ge"),
    ("园区时延降至5ms以内", "5ms le"),
    ("光伏装机达到30MWp", "30MWp ge"),
    ("酿酒产能达到40蒲式耳以上", "40蒲式耳 ge"),
    ("培训900名企业管理人员", "900名 ge"),
    ("举办讲座50场次", "50场次 ge"),
    ("对投入达到300万元的，给予补助", ""),
    ("招用人数达到职工25%（超过80人的企业达到15%）的，可申请贷款", ""),
    ("严格落实中央八项规定精神", ""),
    ("‘三区20园’布局", ""),
    ("提出20项指标", ""),
    ("去年完成投资5亿元", ""),
    ("税收与上年基本持平，投资占比保持在4%左右", "4% ge"),
    ("垃圾外运减量至70%", "70% le"),
    ("Maintain at least 40% canopy cover", "40% ge"),
    ("Retrofit 1,200 homes by June 2027", "1200homes ge 2027-06-30"),
    ("Invest $25 million in resilience by 2030", "25$ million ge 2030-12-31"),
    ("Reduce use from 120 to 90 litres per person by 2030", "90litres le 2030-12-31"),
    ("In 2019 the city planted 400 trees", ""),
    ("Our goal to reduce emissions 50% by 2035", "50% ge 2035-12-31"),
    ("Reduce statewide emissions to 40% below 2005 levels by 2025", "40% ge 2025-12-31"),
    ("Lower water use to 60 litres per person by 2030", "60litres le 2030-12-31"),
    ("Cut food waste to only 5% by 2030", "5% le 2030-12-31"),
    ("推动0—6岁儿童健康管理率达到90%以上", "90% ge"),
    ("人均预期寿命提高到80.5岁", "80.5岁 ge"),
    ("惠及5万名3岁以下婴幼儿", "5万名 ge"),
    ("换乘站50米内接驳比例提升至93%", "93% ge"),
    ("为20所海拔900米以上学校安装暖气", "20所 ge"),
    ("在甲、乙、丙等8个重点县建设果菜基地6万亩", "6万亩 ge"),
    ("受教育年限达到11.7年", "11.7年 ge"),
    ("补贴标准从每人每月209元提高到217元", "217元 ge"),
    ("中心城区新增人口30万", "30万 ge"),
    ("事故死亡率控制在0.6人/百亿元以下", "0.6人/百亿元 le"),
    ("建成五百亿级开发区2个", "2个 ge"),
    ("抓好总投资20亿元的30个重点项目", "30个 ge"),
    ("通过一件件小事让群众满意", ""),
    ("要把握好5个方面", ""),
    ("《纲要》部署了13项任务举措", ""),
    ("把改革作为一种常态", ""),
    ("守好发展和生态两条底线", ""),
    ("工业投资保持两位数增长", ""),
    ("培育6G、量子科技等产业", ""),
    ("打造一批千亿级产业", ""),
    ("5%左右的增长目标与规划衔接", ""),
    ("组建3人制篮球队", ""),
    ("按缴费额50%的标准确定", ""),
    ("改造50个已建成自然村的设施，满意度不低于80%", "50个 ge|80% ge"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_means_what_it_says(text: str, expected: str) -> None:
    found = [
        " ".join(filter(None, (f"{each.value:f}{each.unit_zh}", each.comparator, each.due.isoformat() if each.due else "")))
        for each in propose_targets(text)
    ]
    assert found == [each for each in expected.split("|") if each]


@pytest.mark.parametrize("text", ["探索在8%的村", "5年内达到70个", "加强12%", "其中20家"])
def test_a_verb_or_a_phrase_of_time_is_no_name(text: str) -> None:
    for target in propose_targets(text):
        assert not target.indicator_zh or target.indicator_zh not in ("探索", "加强", "5年内", "其中")
        assert target.indicator_zh == "" or not target.indicator_zh.endswith(("和", "的"))


def test_the_date_at_the_head_of_a_paragraph_governs_its_sentences_with_a_mark() -> None:
    (target,) = propose_targets("到2026年，林业明显改善。油茶面积达到12万亩。")
    assert target.due is not None and target.due.isoformat() == "2026-12-31"
    assert any("段首" in note.zh for note in target.needs_judgement)


def test_a_counting_unit_per_thousand_people_is_no_count_of_things() -> None:
    codes = {text: propose_targets(text)[0].unit_code for text in ("千人口托位数达到4.5个", "每千人口护士数达到4名", "千人计划入选者达到6名")}
    assert codes == {
        "千人口托位数达到4.5个": "items_per_1k_persons",
        "每千人口护士数达到4名": "persons_per_1k_persons",
        "千人计划入选者达到6名": "persons",
    }


PAGE = """<!DOCTYPE html><html><head><title>x</title><script>var a = 99;</script></head><body><h1>某市任务清单</h1>
<table><tr><th>序号</th><th>任务</th><th>牵头单位</th></tr><tr><td>1</td><td><p>新建<b>公园</b>3个。</p></td><td rowspan="2">市园林局</td></tr>
<tr><td>2</td><td>改造绿道5公里。</td></tr></table></body></html>"""


def test_a_saved_page_gives_its_table_with_merged_cells() -> None:
    draft = read_any_task_list(html_text(PAGE, "a.html"))
    assert shown(draft) == ["3个 ge", "5公里 ge"]
    assert bodies(draft) == [("市园林局", "|"), ("市园林局", "|")]
    assert "99" not in draft.text


def _xlsx(path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["某市任务清单"], ["序号", "任务", "牵头单位"], [1, "新建公园3个。", "市园林局"]):
        book.active.append(row)
    book.save(path)



@pytest.mark.parametrize("name", ["list.csv", "list.htm", "list.xlsx", "list.txt"])
def test_files_of_several_kinds_give_the_same_targets(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name.endswith("xlsx"):
        _xlsx(path)
    else:
        cells = "<tr><td>序号</td><td>任务</td><td>牵头单位</td></tr><tr><td>1</td><td>新建公园3个。</td><td>市园林局</td></tr>"
        page = f"<html><body><p>某市任务清单</p><table>{cells}</table></body></html>"
        rows = "某市任务清单\n序号,任务,牵头单位\n1,新建公园3个。,市园林局\n"
        path.write_text(page if name.endswith("htm") else rows, encoding="utf-8")
    draft = read_any_task_list(read_list(path), name)
    assert shown(draft) == ["3个 ge"] and bodies(draft) == [("市园林局", "|")]


@pytest.mark.parametrize(("name", "code"), [("a.pdf", "source.pdf-unreadable"), ("a.xlsx", "source.xlsx-unreadable"), ("b.pdf", "source.file-not-found")])
def test_a_damaged_file_is_refused_with_a_code(name: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name.replace("b", "c")).write_bytes(b"no such file")
    with pytest.raises(NotReadable) as raised:
        read_list(tmp_path / name)
    assert raised.value.problems[0].code == code


REFUSED = [
    ("", "没有文字"),
    ("关于加强学习的通知\n请认真学习。\n", "2 行文字"),
    ("工作台账\n编号\t事项\t责任人\n甲\t乙\t丙\n", "编号 事项 责任人"),
]


@pytest.mark.parametrize(("text", "seen"), REFUSED)
def test_a_refusal_says_what_was_seen(text: str, seen: str) -> None:
    with pytest.raises(CheckFailed) as raised:
        read_any_task_list(text, "a.txt")
    (problem,) = raised.value.problems
    assert problem.code == "source.no-table"
    assert seen in problem.what.zh and problem.what.en != problem.what.zh


def test_a_person_says_what_the_columns_hold_and_which_lines_are_goals() -> None:
    text = "工作台账\n编号\t建设事宜\t谁来办\n1\t新建公园3个。\t市园林局\n\n全市绿化上水平。\n"
    named = Reading(named={"建设事宜": "task", "谁来办": "lead"})
    assert bodies(read_any_task_list(text, "a.txt", named)) == [("市园林局", "|")]
    with_goal = read_any_task_list(text, "a.txt", Reading(named=named.named, goals=(5,)))
    assert [row.task.text for row in with_goal.rows][-1] == "全市绿化上水平。"
    assert AS_FOUND.goals == ()
    with pytest.raises(DayeError):
        read_any_task_list(text, "a.txt", Reading(reach="tables"))


def test_a_column_called_unit_is_told_by_what_it_holds() -> None:
    measured = read_header(["指标", "单位", "目标值"], [["产量", "吨", "3"], ["面积", "亩", "5"]])
    answered = read_header(["任务", "单位", "目标"], [["种树", "市林业局", "3万株"], ["修路", "市交通局", "5公里"]])
    assert measured and measured.columns == ("task", "measure", "value")
    assert answered and answered.columns == ("task", "responsible", "value")


def test_what_stays_of_a_name_is_the_name() -> None:
    names = {
        "规上工业总产值在2024年基础上实现翻一番": "规上工业总产值",
        "到位资金同比增长15%以上": "到位资金",
        "到港货物达到30万吨": "到港货物",
    }
    assert {text: propose_targets(text)[0].indicator_zh for text in names} == names
    assert propose_targets("一季度完成25%")[0].indicator_zh == ""


def test_a_value_beside_a_change_is_no_baseline_of_it() -> None:
    text = LISTS["values with their bound or as a change, totals, and a unit for the whole table"][0]
    rows = read_any_task_list(text, "list.txt").rows
    assert [[str(each.value) for each in row_baselines(row)] for row in rows] == [["3.1"], []]
    assert [propose_row_targets(row)[0].indicator_zh for row in rows] == ["失业率", "工业企业数新增"]
