"""The texts of the edited files of a new package: YAML and CSV, with empty fields where a person must fill in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import table
from daye_analysis.package.definition.codes import COMPARATOR
from daye_analysis.package.edited.official_text import ReadAs
from daye_analysis.package.edited.review_notes import mark
from daye_analysis.package.new.numbers import NumberNote
from daye_analysis.package.new.proposals import TargetDraft
from daye_analysis.package.records import TextRow
from daye_analysis.source import ProposedTarget, TaskList
from daye_analysis.source.bodies import kind_of_body
from daye_analysis.source.targets.english import is_english

PLAN_ID, AREA_ID, SOURCE_ID = "plan", "place", "task-list"


def package_yaml(name: str, title: str, area_name: str, temporal: str, read_as: ReadAs) -> str:
    """Return `package.yaml`; the description in Chinese says only what is true of any such package."""
    described = (
        f"《{title}》的全部任务、责任单位和量化目标，以及已查到的公开数据及其来源。没有数据不等于没有完成。"
    )
    return _lines(
        "# 数据包的总体说明。空的引号须填写；英文为非官方翻译。",
        "# What describes the package as a whole. Fill in what is empty; the English is an unofficial translation.",
        f"name: {_quoted(name)}",
        f"title_zh: {_quoted(f'{title}数据包' if title else '')}",
        'title_en: ""',
        f"description_zh: {_quoted(described if title else '')}",
        'description_en: ""',
        "version: 0.1.0",
        "# 数据查找的截止日：未注明日期的页面自此日起才算可知。The day on which the search for figures closed.",
        'compiled_on: ""',
        "# 选填：永久标识、公开网站、发布日、纠错联系方式。Optional: an identifier that never changes, the public site, the day of",
        "# release, where errors are reported to.",
        "# id: urn:uuid:…",
        "# homepage: https://…",
        "# created: 2026-12-31",
        "# contact: data@example.org",
        "keywords:",
        "- {zh: 政策目标, en: policy targets}",
        "- {zh: 公开数据, en: open data}",
        f"spatial_zh: {_quoted(area_name)}",
        'spatial_en: ""',
        "# 规划起止，如 / the plan's start and due date, as: 2023-12-31/2026-12-31",
        f"temporal: {_quoted(temporal)}",
        f"official_title_zh: {_quoted(title)}",
        'official_title_en: ""',
        "# 原文的版式：strict 为固定五栏，any 为其他；另可只读 tables 或 paragraphs。How the list is read: strict for the",
        "# five fixed columns, else any; or tables, or paragraphs only.",
        f"layout: {read_as.layout}",
        "# 栏名与内容的对应，以及虽未认出目标但属于目标的行号。What columns hold, and lines that are goals though none was found.",
        f"columns: {json.dumps(dict(read_as.columns), ensure_ascii=False)}",
        f"goals: {json.dumps(list(read_as.goals))}",
    )


def plans_yaml(title: str, start: str, due: str, marks: Sequence[Text]) -> str:
    """Return `plans.yaml` with the one plan that the list belongs to; a `start` that is known was inferred."""
    return _lines(
        "# 目标所属的规划。start：进度自此日算起（上一年末）。",
        "# The plan that sets the targets. start: progress counts from here, the end of the year before.",
        f"- plan_id: {PLAN_ID}",
        f"  area_id: {AREA_ID}",
        f"  title_zh: {_quoted(title)}",
        '  title_en: ""',
        '  published: ""',
        f"  start: {_quoted(start)}",
        "  # stated 原文写明, inferred 推断 read from the title or context",
        f"  start_basis: {_quoted('inferred' if start else '')}",
        *(f"  {mark(note)}" for note in marks),
        f"  due: {_quoted(due)}",
        f"  source_id: {SOURCE_ID}",
    )


def tasks_yaml(task_list: TaskList, list_notes: Sequence[Text], notes: Mapping[str, Sequence[Text]]) -> str:
    """Return `tasks.yaml`: each action and task with its official words above the empty English.

    `notes` are the open judgements of a task by its identifier, `list_notes` those of the list as a whole.
    """
    lines = [
        "# 行动和任务的英译（非官方）；中文取自原文。",
        "# Unofficial English of the actions and tasks; the Chinese comes from the text.",
        *(mark(note) for note in list_notes),
        "actions:",
    ]
    for action in task_list.actions:
        lines += [f"  # {_line(action.name_zh)}", f"  {action.action_id}: {_own_english(action.name_zh)}"]
    lines.append("tasks:")
    for task in task_list.tasks:
        lines += [f"  {mark(note)}" for note in notes.get(task.task_id, ())]
        lines += [f"  # {_line(task.text_zh)}", f"  {task.task_id}: {_own_english(task.text_zh)}"]
    return _lines(*lines)


def units_yaml(spellings: Sequence[str]) -> str:
    """Return `units.yaml`: every spelling a unit of its own, in order of first appearance."""
    kinds = table("units").field("kind").codes
    width = len(str(len(spellings)))
    listed = ", ".join(f"{code.value} {code.label.zh}" for code in kinds.codes) if kinds else ""
    return _lines(
        "# 清单点名的单位，按首次出现的顺序。同一单位的另一写法移入 aliases: [写法]，并删去该条。",
        "# The bodies that the list names. Move another spelling of the same body into aliases: [spelling].",
        f"# kind: {listed}",
        *(
            f"- {{unit_id: unit_{number:0{width}d}, name_zh: {_quoted(spelling)}, name_en: {_quoted(spelling if is_english(spelling) else '')}, "
            f"kind: {_quoted(kind_of_body(spelling) or '')}}}"
            for number, spelling in enumerate(spellings, 1)
        ),
        *([] if spellings else ["[]"]),
    )


def clusters_yaml() -> str:
    """Return `clusters.yaml`, empty: which words name a cluster is a reader's judgement."""
    return _lines(
        "# 清单若列出产业集群，每个一条：cluster_id, name_zh, name_en, is_place, indicator_id, span；没有则保持为空。",
        "# If the list names industrial clusters, one entry each with those keys; otherwise leave it empty.",
        "[]",
    )


