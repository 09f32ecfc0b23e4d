"""Texts of the data request: letter, headings, and problems of a reply."""

from __future__ import annotations

from typing import Final

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

TITLE: Final = Text("关于商请提供目标数据的函", "Request for figures on the plan's targets")
SALUTATION: Final = Text("{unit}：", "To: {unit}")
# The body that a letter goes to, and why: where the list names no lead body, whoever may hold the figures is asked.
NOBODY: Final = Text("各有关单位", "whoever may hold these figures")
LED: Final = Text("贵单位牵头", "which your organisation leads")
LED_BY_NOBODY: Final = Text("未列牵头单位", "for which the plan names no lead body")
LETTER: Final = (
    Text(
        "为便于社会各界了解《{plan}》各项目标的进展，我们整理了截至{day}能够查到的公开数据及其出处。经检索，{led_zh}的下列"
        "目标在所列时期，在可查阅范围内未见同口径的公开数据。未见公开数据不等于没有完成，也可能因检索范围有限。",
        "To make the progress of the plan's targets transparent to the public, we have compiled the published figures that "
        "could be found by {day_en}, each with its source. For the targets below, {led_en}, no "
        "comparable figures for the periods listed were found in the sources that could be read. This does not mean that "
        "the targets were missed; our search is limited.",
    ),
    Text(
        "恳请贵单位在工作方便时，在下表浅黄色各栏填写数值、公开日期、文件名称和网页地址。已经公开的，请一并填写出处；口径与"
        "目标原文不同、不宜公开或尚无统计的，请在备注中说明，数值留空。",
        "We would be grateful if you could complete the yellow columns: value, date of publication, document and web "
        "address. If a figure is already public, please give its source. If its scope differs from the official wording, "
        "or no figure can be published, please leave the value empty and explain in the note.",
    ),
    Text(
        "数值只填数字，计量单位以表中所列为准（例如 17%，填 17）；日期如 2026-03-01；文件名称请写全称；网页地址可以是公布"
        "数据的页面，也可以是贵单位网站的联系页面。“编号”一栏供回收时识别，请勿改动。",
        "Please enter values as numbers only, in the unit given in the row (17 for 17%), dates in the form 2026-03-01, and "
        "documents by their full titles; the address may be the page with the figure or your website's contact page. "
        "Please do not change the column “key”: it identifies the row when the reply is imported.",
    ),
)
# Who publishes a figure that was asked of nobody; the person who imports the reply enters who it was.
UNNAMED_PUBLISHER: Final = "答复单位未注明"
CLOSING: Final = Text("此函，请予支持为盼。", "With thanks for your support.")
SHEET: Final = "数据需求"
PERIOD: Final = {
    "day": Text("{year}年末", "end of {year}"),
    "year": Text("{year}年全年", "the year {year}"),
    "since_start": Text("{first}年初至{year}年末累计", "sum from {first} to {year}"),
}

# The heading of each column, by the key under which a reply is read back, and its width in characters.
COLUMNS: Final[dict[str, tuple[Text, int]]] = {
    "key": (Text("编号", "key"), 12),
    "target": (Text("目标", "target"), 22),
    "wording": (Text("官方原文", "official wording"), 26),
    "asked": (Text("目标值", "asked"), 12),
    "scope": (Text("范围与口径", "scope"), 40),
    "period": (Text("时期", "period"), 16),
    "unit": (Text("计量单位", "unit"), 12),
    "value": (Text("数值", "value"), 12),
    "date": (Text("公开日期", "date"), 12),
    "document": (Text("文件名称", "document"), 22),
    "page": (Text("网页或联系页面", "page"), 22),
    "note": (Text("备注", "note"), 18),
}
FILLED_IN: Final = ("value", "date", "document", "page", "note")


def heading(column: str) -> str:
    """Return the heading of `column`, Chinese above English."""
    return "\n".join(COLUMNS[column][0])


