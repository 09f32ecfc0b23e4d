"""Content that could not be printed: how each kind is named, and the list for last page, manifest and log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.documents.document_blocks import (
    Document,
    Formula,
    Link,
    LostPicture,
    Node,
    NotPrinted,
    Picture,
    walk,
)
from daye_analysis.reporting.documents.formulas.parser import is_understood
from daye_analysis.reporting.documents.phrases import DERIVED, PICTURE
from daye_analysis.reporting.documents.problems import DOCUMENT_PROBLEMS

KINDS: Mapping[str, Text] = {
    "script": Text("脚本", "script"),
    "frame": Text("嵌入网页", "embedded page"),
    "object": Text("嵌入对象", "embedded object"),
    "video": Text("视频", "video"),
    "audio": Text("音频", "audio"),
    "canvas": Text("画布", "canvas"),
    "chart": Text("交互图表", "interactive chart"),
    "map": Text("地图", "map"),
    "widget": Text("交互部件", "widget"),
    "pdf": Text("PDF 文件", "PDF file"),
    "data": Text("数据", "data"),
    "svg": Text("矢量图", "drawing"),
    "frames": Text("图片第一帧（页）之后的内容", "frames or pages of a picture after the first"),
    "inside": Text("矢量图中的网页文字", "HTML text inside a drawing"),
    "formula": Text("公式（按原文印出）", "formula, printed as typed"),
    "long formula": Text("过长的公式", "formula, too long"),
    "colour": Text("仅以颜色表示的内容", "meaning that colour alone carries"),
    "rows": Text("表格其余各行", "further rows of a table"),
    "columns": Text("表格其余各列", "further columns of a table"),
    "text": Text("过长文本的其余部分", "rest of a long text"),
    "footnotes": Text("其余脚注", "further footnotes"),
    "headings": Text("其余标题的级别（按段落印出）", "level of further headings, printed as paragraphs"),
    "html": Text("过大的网页内容", "HTML beyond the limit"),
    "address": Text("过长的链接地址", "address of a link, too long"),
    "refused": Text("排版程序不接受的内容", "content that the typesetter refused"),
}  # fmt: skip
MISSING_GLYPH = "pdf.missing-glyph"
MISSING_ALT = "pdf.missing-alt"
_MOST_NAMED = 12
# Typst takes no longer address.
LONGEST_ADDRESS = 8_000


def named(part: NotPrinted, language: Language) -> str:
    """Return what is in the part's place."""
    what = KINDS[part.kind].say(language)
    detail = f"{'：' if language == 'zh' else ': '}{part.detail}" if part.detail else ""
    return Text(f"［未能打印：{what}{detail}］", f"[could not be printed: {what}{detail}]").say(language)


def replacement(part: NotPrinted | LostPicture, language: Language) -> str:
    """Return the words that are in the place of what is not printed."""
    if isinstance(part, NotPrinted):
        return named(part, language)
    return f"[{PICTURE.say(language)}: {part.alt or part.address}]"


def alternative_text(picture: Picture, language: Language) -> str:
    """Return the alternative text of `picture`; text that was not written by a person is marked as such."""
    if picture.alt:
        return picture.alt
    if derived := "; ".join(filter(None, [picture.caption, picture.derived])):
        return DERIVED.say(language).format(derived)
    return PICTURE.say(language)


def gaps(document: Document) -> list[Problem]:
    """Return one problem for everything in `document` that is named in its place because it cannot be printed."""
    found = (
        problem
        for passage in document.passages
        for node in walk(passage.blocks)
        for problem in _gaps(node, passage.where)
    )
    return list(dict.fromkeys(found))


def place(where: str, language: Language) -> str:
    """Return the place that a problem names, in words."""
    cell = re.fullmatch(r"cell (\d+)", where)
    return f"第 {cell[1]} 个单元格" if cell and language == "zh" else where


def _gaps(node: Node, where: str) -> Iterator[Problem]:
    match node:
        case NotPrinted():
            yield _not_printed(node, where)
        case Formula(latex) if not is_understood(latex):
            yield _not_printed(NotPrinted("formula", " ".join(latex.split())[:120]), where)
        case Link(address) if len(address) > LONGEST_ADDRESS:
            yield _not_printed(NotPrinted("address", f"{address[:60]}…"), where)
        case LostPicture(address, alt, reason):
            yield lost_picture(address or alt, reason, where)
        case Picture(alt=alt, caption=caption, derived=derived, frames=frames, unprinted=unprinted):
            if frames > 1:
                yield _not_printed(NotPrinted("frames", f"{alt or caption or derived} (1 / {frames})".strip()), where)
            if unprinted:
                yield _not_printed(NotPrinted("inside", unprinted), where)
            if not alt:
                yield missing_alt(caption or derived, where)


def _not_printed(part: NotPrinted, where: str) -> Problem:
    said = Text(f"：{part.detail}", f": {part.detail}") if part.detail else ""
    return worded(DOCUMENT_PROBLEMS, "pdf.not-printed", where, what=KINDS[part.kind], detail=said)


def lost_picture(name: str, reason: str, where: str) -> Problem:
    """Return the problem of a picture that is not in the notebook (outside), is unreadable or large, or was not set."""
    said = Text(f"「{name}」", f" {name!r}") if name else ""
    return worded(DOCUMENT_PROBLEMS, f"pdf.lost-picture/{reason}", where, name=said)


def lost_words(where: str, words: Sequence[str]) -> Problem:
    """Return the problem of words that the typesetter dropped, such as what runs off the page."""
    named = whole(", ".join(words[:_MOST_NAMED]) + (" …" if len(words) > _MOST_NAMED else ""))
    return worded(DOCUMENT_PROBLEMS, "pdf.lost-words", where, count=len(words), words=named)


def missing_alt(words: str, where: str) -> Problem:
    """Return the problem of a picture without alternative text."""
    said = Text(f"（{words}）", f" ({words})") if words else ""
    return worded(DOCUMENT_PROBLEMS, MISSING_ALT, where, words=said)
