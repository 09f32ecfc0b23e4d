"""The few words that a report's frame is made of, in zh and en."""

from __future__ import annotations

from datetime import date

from daye_analysis.bilingual import Language, Text, date_words

NOT_OFFICIAL = Text(
    "依据公开资料由程序生成，不是公文。", "Made by program from published figures; not an official document."
)
PAGE = Text("第 | 页 共 | 页", "Page | of |")
CONTINUED = Text("（续）", " (continued)")
NO_ROWS = Text("无数据行", "No rows")
DERIVED = Text("由程序据图中文字生成：{}", "Taken by program from the picture's own words: {}")
PICTURE = Text("图", "Picture")
PRINTOUT_HEADINGS = {
    "result": Text("", ""),
    "printed": Text("", ""),
    "warning": Text("程序警告", "Warnings"),
    "error": Text("程序出错", "Error"),
}
SKIP = Text("跳到正文", "Skip to content")
NOTES = Text("注释", "Notes")

def as_of_line(day: date | None, language: Language) -> str:
    """Return the line that says up to when figures were known; empty without a date."""
    if day is None:
        return ""
    return Text("数据截至 {}", "Data as of {}").say(language).format(date_words(day, language))
