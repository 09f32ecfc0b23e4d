"""Problems of exports by code: what is wrong and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

EXPORT_PROBLEMS: Words = {
    "export.extra-missing": (
        Text("导出需要 {module}，尚未安装。", "Exporting needs {module}, which is not installed."),
        Text('请运行 pip install "daye-analysis[export]"。', 'Run pip install "daye-analysis[export]".'),
    ),
    "export.folder-not-ours": (
        Text(
            "目标文件夹里的“{found}”不是本命令以前写出的，或写出后被改动；本命令会替换整个文件夹。",
            "The folder contains '{found}', which this command did not write or which was changed since; this command replaces the whole folder.",
        ),
        Text("请给出一个新文件夹，或本命令以前写出的文件夹。", "Give a new folder, or a folder that this command wrote earlier."),
    ),
    "export.not-a-folder": (
        Text("“{found}”不是文件夹。", "'{found}' is not a folder."),
        Text("请给出文件夹的路径。", "Give the path of a folder."),
    ),
    "export.not-writable": (
        Text("无法写入：{found}。", "Cannot be written: {found}."),
        Text(
            "请检查权限和剩余空间；原有内容未改动。",
            "Check permissions and free disk space; existing files are unchanged.",
        ),
    ),
    "export.exports-differ": (
        Text(
            "表 {table} 的 {what} 在 {format} 中为 {found}，在 CSV 中为 {expected}。",
            "{what} of table {table} is {found} in {format} and {expected} in the CSV.",
        ),
        Text(
            "未发布任何内容。请运行 daye validate；仍不一致则是程序的错误，请报告。",
            "Nothing was published. Run `daye validate`; if they still differ, this is a bug: please report it.",
        ),
    ),
    "export.too-many-rows": (
        Text(
            "表 {table} 有 {found} 行，一张工作表最多容纳 {limit} 行。",
            "Table {table} has {found} rows; a sheet holds {limit}.",
        ),
        Text("请将数据包拆分。", "Split the package."),
    ),
    "export.text-too-long": (
        Text(
            "表 {table} 有一个 {found} 字的文本，一个单元格最多容纳 {limit} 字。",
            "Table {table} has a text of {found} characters; a spreadsheet cell holds {limit}.",
        ),
        Text("请缩短该文本。", "Shorten the text."),
    ),
    "export.broken-reference": (
        Text(
            "表 {table} 有 {count} 行引用了 {reference} 中没有的行。",
            "{count} rows of {table} refer to rows that are not in {reference}.",
        ),
        Text("请运行 daye validate 并改正。", "Run `daye validate` and correct them."),
    ),
    "export.row-refused": (
        Text("SQLite 拒绝了表 {table} 的行：{found}。", "SQLite refused rows of table {table}: {found}."),
        Text("请运行 daye validate 并改正。", "Run `daye validate` and correct them."),
    ),
}
