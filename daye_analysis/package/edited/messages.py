"""Problems of the edited files, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

EDITED_PROBLEMS: Words = {
    "build.not-run": (
        Text("编辑文件没有空缺，但尚未生成数据包。", "The edited files are complete, but the package has not been built from them."),
        Text("请运行 daye build --root {root}，该命令逐格检查。", "Run `daye build --root {root}`; it checks every cell."),
    ),
    "build.note-ambiguous": (
        Text("说明“{words}”未指明原文中的哪一处。", "The note '{words}' does not identify a single place in the text."),
        Text("每条说明只适用于一处。请写明 span，可选：{places}。", "A note applies to one place. Give its span, one of: {places}."),
    ),
    "build.note-idle": (
        Text("说明“{words}”在原文中没有对应。", "The note '{words}' matches nothing in the text."),
        Text("请删去，或照原文改正。", "Remove it, or copy the words verbatim."),
    ),
    "build.number-not-accounted": (
        Text("原文中的数“{number}”（……{around}……）既不属于任何目标，也没有说明。", "The number '{number}' in '…{around}…' is not accounted for."),
        Text("请将其作为某个目标的数值，或在 {file} 中写明为何不是目标（words: {number}，span: {span}）。",
             "Make it the value of a target, or explain in {file} why it is not one (words: {number}, span: {span})."),
    ),
    "edited.empty-cell": (
        Text("尚未填写{field}。", "The cell is still empty: {field}."),
        Text("{wanted}", "{wanted}"),
    ),
    "edited.entry-missing": (
        Text("原文中的“{name}”没有对应条目。", "The official text has '{name}', but there is no entry for it."),
        Text("请补上条目。", "Add the entry."),
    ),
    "edited.entry-unused": (
        Text("条目“{name}”在原文中没有对应。", "The entry '{name}' does not occur in the official text."),
        Text("请删去，或改成原文的写法。", "Remove it, or spell it as in the text."),
    ),
    "edited.judgement-open": (
        Text("尚待判断：{note}", "To be decided: {note}"),
        Text("请对照原文核对并改正下一条目，然后删去本行；需向读者说明的内容写入 note_zh、note_en。",
             "Check the entry below against the official text and correct it, then delete this line; put what readers need "
             "to know into note_zh and note_en."),
    ),
    "edited.malformed/csv": (
        Text("CSV 有误：{reason}。", "The CSV is malformed: {reason}."),
        Text("请检查该行的引号。", "Check the quotes on that line."),
    ),
    "edited.malformed/no-list": (
        Text("此处应为若干条目的列表。", "A list of entries is expected here."),
        Text("每个条目以“- ”开头。", "Start each entry with '- '."),
    ),
    "edited.malformed/yaml": (
        Text("YAML 有误：{reason}。", "The YAML is malformed: {reason}."),
        Text("请改正该行。", "Fix this line."),
    ),
    "edited.missing-key": (
        Text("条目缺少“{key}”。", "The entry has no '{key}'."),
        Text("{wanted}", "{wanted}"),
    ),
    "edited.misshapen/list": (
        Text("“{key}”的形式不对。", "'{key}' does not have the expected form."),
        Text("请写成列表，如 [12, 34]。", "Write it as a list, such as [12, 34]."),
    ),
    "edited.misshapen/text": (
        Text("“{key}”的形式不对。", "'{key}' does not have the expected form."),
        Text("请写成一段文字；含冒号或方括号时加引号。", "Write it as one text, in quotes if it contains a colon or bracket."),
    ),
    "edited.too-large": (
        Text("文件有 {found} 字节，上限为 {limit}。", "The file has {found} bytes; the limit is {limit}."),
        Text("请检查是否给错了文件。", "Check whether this is the right file."),
    ),
    "edited.not-readable/missing": (
        Text("找不到文件。", "The file was not found."),
        Text("请补上该文件，并以 UTF-8 保存。", "Supply the file, saved as UTF-8."),
    ),
    "edited.not-readable/unreadable": (
        Text("文件无法读取（{reason}）。", "The file cannot be read ({reason})."),
        Text("请补上该文件，并以 UTF-8 保存。", "Supply the file, saved as UTF-8."),
    ),
    "edited.odd-character": (
        Text("文字含有 {character}，是控制字符、不可见字符或改变书写方向的字符。",
             "The text contains {character}, a character that controls, is invisible or changes the writing direction."),
        Text("请删去。", "Remove it."),
    ),
    "edited.ragged-row": (
        Text("该行有 {found} 格，应为 {wanted} 格。", "The row has {found} cells; {wanted} are expected."),
        Text("含逗号的文字须加引号。", "Put a text that contains a comma in double quotes."),
    ),
    "edited.spelling-twice": (
        Text("“{name}”属于两个单位。", "'{name}' belongs to two bodies."),
        Text("一个写法只能指一个单位。", "A spelling may belong to only one body."),
    ),
    "edited.unknown-key": (
        Text("条目中有未知的键“{key}”。", "The entry has an unknown key '{key}'."),
        Text("可用的键：{known}。", "Known keys: {known}."),
    ),
    "edited.wording-not-at-span/elsewhere": (
        Text("“{words}”不在所写位置 {span}。", "'{words}' is not at {span}."),
        Text("原文中它在 {places}。", "In the official text it is at {places}."),
    ),
    "edited.wording-not-at-span/nowhere": (
        Text("“{words}”不在所写位置 {span}。", "'{words}' is not at {span}."),
        Text("原文中没有这段文字，请照录原文。", "These words are not in the official text; copy them verbatim."),
    ),
    "edited.wording-outside-task": (
        Text("原文不在任务 {task} 之内。", "The words are not in task {task}."),
        Text("请改正 task_id 或 span；该段不属于任何任务的，请将其行号写入 package.yaml 的 goals，即列为一项任务。",
             "Fix task_id or span; if the paragraph belongs to no task, add its line number to goals in package.yaml, "
             "which makes it a task row."),
    ),
    "edited.wrong-columns": (
        Text("列名为 {found}，与定义不符。", "The columns, {found}, differ from the definition."),
        Text("第一行应为：{wanted}", "The first line must be: {wanted}"),
    ),
    "metadata.missing-entry": (
        Text("尚未填写“{key}”。", "'{key}' is still empty."),
        Text("{wanted}", "{wanted}"),
    ),
    "metadata.wrong-entry": (
        Text("“{key}”{fault}。", "'{key}' {fault}."),
        Text("{wanted}", "{wanted}"),
    ),
}  # fmt: skip
