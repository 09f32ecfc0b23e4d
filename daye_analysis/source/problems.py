"""What can be wrong with a task list, in words: code, what, and remedy."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem

_LF = Text(
    "请存为无 BOM 的 UTF-8，换行用 LF；区段位置以此为准。",
    "Save it as UTF-8 without BOM and with LF line ends; spans are counted in that form.",
)
_TABS = Text(
    "每个单元格前一个制表符，空单元格也要保留；行与行之间空一行。",
    "Put one tab before each cell, empty ones too, and a blank line between rows.",
)
_FILL = Text("请补上“{column_zh}”一栏。", "Fill in the column {column_zh}.")

_WORDS: dict[str, tuple[Text, Text]] = {
    "foreign-character": (Text("文本含有 {name} 字符。", "The text holds the character {name}."), _LF),
    "no-title": (
        Text("表头之前没有标题。", "No title stands before the header."),
        Text("请在表头前一行写上标题。", "Write the title on the line before the header."),
    ),
    "header-unknown": (
        Text("表头是“{found}”，应为“{wanted}”。", "The header is “{found}”, not “{wanted}”."),
        Text("其他版式请用 daye new 读取。", "Read lists of another layout with daye new."),
    ),
    "no-rows": (
        Text("没有任何任务行。", "There is no row of tasks."),
        Text("请在表头之后给出各行。", "Give the rows after the header."),
    ),
    "no-table": (
        Text(
            "没有认出任务表：缺少含任务和单位两栏的表头。",
            "No task table was found: no header names task and unit.",
        ),
        Text(
            "表头请用“序号、重点任务、牵头单位、责任单位”之类的栏名。",
            "Give a header with columns such as 序号, 重点任务, 牵头单位, 责任单位.",
        ),
    ),
    "file-not-found": (
        Text("找不到该文件。", "The file was not found."),
        Text("请检查路径。", "Check the path."),
    ),
    "docx-library-missing": (
        Text("读取 .docx 需要 python-docx。", "Reading .docx needs python-docx."),
        Text("请运行 pip install python-docx。", "Run pip install python-docx."),
    ),
    "docx-unreadable": (
        Text("该文件不是可读的 .docx。", "The file is no readable .docx."),
        Text("请在文字处理软件中另存为 .docx。", "Save it as .docx in a word processor."),
    ),
    "docx-markup": (
        Text("第 {at} 段或表格有{zh}，读出的文字与 Word 所示不同。", "Paragraph or table {at} holds {en}: what would be read is not what Word shows."),
        Text("请接受全部修订、改为普通文字后再试。", "Accept all changes, turn it into plain text, and try again."),
    ),
    "docx-too-large": (
        Text(
            "该 .docx 展开后过大（{found} 字节）。", "The .docx is too large once unpacked ({found} bytes)."
        ),
        Text("请只保留任务清单所在的部分。", "Keep only the part that holds the task list."),
    ),
    "not-text": (
        Text("该文件不是文本。", "The file is not text."),
        Text("请存为 UTF-8 文本，或给出 .docx 文件。", "Save it as UTF-8 text, or give a .docx file."),
    ),
    "text-outside-cell": (
        Text("“{found}”不在任何单元格内。", "“{found}” stands in no cell."),
        Text(
            "单元格以制表符开头；单元格内不要留空行。",
            "Begin a cell with a tab; leave no blank line inside it.",
        ),
    ),
    "cells-too-many": (
        Text("该行有 {found} 个单元格，应为 {wanted} 个。", "The row has {found} cells, not {wanted}."),
        _TABS,
    ),
    "cells-too-few": (
        Text("该行有 {found} 个单元格，应为 {wanted} 个。", "The row has {found} cells, not {wanted}."),
        _TABS,
    ),
    "number-unreadable": (
        Text("序号“{found}”不是数字。", "The number “{found}” is not a number."),
        Text("请写阿拉伯数字，无序号则留空。", "Write Arabic digits, or leave the cell empty."),
    ),
    "number-missing": (
        Text("此处序号为 {found}，应为 {wanted}。", "The number here is {found}, not {wanted}."),
        Text("请补上缺行或改正序号。", "Add the missing row or mend the number."),
    ),
    "number-out-of-order": (
        Text("此处序号为 {found}，应为 {wanted}。", "The number here is {found}, not {wanted}."),
        Text("请改正序号：逐一递增，不重复。", "Mend the number: each once, one after the other."),
    ),
    "no-action": (
        Text("第一行不属于任何重点任务。", "The first row belongs to no action."),
        _FILL,
    ),
    "action-out-of-order": (
        Text("“{found}”应为第 {wanted} 项重点任务。", "“{found}” should be action number {wanted}."),
        Text("请以（一）（二）（三）依次编号。", "Number the actions （一）（二）（三） in order."),
    ),
    "task-empty": (Text("该行没有任务内容。", "The row has no task text."), _FILL),
    "row-without-lead": (Text("该行没有牵头单位。", "The row has no lead unit."), _FILL),
    "row-without-responsible": (Text("该行没有责任单位。", "The row has no responsible unit."), _FILL),
    "unit-empty": (
        Text("“{column_zh}”一栏多了一个分隔符。", "The column {column_zh} has one separator too many."),
        Text("请补上单位或删去分隔符。", "Add the unit or delete the separator."),
    ),
    "unit-twice": (
        Text("“{found}”在同一单元格出现两次。", "“{found}” is named twice in one cell."),
        Text("请删去重复的一处。", "Delete one of the two."),
    ),
}


def source_problem(code: str, where: str, **values: object) -> Problem:
    """Return the problem `source.<code>` at `where`, its words filled with `values`."""
    shown = {name: _short(str(value)) for name, value in values.items()}
    what, remedy = (Text(words.zh.format(**shown), words.en.format(**shown)) for words in _WORDS[code])
    return Problem(f"source.{code}", what, where, remedy)


def _short(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[:length] + "…"
