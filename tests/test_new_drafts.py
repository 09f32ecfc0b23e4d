"""What a draft says and what it leaves open: certainty, units, numbers, identifiers; and what is refused."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from daye_analysis.bilingual import Text
from daye_analysis.errors import DayeError
from daye_analysis.package.edited.number_coverage import numbers_outside
from daye_analysis.package.edited.review_notes import mark, open_judgements
from daye_analysis.package.new import Draft, Facts, draft_package, new_package
from daye_analysis.package.new.drafting import cleaned
from daye_analysis.package.new.measurement import project_units, unit_row
from daye_analysis.package.new.numbers import number_notes
from daye_analysis.package.new.starting import write_draft

HERE = Path(__file__).parent
HEADER = "某地清单\n序号\t任务内容\t牵头单位\t责任单位\n"


def drafted(*sentences: str, header: str = HEADER, due: str = "") -> Draft:
    """Return the draft of a list with one task for each sentence."""
    rows = "".join(f"{number}\t{words}\t甲局\t乙局\n" for number, words in enumerate(sentences, 1))
    return draft_package(header + rows, Facts(due=due), project_units())


def parsed(draft: Draft, name: str) -> Any:
    text = draft.files[f"data/source/{name}"]
    return list(csv.DictReader(io.StringIO(text))) if name.endswith(".csv") else yaml.safe_load(text)


CERTAIN = [
    # words, quantity, direction, additive, as far as the words settle them
    ("规上工业企业达到260家以上", "stock", "increase", "true"),
    ("规上工业总产值突破800亿元", "output_value", "increase", "true"),
    ("贷款余额达到800亿元", "", "increase", "true"),
    ("技改投资占工业投资比重不低于40%", "share", "increase", "false"),
    ("累计建成基站6000个", "cumulative_flow", "increase", "true"),
    ("每年新增企业不少于60家", "annual_flow", "increase", "true"),
    ("综合竞争力保持全省前三名", "rank", "decrease", "false"),
    ("研发机构实现全覆盖", "coverage", "increase", "false"),
    ("每万人拥有基站25个以上", "ratio", "increase", "false"),
    ("城镇调查失业率控制在5.5%以内", "", "decrease", "false"),
    ("企业总数达到500家左右", "stock", "", "true"),
    ("单位能耗下降10%以上", "", "", "false"),
    ("单位能耗累计下降10%以上", "cumulative_reduction", "", "false"),
    ("规上工业产值实现翻番", "", "increase", "false"),
    ("占比提高3个百分点", "", "increase", "false"),
    ("办理时限压缩至3个工作日以内", "", "decrease", ""),
    ("亩均税收提高到15万元以上", "", "increase", ""),
]


@pytest.mark.parametrize(("words", "quantity", "direction", "additive"), CERTAIN)
def test_what_the_words_do_not_settle_stays_empty(words: str, quantity: str, direction: str, additive: str) -> None:
    (row,) = parsed(drafted(words), "indicators.csv")
    assert (row["quantity"], row["direction"], row["additive"]) == (quantity, direction, additive)
    assert row["reference_class"] == row["indicator_id"] == "t01_1"


UNITS = [
    # code, as printed, label zh, label en, base unit, power of ten, kind
    ("m2_10k", "万平方米", "万平方米", "10,000 m²", "m2", "4", "other"),
    ("cny_10m", "千万元", "千万元", "10 million CNY", "CNY", "7", "money"),
    ("charging_points", "个", "个", "charging points", "charging_points", "0", "count"),
    ("households_10k", "万户", "万户", "10,000 households", "households", "4", "count"),
    ("tenths", "成", "成", "tenths", "percent", "1", "percent"),
    ("per_mille", "‰", "‰", "per mille", "percent", "-1", "percent"),
    ("percentage_points", "个百分点", "个百分点", "percentage points", "percentage_points", "0", "percent"),
    ("times", "番", "倍", "times", "times", "0", "other"),
    ("gwh", "GWh", "GWh", "GWh", "kwh", "6", "other"),
    ("items_per_10k_persons", "件", "件", "items per 10,000 persons", "items_per_10k_persons", "0", "other"),
    ("ug_per_m3", "微克/立方米", "微克/立方米", "micrograms per m3", "ug_per_m3", "0", "other"),
    ("tonnes_100m", "亿吨", "亿吨", "100 million tonnes", "tonnes", "8", "mass"),
]


@pytest.mark.parametrize(("code", "printed", "zh", "en", "base", "power", "kind"), UNITS)
def test_a_unit_is_read_from_its_code(
    code: str, printed: str, zh: str, en: str, base: str, power: str, kind: str
) -> None:
    row = unit_row(code, printed)
    assert list(row.values()) == [code, zh, en, base, power, kind]


@pytest.mark.parametrize("code", ["cny", "cny_10k", "cny_100m", "percent", "rank", "items", "tonnes_100m", "vehicles_10k"])
def test_units_read_from_their_code_agree_with_the_projects_own(code: str) -> None:
    own, read = project_units()[code], unit_row(code, "")
    for key in ("base_unit", "power_of_ten", "kind"):
        assert read[key] == own[key]


def test_a_unit_that_the_project_has_is_taken_from_it() -> None:
    rows = parsed(drafted("企业达到260家以上，新建厂房30万平方米"), "measurement_units.csv")
    assert [(row["unit_code"], row["label_zh"]) for row in rows] == [("firms", "家（企业）"), ("m2_10k", "万平方米")]


NUMBERS = [
    # text, words, whether what they are is said
    ("进一步做大，再进一步做强，建设“双区五园”。", [("进一步", True), ("进一步", True), ("“双区五园”", True)]),
    ("到2026年，新建平台若干，到2026年完成。", [("2026年", True), ("2026年", True)]),
    ("按设备投资额20%的比例补助", [("备投资额20%的比例补", False)]),
    ("“十四五”末", [("“十四五”", True)]),
    ("某政发〔2023〕15号", [("政发〔2023", True), ("15号", True)]),
    ("（三）强链条", [("（三）", True)]),
    ("在12个村安装路灯800盏", [("在12个村安装", False), ("安装路灯800盏", False)]),
    ("三年行动计划", [("三年", True)]),
    ("表内：3", [("表内：3", False)]),
    ("党的二十大和二十届四中全会", [("二十大", True), ("二十届", True), ("四中", True)]),
    ("一是强链，二是补链", [("一是", True), ("二是", True)]),
    ("社会消费品零售总额，汽车零部件，一些企业", [("零售", True), ("零部件", True), ("一些", True)]),
    ("二是", [("二是", True)]),
    ("单位：亿元、万人\n1\t产值\t亿元\t5\n支持亿元企业", [("亿元", True), ("万人", True), ("1", False), ("亿元", True), ("5", False), ("亿元", False)]),
    ("实行二是否", [("二是", False)]),
]


@pytest.mark.parametrize(("text", "words"), NUMBERS)
def test_each_number_has_its_place_and_is_explained_where_its_words_tell(
    text: str, words: list[tuple[str, bool]]
) -> None:
    notes = number_notes(text, ())
    assert [text[slice(*note.place)] for note in notes] == [note.words for note in notes]
    found = [(note.words, bool(note.note.zh)) for note in notes]
    assert [each[1] for each in found] == [each[1] for each in words]
    assert all(wanted[0] in got[0] or got[0] in wanted[0] for got, wanted in zip(found, words, strict=True))


def test_what_a_passage_that_looks_back_tells_is_no_work_left() -> None:
    text = "某市2027年政府工作报告\n一、2026年工作回顾\n生产总值增长7%，新增就业4万人。\n二、主要目标\n生产总值增长6%，依托28家龙头企业强链。\n"
    notes = draft_package(text, Facts(), {}).files["data/source/numbers.yaml"]
    explained = [(each["words"], each["note_zh"]) for each in yaml.safe_load(notes)]
    assert ["回顾" in note for words, note in explained if "7%" in words or "4万" in words] == [True, True]
    assert [note for words, note in explained if "28" in words] == [""]


@given(st.text("一二十百万亿进步批家2026年%.：“”、，。\n\t 园个倍双", max_size=60))
def test_the_notes_together_account_for_every_number(text: str) -> None:
    assert numbers_outside(text, [note.place for note in number_notes(text, ())]) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_cleaned_text_is_clean(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert not re.search("[\r\x00-\x08\u200b\u202e\ufeff\u2028]", once)


def test_cleaning_keeps_all_that_prints() -> None:
    assert cleaned("\ufeff甲\u200b乙\r\n\t1\u202e２％é　—\x0c丙") == "甲乙\n\t1２％é　—\n丙"


def test_a_goal_of_its_own_column_is_a_task_row_of_its_own() -> None:
    text = (HERE / "task_lists/08_goal_column.txt").read_text(encoding="utf-8")
    draft = draft_package(text, Facts(), project_units())
    assert list(parsed(draft, "tasks.yaml")["tasks"])[:4] == ["T01", "T01b", "T02", "T02b"]
    assert parsed(draft, "targets.yaml")["targets"][0]["task_id"] == "T01b"
    assert parsed(draft, "targets.yaml")["targets"][0]["target_id"] == "t01b_1"


def test_rows_without_an_action_stand_under_the_title_and_repeated_actions_are_one() -> None:
    plain = drafted("新建平台3个")
    assert "# 某地清单" in plain.files["data/source/tasks.yaml"]
    assert plain.counts["actions"] == 1
    rows = "一、链条延伸\t新建平台3个\t甲局\n一、链条延伸\t新建园区2个\t甲局\n二、主体培育\t新增企业9家\t甲局\n"
    draft = draft_package(f"某地清单\n任务类别\t主要任务\t牵头单位\n{rows}", Facts(), project_units())
    assert draft.counts["actions"] == 2
    assert "  # 链条延伸\n  A1: " in draft.files["data/source/tasks.yaml"]
    # The ordinals are numbering: no note explains them.
    assert draft.counts["numbers"] == 0


def test_what_was_guessed_stands_above_the_entry() -> None:
    draft = drafted("培育企业20—30家", "每年新增企业5家")
    text = draft.files["data/source/targets.yaml"]
    assert "# 需判断: 原文为区间，取其要求较低的一端。 # to judge: The text gives a range; the less demanding end is used." in text
    assert "# 区间上端 / upper end of the range: 30" in text
    first, second = parsed(draft, "targets.yaml")["targets"]
    assert (first["value"], second["scope"], second["first_year"]) == (20, "annual", "")


YEARS = [
    ("某市2027年重点任务清单", "2026-12-31/2027-12-31", "2027-12-31"),
    ("某市重点任务清单（2026—2028年）", "2025-12-31/2028-12-31", "2028-12-31"),
    ("某市“十五五”重点任务清单", "2025-12-31/2030-12-31", "2030-12-31"),
    ("某市重点任务清单", "", ""),
    ("某市规划和2035年远景目标任务清单", "", ""),
]


@pytest.mark.parametrize(("title", "temporal", "due"), YEARS)
def test_what_has_no_date_is_due_when_the_title_ends_and_says_so(title: str, temporal: str, due: str) -> None:
    text = f"{title}\n序号\t任务\t责任单位\n1\t新建绿道9公里。\t区园林局\n"
    draft = draft_package(text, Facts(), project_units())
    (target,) = parsed(draft, "targets.yaml")["targets"]
    assert (target["due"], target["due_basis"]) == (due, "inferred" if due else "")
    start, _, end = temporal.partition("/")
    (plan,) = parsed(draft, "plans.yaml")
    assert (plan["start"], plan["due"]) == (start, end)


def test_a_month_of_the_titles_year_is_inferred_without_a_mark() -> None:
    text = "某市2027年重点任务清单\n序号\t任务\t责任单位\n1\t9月底前新建绿道9公里。\t区园林局\n"
    draft = draft_package(text, Facts(), project_units())
    (target,) = parsed(draft, "targets.yaml")["targets"]
    assert (target["due"], target["due_basis"]) == ("2027-09-30", "inferred")
    assert "需判断: 到期" not in draft.files["data/source/targets.yaml"]


def test_the_given_day_is_due_where_the_text_names_none() -> None:
    draft = drafted("新建平台3个", "到2025年新建园区2个", due="2027-12-31")
    dues = [(each["due"], each["due_basis"]) for each in parsed(draft, "targets.yaml")["targets"]]
    assert dues == [("2027-12-31", "inferred"), ("2025-12-31", "stated")]
    undated = parsed(drafted("新建平台3个"), "targets.yaml")["targets"][0]
    assert (undated["due"], undated["due_basis"]) == ("", "")


def test_a_list_without_a_title_stands_under_the_name_of_its_column() -> None:
    draft = draft_package("任务内容\t牵头单位\n新建平台3个\t甲局\n", Facts(), project_units())
    assert "  # 任务内容\n  A1: " in draft.files["data/source/tasks.yaml"]
    assert parsed(draft, "package.yaml")["official_title_zh"] == ""


def test_obligation_is_left_open_where_the_list_speaks_of_it() -> None:
    draft = drafted("新建平台3个", "约束性指标全部完成")
    assert [each["obligation"] for each in parsed(draft, "targets.yaml")["targets"]] == [""]
    assert parsed(drafted("新建平台3个"), "targets.yaml")["targets"][0]["obligation"] == "unstated"


def test_cells_that_a_spreadsheet_would_compute_lose_their_first_mark() -> None:
    draft = drafted("=新建平台3个", "-新建园区2个")
    assert [each["wording_zh"] for each in parsed(draft, "targets.yaml")["targets"]] == ["新建平台3个", "新建园区2个"]


def test_a_list_without_a_quantity_is_drafted_without_targets() -> None:
    draft = drafted("加强组织领导")
    assert parsed(draft, "targets.yaml")["targets"] == []
    assert parsed(draft, "numbers.yaml") == []
    assert draft.counts["targets"] == 0


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_mark_is_one_comment_line_and_is_found(zh: str, en: str) -> None:
    line = mark(Text(zh, en))
    assert "\n" not in line and "\r" not in line
    assert yaml.safe_load(cleaned(line)) is None


def test_open_judgements_are_told_with_file_line_and_words(tmp_path: Path) -> None:
    lines = ["a: 1", f"  {mark(Text('甲', 'A'))}", "# to judge: B", "b: '# 需判断: 丙'"]
    (tmp_path / "targets.yaml").write_text("\n".join(lines), encoding="utf-8")
    found = open_judgements(tmp_path.glob("*.yaml"))
    assert [problem.where for problem in found] == ["targets.yaml:2", "targets.yaml:3"]
    assert [problem.what.en[-1] for problem in found] == ["A", "B"]


def _full(folder: Path) -> dict[str, Any]:
    (folder / "city").mkdir()
    (folder / "city" / "mine.txt").write_text("mine", encoding="utf-8")
    return {}


def _file(folder: Path) -> dict[str, Any]:
    (folder / "city").write_text("mine", encoding="utf-8")
    return {}


def _list(content: bytes, name: str = "list.txt", **options: Any) -> Any:
    def prepare(folder: Path) -> dict[str, Any]:
        (folder / name).write_bytes(content)
        return {"task_list": folder / name, **options}

    return prepare


REFUSED = [
    ("new.folder-not-empty", 2, _full),
    ("new.not-a-folder", 2, _file),
    ("new.bad-option", 2, lambda _: {"area_code": "42028"}),
    ("new.bad-option", 2, lambda _: {"due": "2026-2-30"}),
    ("new.bad-option", 2, lambda _: {"name": "大冶"}),
    ("source.file-not-found", 3, lambda folder: {"task_list": folder / "none.txt"}),
    ("source.not-a-file", 3, lambda folder: {"task_list": folder}),
    ("source.file-not-found", 3, lambda folder: {"task_list": folder / "none.docx"}),
    ("source.docx-unreadable", 3, _list(b"no zip", "list.docx")),
    ("source.not-text", 3, _list(b"\x00\xff\x00\xff")),
    ("new.list-too-large", 4, _list(b" " * 20_000_001)),
    ("source.no-table", 1, _list("没有表。".encode())),
    ("source.no-rows", 1, _list(HEADER.encode())),
]


@pytest.mark.parametrize(("code", "exit_code", "prepare"), REFUSED)
def test_what_is_refused_leaves_everything_as_it_was(code: str, exit_code: int, prepare: Any, tmp_path: Path) -> None:
    options = {"task_list": HERE / "task_lists/01_tab_rows_due_column.txt", **prepare(tmp_path)}
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    with pytest.raises(DayeError) as raised:
        new_package(tmp_path / "city", **options)
    assert (raised.value.problems[0].code, raised.value.exit_code) == (code, exit_code)
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_all_wrong_options_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DayeError) as raised:
        new_package(tmp_path / "city", tmp_path / "none.txt", name="A", area_code="x", due="y")
    assert [problem.where for problem in raised.value.problems] == ["--name", "--area-code", "--due"]


def test_a_failure_in_the_middle_of_writing_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    broken = Draft({"a": "file", "a/b": "below a file"}, "any", {}, ())
    with pytest.raises(OSError):
        write_draft(tmp_path / "city", broken)
    assert list(tmp_path.rglob("*")) == [tmp_path / "city"]


def test_an_empty_folder_and_folders_not_there_yet_are_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "a/b/c"):
        made = new_package(tmp_path / folder, HERE / "task_lists/01_tab_rows_due_column.txt")
        assert (made.folder / "data/source/targets.yaml").is_file()
        assert made.folder.stat().st_mode & 0o777 == tmp_path.joinpath(folder, "data").stat().st_mode & 0o777
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "empty"]
