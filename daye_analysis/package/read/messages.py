"""Problems of CSV files by code: what is wrong and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

_SAVE = Text(
    "请存为无 BOM 的 UTF-8，换行用 LF；可运行 daye build --normalise。",
    "Save it as UTF-8 without BOM and with LF line ends, or run `daye build --normalise`.",
)
_QUOTES = Text(
    "含逗号、引号或换行的单元格整格加双引号，其中的双引号写两个；此行之后的内容没有检查。",
    "Enclose a cell that holds a comma, quote or line end in double quotes and write inner ones twice; "
    "what follows was not checked.",
)

CSV_PROBLEMS: Words = {
    "csv.bom": (Text("文件以 BOM 开头。", "The file begins with a byte order mark (BOM)."), _SAVE),
    "csv.not-utf8": (
        Text(
            "该行不是有效的 UTF-8；其后的内容未检查。", "This row is not valid UTF-8; the rest of the file was not checked."
        ),
        _SAVE,
    ),
    "csv.nul": (
        Text(
            "该行有 NUL 字符；其后的内容未检查。", "This row contains a NUL character; the rest of the file was not checked."
        ),
        _SAVE,
    ),
    "csv.carriage-return": (
        Text(
            "文件有 {found} 处以 CR LF 换行，首处在此。",
            "{found} lines end in CR LF, the first of them here.",
        ),
        _SAVE,
    ),
    "csv.header": (
        Text("第 {place} 列为“{found}”，应为“{wanted}”。", "Column {place} is '{found}', not '{wanted}'."),
        Text(
            "请按定义的次序给出全部列；该表没有检查。",
            "Give all columns in the defined order; the table was not checked.",
        ),
    ),
    "csv.too-many-columns": (
        Text("第一行超过 {limit} 列。", "The first row has more than {limit} columns."),
        Text("请按定义给出各列；该表没有检查。", "Give the columns as defined; the table was not checked."),
    ),
    "csv.ragged-row": (
        Text("该行有 {found} 格，应为 {wanted} 格。", "The row has {found} cells, not {wanted}."),
        Text("含逗号的文字须加引号；不要留空行。", "Put a text that contains a comma in double quotes; do not leave a row blank."),
    ),
    "csv.more-ragged-rows": (
        Text(
            "还有 {found} 行格数不对，没有逐一列出。",
            "{found} more rows have too many or too few cells; they are not listed.",
        ),
        Text("请先改正已列出的行。", "Correct the rows listed first."),
    ),
    "csv.quote": (
        Text("该行引号的位置不对。", "A quotation mark is not allowed here."),
        _QUOTES,
    ),
    "csv.unclosed-quote": (
        Text("自该行起的引号没有结束。", "A quotation mark opened in this row is never closed."),
        _QUOTES,
    ),
    "csv.no-final-newline": (
        Text(
            "文件没有以换行结束，可能被截断。", "The last line has no line end; the file may be truncated."
        ),
        Text("请确认最后一行是否完整，再补上换行；可运行 daye build --normalise。",
             "Check that the last row is complete, then add a line end, or run `daye build --normalise`."),
    ),
}
