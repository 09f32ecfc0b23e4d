"""Fixed words of a report's frame, in zh and en."""

from __future__ import annotations

from datetime import date

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.reporting.documents.imprint import Imprint

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
AS_OF_LABEL = Text("数据截至", "Data as of")
# The lines of the colophon, by field of the imprint.
IMPRINT_LABELS = {
    "place": Text("地区", "Place"),
    "plan": Text("规划", "Plan"),
    "package": Text("数据包", "Data package"),
    "version": Text("数据包版本", "Version"),
    "licence": Text("许可", "Licence"),
    "cite": Text("引用格式", "Cite as"),
    "address": Text("数据地址", "Address"),
    "run": Text("运行标识", "Run"),
}
CONTENTS = Text("目录", "Contents")
CITED_AT = Text("↑ ", "↑ ")
CITED_ON = Text("见第 |、| 页", "p. |, |")
NOTES = Text("注释", "Notes")

def as_of_line(day: date | None, language: Language) -> str:
    """Return the line that says up to when figures were known; empty without a date."""
    if day is None:
        return ""
    return Text("数据截至 {}", "Data as of {}").say(language).format(date_words(day, language))


def imprint_lines(imprint: Imprint, author: str, as_of: date | None, language: Language) -> tuple[str, ...]:
    """Return the lines below a report's title: the place and its plan, which may name it already, then who, how recent the data are, and which they are.

    The body that answers for the package is in the colophon only; another author is named here.
    """
    by = "" if author == imprint.publisher else author
    run = f"{IMPRINT_LABELS['run'].say(language)}{'：' if language == 'zh' else ': '}{imprint.run[:8]}" if imprint.run else ""
    place = "" if imprint.place in imprint.plan else imprint.place
    parts = ((place, imprint.plan), (by, as_of_line(as_of, language), imprint.version, run))
    joints = ("　", "　|　")
    return tuple(line for joint, each in zip(joints, parts, strict=True) if (line := joint.join(part for part in each if part)))


def running_title(title: str, imprint: Imprint) -> str:
    """Return what the head of every page but the first says: the place and the title, which may name it already."""
    return title if not imprint.place or imprint.place in title else f"{imprint.place}　{title}"
