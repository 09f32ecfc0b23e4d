"""Problems of a task list by code: what is wrong and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.problem_messages import Words, worded

_LF = Text(
    "请存为无 BOM 的 UTF-8，换行用 LF；区段位置以此为准。",
    "Save it as UTF-8 without BOM and with LF line ends; spans are counted in that form.",
)
_TABS = Text(
    "每个单元格前一个制表符，空单元格也要保留；行与行之间空一行。",
    "Put one tab before each cell, empty ones too, and a blank line between rows.",
)
_FILL = Text("请补上“{column}”一栏。", "Fill in the column {column}.")

SOURCE_PROBLEMS: Words = {
    "source.foreign-character": (Text("文本含有 {name} 字符。", "The text holds the character {name}."), _LF),
    "source.no-title": (
        Text("表头之前没有标题。", "There is no title before the header."),
        Text("请在表头前一行写上标题。", "Write the title on the line before the header."),
    ),
    "source.header-unknown": (
        Text("表头是“{found}”，应为“{wanted}”。", "The header is “{found}”, not “{wanted}”."),
        Text("其他版式请用 daye new 读取。", "Use daye new to read a list of another layout."),
    ),
    "source.no-rows": (
        Text("没有任何任务行。", "There are no task rows."),
        Text("请在表头之后给出各行。", "Give the rows after the header."),
    ),
    # One code in three wordings, by what the text does hold.
    "source.no-table/nearest": (
        Text(
            "没有认出任务表或指标表，也没有点名单位或含量化目标的段落。最接近表头的是第 {line} 行“{found}”：认出 {known}，缺 {missing}。",
            "No table of tasks or indicators was found, and no paragraph that names bodies or sets a target. Line {line}, "
            "“{found}”, came nearest to a header: it names {known}; missing: {missing}.",
        ),
        Text(
            "不必改动原文：用 --columns 文件.yaml 写明各栏是什么（如“工作内容: task”），或用 --layout paragraphs 只读段落。",
            "Leave the text as it is: say with --columns FILE.yaml what each column holds (as 工作内容: task), or read the "
            "paragraphs only with --layout paragraphs.",
        ),
    ),
    "source.no-table/nothing": (
        Text(
            "{lines} 行文字、{numbers} 个数中，没有任务表或指标表的表头，没有点名单位的段落，也没有读作目标的数量。最接近的是“{found}”。",
            "Among {lines} lines and {numbers} numbers there is no header of a table of tasks or indicators, no paragraph that "
            "names bodies, and no quantity that reads like a target. “{found}” came nearest.",
        ),
        Text(
            "请确认文件是否完整（表格是否为图片）。如确有目标，用 --goals 写明其所在行号，或用 --columns 写明各栏。",
            "Check that the file is complete (a table may be a picture). If it does set targets, give the numbers of their lines "
            "with --goals, or say with --columns what the columns hold.",
        ),
    ),
    "source.no-table/empty": (
        Text("文件中没有文字，因而没有任务表。", "The file contains no text, and therefore no table of tasks."),
        Text(
            "扫描件须先做文字识别（OCR），存为文本或 Word 文件。",
            "Run text recognition (OCR) on a scan first, and save the result as text or Word.",
        ),
    ),
    "source.bad-columns": (
        Text("栏名对应文件写法不对。", "The file that describes the columns does not have the required form."),
        Text(
            "每行写“栏名: 内容”，内容为 {wanted} 之一。",
            "Write one line 'name: kind' for each column; the kinds are {wanted}.",
        ),
    ),
    "source.pdf-library-missing": (
        Text("读取 PDF 需要 pdfplumber。", "Reading a PDF needs pdfplumber."),
        Text(
            "请运行 pip install daye-analysis[pdf]，或存为文本或 Word 文件。",
            "Run pip install daye-analysis[pdf], or save it as text or Word.",
        ),
    ),
    "source.pdf-too-long": (
        Text("该 PDF 共 {found} 页，超过 {limit} 页。", "The PDF has {found} pages, more than {limit}."),
        Text("请只保留清单所在的页。", "Keep only the pages with the list."),
    ),
    "source.pdf-unreadable": (
        Text("该文件不是可读的 PDF。", "The file is not a readable PDF."),
        Text("请检查文件是否完整、是否加密。", "Check that the file is complete and not encrypted."),
    ),
    "source.pdf-scanned": (
        Text("该 PDF 共 {found} 页，其中没有文字，应为扫描件。", "The PDF's {found} pages hold no text: it is a scan."),
        Text(
            "请先做文字识别（OCR），核对后存为文本或 Word 文件。",
            "Run text recognition (OCR) on it first, check the result, and save it as text or Word.",
        ),
    ),
    "source.xlsx-library-missing": (
        Text("读取 .xlsx 需要 python-calamine。", "Reading .xlsx needs python-calamine."),
        Text("请运行 pip install python-calamine，或另存为 CSV。", "Run pip install python-calamine, or save it as CSV."),
    ),
    "source.xlsx-unreadable": (
        Text("该文件不是可读的 .xlsx。", "The file is not a readable .xlsx."),
        Text("请在电子表格软件中另存为 .xlsx 或 CSV。", "Save it as .xlsx or CSV in a spreadsheet program."),
    ),
    "source.hidden-sheet": (
        Text("该工作表是隐藏的，而其中有内容。", "The sheet is hidden but not empty."),
        Text("请取消隐藏或删去，再另存。", "Unhide or delete it, and save the file again."),
    ),
    "source.table-too-large": (
        Text("表格有 {found} 个单元格，过大。", "The table is too large: {found} cells."),
        Text("不得超过 {limit} 个；请只保留任务清单所在的部分。", "It may have {limit}; keep only the part that holds the list."),
    ),
    "source.xlsx-markup": (
        Text("该单元格有{found}，读出的内容与 Excel 所示不同。", "The cell contains {found}, so the content that is read differs from the content that Excel shows."),
        Text("请取消隐藏或删去，改为普通内容后另存。", "Unhide or delete it, convert it to plain content, and save the file again."),
    ),
    "source.file-not-found": (
        Text("找不到该文件。", "The file was not found."),
        Text("请检查路径。", "Check the path."),
    ),
    "source.not-a-file": (
        Text("这不是普通文件，没有读取。", "This is not a regular file; it was not read."),
        Text("请给出清单的文件本身。", "Give the list's own file."),
    ),
    "source.docx-library-missing": (
        Text("读取 .docx 需要 python-docx。", "Reading .docx needs python-docx."),
        Text("请运行 pip install python-docx。", "Run pip install python-docx."),
    ),
    "source.docx-unreadable": (
        Text("该文件不是可读的 .docx。", "The file is not a readable .docx."),
        Text("请在文字处理软件中另存为 .docx。", "Save it as .docx in a word processor."),
    ),
    "source.docx-markup": (
        Text("第 {at} 段或表格有{found}，读出的文字与 Word 所示不同。", "Paragraph or table {at} contains {found}, so the text that is read differs from the text that Word shows."),
        Text("请在 Word 或 WPS 中接受所有修订（“审阅—接受”），删除内容控件（右键单击），其余改为普通文字，保存后再试。",
             "In Word or WPS, accept all changes (Review, Accept), remove content controls (right-click on them), convert the rest to plain text, save, and try again."),
    ),
    "source.docx-too-large": (
        Text(
            "该文件解压后过大（{found} 字节）。", "The file is too large once unpacked ({found} bytes)."
        ),
        Text("请只保留任务清单所在的部分。", "Keep only the part that holds the task list."),
    ),
    "source.not-text": (
        Text("该文件不是文本。", "The file is not text."),
        Text("请存为 UTF-8 文本，或给出 .docx 文件。", "Save it as UTF-8 text, or give a .docx file."),
    ),
    "source.text-outside-cell": (
        Text("“{found}”不在任何单元格内。", "“{found}” is not in any cell."),
        Text(
            "单元格以制表符开头；单元格内不要留空行。",
            "Begin each cell with a tab, and leave no blank line inside it.",
        ),
    ),
    "source.cells-too-many": (
        Text("该行有 {found} 个单元格，应为 {wanted} 个。", "The row has {found} cells, not {wanted}."),
        _TABS,
    ),
    "source.cells-too-few": (
        Text("该行有 {found} 个单元格，应为 {wanted} 个。", "The row has {found} cells, not {wanted}."),
        _TABS,
    ),
    "source.number-unreadable": (
        Text("序号“{found}”不是数字。", "The number “{found}” is not a number."),
        Text("请写阿拉伯数字，无序号则留空。", "Use Arabic digits, or leave the cell empty."),
    ),
    "source.number-missing": (
        Text("此处序号为 {found}，应为 {wanted}。", "The number here is {found}, not {wanted}."),
        Text("请补上缺行或改正序号。", "Add the missing row or correct the number."),
    ),
    "source.number-out-of-order": (
        Text("此处序号为 {found}，应为 {wanted}。", "The number here is {found}, not {wanted}."),
        Text("请改正序号：逐一递增，不重复。", "Correct the number: each number occurs once, in ascending order."),
    ),
    "source.no-action": (
        Text("第一行不属于任何重点任务。", "The first row belongs to no action."),
        _FILL,
    ),
    "source.action-out-of-order": (
        Text("“{found}”应为第 {wanted} 项重点任务。", "“{found}” should be action {wanted}."),
        Text("请以（一）（二）（三）依次编号。", "Number the actions （一）（二）（三） in order."),
    ),
    "source.task-empty": (Text("该行没有任务内容。", "The row has no task text."), _FILL),
    "source.row-without-lead": (Text("该行没有牵头单位。", "The row has no lead body."), _FILL),
    "source.row-without-responsible": (Text("该行没有责任单位。", "The row has no responsible body."), _FILL),
    "source.unit-empty": (
        Text("“{column}”一栏多了一个分隔符。", "The column {column} has one separator too many."),
        Text("请补上单位或删去分隔符。", "Add the unit or delete the separator."),
    ),
    "source.unit-twice": (
        Text("“{found}”在同一单元格出现两次。", "“{found}” is named twice in one cell."),
        Text("请删去重复的一处。", "Delete one of the two."),
    ),
}


def source_problem(code: str, where: str, **values: object) -> Problem:
    """Return the problem `source.<code>` at `where`, its words filled with `values`."""
    return worded(SOURCE_PROBLEMS, f"source.{code}", where, **values)