REQUEST_PROBLEMS: Words = {
    "request.nothing-missing": (
        Text("没有需要索取的数据。", "There are no figures to request."),
        Text("所列目标在各时期都有同口径的公开数据。", "Every target has a comparable figure for every period."),
    ),
    "request.folder-not-empty": (
        Text("文件夹里已有“{found}”，可能是填好的回复。", "The folder contains '{found}', which may be a completed reply."),
        Text("请给出一个新文件夹。", "Give a new folder."),
    ),
    "request.not-readable": (
        Text("无法作为 .xlsx 或 .docx 读取：{found}。", "It cannot be read as .xlsx or .docx: {found}."),
        Text("请给出填好的数据需求文件；旧格式请先另存为 .xlsx 或 .docx。",
             "Give the completed request; save older formats as .xlsx or .docx first."),
    ),
    "request.too-big": (
        Text("解压后超过 {limit} 字节。", "It unpacks to more than {limit} bytes."),
        Text("数据需求文件很小；请检查是否给错了文件。", "A data request is a small file; check whether this is the right one."),
    ),
    "request.no-table": (
        Text("没有找到带“编号 key”等标题的表。", "No table with the headings 'key', 'value' and so on was found."),
        Text("请使用原表，不要改动标题行。", "Use the original table with its heading row unchanged."),
    ),
    "request.markup": (
        Text("该单元格有{found}，读出的内容与所示不同。", "The cell contains {found}, so the text that is read differs from the text that is shown."),
        Text("请接受全部修订、改为普通文字后重新发送。", "Accept all changes, convert the cell to plain text, and send the file again."),
    ),
    "request.hidden-sheet": (
        Text("该工作表被隐藏。", "The sheet is hidden."),
        Text("请取消隐藏或删除该工作表后重新发送。", "Unhide or delete the sheet, and send the file again."),
    ),
    "request.chart-sheet": (
        Text("该工作表是图表或对话框，没有单元格。", "The sheet is a chart or a dialog, without cells."),
        Text("请删除该工作表后重新发送。", "Delete the sheet, and send the file again."),
    ),
    "request.hidden-cell": (
        Text("该单元格已填写，但所在的行或列被隐藏。", "The cell is filled in, but its row or column is hidden."),
        Text("请取消隐藏或清空该单元格后重新发送。", "Unhide the row and column or clear the cell, and send the file again."),
    ),
    "request.merged-value": (
        Text("数值 {found} 的单元格与其他行合并，无法断定属于哪一行。",
             "The cell with the value {found} is merged with other rows, so which row it belongs to cannot be determined."),
        Text("请拆分单元格，每行分别填写。", "Split the cell, and fill in each row by itself."),
    ),
    "request.row-cells": (
        Text("该行有 {found} 格，标题行有 {wanted} 格，内容属于哪一栏无法断定。",
             "The row has {found} cells and the heading row has {wanted}, so which columns the entries belong to cannot be determined."),
        Text("请使用原表，不要删除或合并单元格；表格之后的其他表格请移到该表之前。",
             "Use the original table without deleting cells; move other tables to above it."),
    ),
    "request.outside-form": (
        Text("“{found}”不在表内任何一栏之下。", "'{found}' is not in any column of the form."),
        Text("请填入相应的栏；需要说明的写入备注。", "Enter it in the column where it belongs; explanations go into the note."),
    ),
    "request.too-many-cells": (
        Text("表格有 {rows} 行、{columns} 列，上限为 {most_rows} 行、{most_columns} 列。",
             "A table has {rows} rows and {columns} columns; the limit is {most_rows} rows and {most_columns} columns."),
        Text("请清除表格之外误填的单元格，或使用原表。", "Clear stray cells beyond the table, or use the original table."),
    ),
    "request.nothing-filled-in": (
        Text("没有填写任何数值。", "No value was filled in."),
        Text("请在“数值”栏填写后再导入。", "Fill in the column 'value', then import again."),
    ),
    "request.unknown-key": (
        Text("编号“{found}”不在本数据包的需求之中。", "The key '{found}' does not belong to a figure requested by this package."),
        Text("请恢复原编号，或导入发出该需求的数据包。", "Restore the key, or import the reply into the package from which it was requested."),
    ),
    "request.key-twice": (
        Text("编号“{found}”出现两次。", "The key '{found}' is given twice."),
        Text("请只保留一行。", "Keep one of the rows."),
    ),
    "request.bad-value": (
        Text("“{found}”不是以{unit}计的数字。", "'{found}' is not a number in {unit}."),
        Text("请填以{unit}计的数字，如 450 或 17.5；可带该单位，不用千分号。",
             "Write a number in {unit}, such as 450 or 17.5, without thousands separator; the unit may follow it."),
    ),
    "request.percent-cell": (
        Text("单元格为百分比格式，存的是 {found}，无法断定是百分之几。",
             "The cell is formatted as a percentage and contains {found}; which number is meant cannot be determined."),
        Text("请把单元格改为文本或常规格式，17% 填 17。", "Format the cell as text or general, and write 17 for 17%."),
    ),
    "request.given-changed": (
        Text("该栏原为“{wanted}”，已改为“{found}”。", "The cell was '{wanted}' and has been changed to '{found}'."),
        Text("请恢复原文，按所列时期和计量单位填写数值。", "Restore it, and give the value for that period and in that unit."),
    ),
    "request.value-missing": (
        Text("填写了出处，但没有数值。", "A source is given without a value."),
        Text("请填写数值；没有数值时只填备注。", "Fill in the value, or give only a note."),
    ),
    "request.note-with-value": (
        Text("既填了数值，又填了备注“{found}”。", "There is both a value and a note, '{found}'."),
        Text("口径不同的，请把数值留空；口径与所列一致的，请删去备注。",
             "If the scope differs from the one stated, leave the value empty; if it is the same, clear the note."),
    ),
    "request.negative": (
        Text("{found} 小于零，而该数不会为负。", "{found} is below zero, but this figure cannot be negative."),
        Text("请核对数值。", "Check the value."),
    ),
    "request.above-hundred": (
        Text("占比 {found} 超过 100。", "The share {found} is above 100."),
        Text("请核对数值；17% 填 17。", "Check the value; write 17 for 17%."),
    ),
    "request.fractional": (
        Text("{found} 不是整数个。", "{found} is not a whole number, but the unit is counted in whole numbers."),
        Text("请核对数值和计量单位。", "Check the value and its unit."),
    ),
    "request.running-total-falls": (
        Text("累计数 {found} 小于截至 {end} 的 {earlier}。",
             "The running total {found} is less than the total up to {end}, {earlier}."),
        Text("请核对两数，填自起点以来的累计。", "Check both; each is the total since the start."),
    ),
    "request.bad-date": (
        Text("“{found}”不是日期。", "'{found}' is not a date."),
        Text("请写 2026-03-01 这样的日期；只知月份的写 2026年3月。", "Write it as 2026-03-01, or as 2026年3月 if only the month is known."),
    ),
    "request.date-before-end": (
        Text("公开日期 {found} 早于期末 {end}。", "Published on {found}, before the period ended on {end}."),
        Text("请核对日期；预计数不是实绩。", "Check the date: a forecast is not an outturn."),
    ),
    "request.date-after-today": (
        Text("公开日期 {found} 晚于今天。", "The day of publication, {found}, is after today."),
        Text("请核对日期。", "Check the date."),
    ),
    "request.document-missing": (
        Text("没有文件名称。", "The document is not named."),
        Text("请填写公布或提供数值的文件全称。", "Name the document that contains the figure."),
    ),
    "request.bad-text": (
        Text("“{found}”以 = + - @ 等符号开头，或含有不可见字符。",
             "'{found}' begins with = + - @ or a similar character, or contains invisible characters."),
        Text("请删去这些字符。", "Remove them."),
    ),
    "request.bad-page": (
        Text("“{found}”不是网页地址。", "'{found}' is not a web address."),
        Text("请填写以 http:// 或 https:// 开头、只含 ASCII 字符的地址（可从浏览器地址栏复制），或留空。",
             "Give an address that begins with http:// or https://, in ASCII characters (as copied from a browser), or none."),
    ),
    "request.already-there": (
        Text("同一来源的同一数值已有观测 {found}。", "Observation {found} is already the same figure from the same source."),
        Text("这份回复可能已经导入过。", "The reply may have been imported before."),
    ),
}  # fmt: skip
