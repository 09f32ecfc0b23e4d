"""The data dictionary in Markdown: every table, field, key and code, in one language."""

from __future__ import annotations

from collections.abc import Iterable

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.definition import (
    CODE_LISTS,
    GENERATED_TABLES,
    TABLES,
    TIDY_TABLES,
    CodeList,
    Field,
    Metadata,
    Table,
)
from daye_analysis.package.describe.vocabulary import term_address

_FIELD_HEADINGS = (
    Text("字段", "Field"),
    Text("名称", "Title"),
    Text("类型", "Type"),
    Text("必填", "Required"),
    Text("说明", "Description"),
    Text("示例", "Example"),
    Text("取值", "Values"),
    Text("对应词汇", "Vocabulary"),
)
_CODE_HEADINGS = (Text("代码", "Code"), Text("标签", "Label"), Text("含义", "Meaning"))
_TYPES = {
    "string": Text("文本", "string"),
    "integer": Text("整数", "integer"),
    "number": Text("数", "number"),
    "boolean": Text("真假", "boolean"),
    "date": Text("日期", "date"),
}
_YES = Text("是", "yes")
_NO = Text("否", "no")
_INTRODUCTION = Text(
    "由表的定义生成，请勿手改。文件为 UTF-8 的 CSV；空单元格表示没有；日期写作 年-月-日；真假写作 true、false。",
    "Generated from the definition of the tables; do not edit. Files are CSV in UTF-8; an empty cell means that there is "
    "nothing; dates are year-month-day; booleans are true and false.",
)
_COMPILED = Text("版本 {version}，编制日 {day}。", "Version {version}, compiled on {day}.")
_PRIMARY = Text("主键", "Primary key")
_UNIQUE = Text("不重复", "Unique")
_FOREIGN = Text("引用", "References")
_LICENCE = Text("许可", "Licence")
_LICENCES = {
    "compilation": Text("CC-BY-4.0", "CC-BY-4.0"),
    "official_wording": Text(
        "标识和翻译 CC-BY-4.0；官方原文为公有领域",
        "CC-BY-4.0 for identifiers and translations; official wording: public domain",
    ),
}
_GENERATED_TITLE = Text("派生表", "Generated tables")
_GENERATED = Text(
    "由程序从上列各表得出，不在数据包的 data/ 中：evidence 随导出给出，assessments 与 figures_wanted 随报告给出，summary 随批量运行给出；"
    "每个 CSV 文件旁有同名的 .schema.json。",
    "The library makes them from the tables above; they are not in the package's data/: evidence comes with an export, assessments and "
    "figures_wanted beside a report, summary with a sweep. Beside each CSV there is a .schema.json of the same name.",
)
_TIDY_TITLE = Text("供分析的表", "Tables for analysis")
_TIDY = Text(
    "在 Python 中由 `view = daye_analysis.load().as_of(…)` 的同名方法给出，用词随所选语言。",
    "In Python, the methods of `view = daye_analysis.load().as_of(…)` of the same names return them, with words in the language chosen.",
)
_CODES_TITLE = Text("代码表", "Code lists")


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def _rows(rows: Iterable[Iterable[str]]) -> list[str]:
    """Return Markdown table rows; the first is the heading."""
    lines = ["| " + " | ".join(_cell(text) for text in row) + " |" for row in rows]
    columns = lines[0].count(" | ") + 1
    return [lines[0], "|" + " --- |" * columns, *lines[1:]]


def _values(field: Field) -> str:
    if field.codes:
        return f"[{field.codes.name}](#{field.codes.name})"
    if field.pattern:
        return f"`{field.pattern}`"
    return f"≥ {field.minimum:g}" if field.minimum is not None else ""


def _field_row(field: Field, language: Language) -> tuple[str, ...]:
    return (
        f"`{field.name}`",
        field.title.say(language),
        _TYPES[field.type].say(language),
        (_YES if field.required else _NO).say(language),
        field.description.say(language),
        f"`{field.example}`",
        _values(field),
        f"[{field.term}]({term_address(field.term)})" if field.term else "",
    )


def _key(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(table: Table, language: Language) -> list[str]:
    colon = Text("：", ": ").say(language)
    lines = [f"{'##' if table in TABLES else '###'} {table.name}", "", f"**{table.title.say(language)}** {table.description.say(language)}", ""]
    if table in TABLES:
        lines.append(f"- `{table.path}`")
    if table.primary_key:
        lines.append(f"- {_PRIMARY.say(language)}{colon}{_key(table.primary_key)}")
    lines += [f"- {_UNIQUE.say(language)}{colon}{_key(key)}" for key in table.unique_keys]
    for key in table.foreign_keys:
        target = f"[{key.reference}](#{key.reference}) {_key(key.reference_fields)}"
        lines.append(f"- {_FOREIGN.say(language)}{colon}{_key(key.fields)} → {target}")
    lines += [f"- {_LICENCE.say(language)}{colon}{_LICENCES[table.licence].say(language)}", ""]
    heading = tuple(text.say(language) for text in _FIELD_HEADINGS)
    rows = [heading, *(_field_row(field, language) for field in table.fields)]
    if table in TIDY_TABLES:  # each is there, though perhaps empty, and has no file that an example could be in
        rows = [(row[0], row[1], row[2], row[4], row[6]) for row in rows]
    return [*lines, *_rows(rows), ""]


def _code_list(codes: CodeList, language: Language) -> list[str]:
    heading = tuple(text.say(language) for text in _CODE_HEADINGS)
    rows = [(f"`{code.value}`", code.label.say(language), code.meaning.say(language)) for code in codes.codes]
    return [f"### {codes.name}", "", *_rows([heading, *rows]), ""]


def dictionary(metadata: Metadata, language: Language) -> str:
    """Return the data dictionary of the package in `language`."""
    compiled = _COMPILED.say(language).format(version=metadata.version, day=metadata.compiled_on)
    lines = [f"# {metadata.title.say(language)}", "", metadata.description.say(language), "", compiled, ""]
    lines += [_INTRODUCTION.say(language), ""]
    summary = [
        (f"[{table.name}](#{table.name})", table.title.say(language), table.description.say(language))
        for table in TABLES
    ]
    headings = (Text("表", "Table"), Text("名称", "Title"), Text("内容", "Content"))
    lines += [*_rows([tuple(text.say(language) for text in headings), *summary]), ""]
    for table in TABLES:
        lines += _table(table, language)
    for title, text, tables in ((_GENERATED_TITLE, _GENERATED, GENERATED_TABLES), (_TIDY_TITLE, _TIDY, TIDY_TABLES)):
        lines += [f"## {title.say(language)}", "", text.say(language), ""]
        for table in tables:
            lines += _table(table, language)
    lines += [f"## {_CODES_TITLE.say(language)}", ""]
    named = {field.codes.name: field.codes for table in (*GENERATED_TABLES, *TIDY_TABLES) for field in table.fields if field.codes}
    own = {codes.name for codes in CODE_LISTS}
    for codes in (*CODE_LISTS, *(each for name, each in named.items() if name not in own)):
        lines += _code_list(codes, language)
    return "\n".join(lines).rstrip("\n") + "\n"