def targets_yaml(drafts: Sequence[TargetDraft]) -> str:
    """Return `targets.yaml` with every proposal; what was guessed is above its entry."""
    lines = [
        "# 由原文提出的目标。逐条对照原文：不是目标的删去（其数字改在 numbers.yaml 中说明），判断之后删去“需判断”各行。",
        "# Targets proposed from the text. Hold each against it: delete what is no target (and account for its number",
        "# in numbers.yaml), and delete each line of judgement once it is settled.",
        f"# comparator: {', '.join(f'{code.value} {code.label.zh} {code.label.en}' for code in COMPARATOR.codes)}",
        "# scope: by_deadline 到期达到, sustained 持续保持 held, annual 逐年完成 every year, cumulative 期内累计 a sum",
        "# obligation: binding 约束性, expected 预期性, unstated 未标明; strength: strive 力争, none",
        f"plan_id: {PLAN_ID}",
    ]
    if not drafts:
        return _lines(*lines, "targets: []")
    lines.append("targets:")
    for draft in drafts:
        lines += _target_lines(draft, draft.proposal)
    return _lines(*lines)


def _target_lines(draft: TargetDraft, proposal: ProposedTarget) -> Iterable[str]:
    yield from (mark(note) for note in draft.marks)
    if proposal.value_high is not None:
        yield f"# 区间上端 / upper end of the range: {proposal.value_high:f}"
    yield f"- target_id: {draft.target_id}"
    yield f"  task_id: {draft.task_id}"
    yield f"  wording_zh: {_quoted(proposal.wording_zh)}"
    yield f"  span: [{proposal.source_start}, {proposal.source_end}]"
    yield f"  comparator: {proposal.comparator}"
    yield f"  value: {proposal.value:f}"
    yield f"  unit_code: {proposal.unit_code}"
    yield f"  scope: {proposal.scope}"
    if proposal.scope == "annual":
        yield '  first_year: ""'
    yield f"  due: {_quoted(draft.due)}"
    yield f"  due_basis: {_quoted(draft.due_basis)}"
    yield f"  obligation: {_quoted(draft.obligation)}"
    yield f"  strength: {proposal.strength}"


def numbers_yaml(notes: Sequence[NumberNote]) -> str:
    """Return `numbers.yaml`: each number that belongs to no target, first those that a person must explain."""
    lines = [
        "# 原文中不属于任何目标的数。每条说明它为何不是目标；若是目标，改写入 targets.yaml 并删去该条。",
        "# The numbers that belong to no target. Say of each why it is none; if it is one, move it to targets.yaml.",
        "# 一条说明只管 span 所指的一处。A note holds for the one place that its span names.",
    ]
    for note in sorted(notes, key=lambda note: bool(note.note.zh)):
        lines += [
            f"# 第 {note.line} 行 / line {note.line}",
            f"- words: {_quoted(note.words)}",
            f"  span: [{note.place[0]}, {note.place[1]}]",
            f"  note_zh: {_quoted(note.note.zh)}",
            f"  note_en: {_quoted(note.note.en)}",
        ]
    return _lines(*lines, *([] if notes else ["[]"]))


def csv_text(name: str, rows: Iterable[TextRow]) -> str:
    """Return the edited CSV of the table `name`: the header, and the rows in the order given."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, table(name).edited_names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def area_row(area_name: str, area_code: str) -> TextRow:
    """Return the row of the plan's area; its level follows from a GB/T 2260 code, where one is given."""
    level = ""
    if area_code:
        level = "province" if area_code.endswith("0000") else "prefecture" if area_code.endswith("00") else "county"
    return {
        "area_id": AREA_ID,
        "name_zh": area_name,
        "name_en": "",
        "gbt2260_code": area_code,
        "level": level,
        "parent_id": "",
    }


def source_row(title: str) -> TextRow:
    """Return the row of the list itself among the sources."""
    return table("sources").completed({"source_id": SOURCE_ID, "title": title, "kind": "plan"})


def _own_english(words: str) -> str:
    """Return `words` as their own English where they are in English, else an empty scalar."""
    return _quoted(_line(words) if is_english(words) else "")


def _quoted(words: str) -> str:
    """Return `words` as a YAML scalar in double quotes; JSON's spelling is YAML's."""
    return json.dumps(words, ensure_ascii=False)


def _line(words: str) -> str:
    return " ".join(words.split())


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"
