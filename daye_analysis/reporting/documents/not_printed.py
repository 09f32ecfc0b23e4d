"""What a report could not print: how each kind is named, and the list that last page, manifest and log carry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from daye_analysis.bilingual import Language
from daye_analysis.bilingual import Text as Bilingual
from daye_analysis.errors import Problem
from daye_analysis.reporting.documents.document_blocks import (
    Document,
    Formula,
    LostPicture,
    Node,
    NotPrinted,
    Picture,
    walk,
)
from daye_analysis.reporting.documents.formulas.parser import is_understood
from daye_analysis.reporting.documents.phrases import DERIVED, PICTURE

KINDS: Mapping[str, Bilingual] = {
    "script": Bilingual("脚本", "script"),
    "frame": Bilingual("嵌入网页", "embedded page"),
    "object": Bilingual("嵌入对象", "embedded object"),
    "video": Bilingual("视频", "video"),
    "audio": Bilingual("音频", "audio"),
    "canvas": Bilingual("画布", "canvas"),
    "chart": Bilingual("交互图表", "interactive chart"),
    "map": Bilingual("地图", "map"),
    "widget": Bilingual("交互部件", "widget"),
    "pdf": Bilingual("PDF 文件", "PDF file"),
    "data": Bilingual("数据", "data"),
    "svg": Bilingual("矢量图", "drawing"),
    "formula": Bilingual("公式（按原文印出）", "formula, printed as typed"),
    "colour": Bilingual("仅以颜色表示的内容", "meaning that colour alone carries"),
    "rows": Bilingual("表格其余各行", "further rows of a table"),
    "columns": Bilingual("表格其余各列", "further columns of a table"),
    "text": Bilingual("过长文本的其余部分", "rest of a long text"),
    "html": Bilingual("过大的网页内容", "HTML beyond the limit"),
    "refused": Bilingual("排版程序不接受的内容", "content that the typesetter refused"),
}  # fmt: skip
MISSING_GLYPH = "pdf.missing-glyph"
MISSING_ALT = "pdf.missing-alt"
_MOST_NAMED = 12
_REMEDY = Bilingual("请改用可打印的形式，如静态图片。", "Give a form that can be printed, such as a static picture.")


def named(part: NotPrinted, language: Language) -> str:
    """Return what is in the part's place."""
    what = KINDS[part.kind].say(language)
    detail = f"{'：' if language == 'zh' else ': '}{part.detail}" if part.detail else ""
    return Bilingual(f"［未能打印：{what}{detail}］", f"[could not be printed: {what}{detail}]").say(language)


def replacement(part: NotPrinted | LostPicture, language: Language) -> str:
    """Return the words that are in the place of what is not printed."""
    if isinstance(part, NotPrinted):
        return named(part, language)
    return f"[{PICTURE.say(language)}: {part.alt or part.address}]"


def alternative_text(picture: Picture, language: Language) -> str:
    """Return what is read aloud in place of `picture`; what no one wrote is marked as such."""
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
        if (problem := _gap(node, passage.where))
    )
    return list(dict.fromkeys(found))


def place(where: str, language: Language) -> str:
    """Return the place that a problem names, in words."""
    cell = re.fullmatch(r"cell (\d+)", where)
    return f"第 {cell[1]} 个单元格" if cell and language == "zh" else where


def _gap(node: Node, where: str) -> Problem | None:
    match node:
        case NotPrinted(kind, detail):
            what = KINDS[kind]
            return Problem(
                "pdf.not-printed",
                Bilingual(
                    f"未能打印：{what.zh}{'：' + detail if detail else ''}。",
                    f"Could not be printed: {what.en}{': ' + detail if detail else ''}.",
                ),
                where,
                _REMEDY,
            )
        case Formula(latex) if not is_understood(latex):
            return _gap(NotPrinted("formula", " ".join(latex.split())[:120]), where)
        case LostPicture(address, alt, reason):
            return lost_picture(address or alt, reason, where)
        case Picture(alt="", caption=caption, derived=derived):
            return missing_alt(caption or derived, where)
        case _:
            return None


_LOST: Mapping[str, tuple[Bilingual, Bilingual]] = {
    "outside": (
        Bilingual("图片{}不在笔记本里。", "The picture{} is not inside the notebook."),
        Bilingual("请把图片嵌入笔记本，或将其文件列入元数据 daye.files。", "Embed it, or list its file in the metadata daye.files."),
    ),
    "unreadable": (
        Bilingual("图片{}数据损坏，无法读取。", "The data of the picture{} is damaged or unsafe and cannot be read."),
        Bilingual("请换用完整的图片。", "Give a whole picture."),
    ),
    "large": (
        Bilingual("图片{}超出大小上限。", "The picture{} is beyond the limit of size."),
        Bilingual("请缩小图片，或提高上限。", "Make it smaller, or raise the limit."),
    ),
}  # fmt: skip


def lost_picture(name: str, reason: str, where: str) -> Problem:
    """Return the problem of a picture that is not in the notebook, cannot be read or is too large."""
    what, remedy = _LOST[reason]
    said = Bilingual(what.zh.format(f"「{name}」" if name else ""), what.en.format(f" {name!r}" if name else ""))
    return Problem("pdf.lost-picture", said, where, remedy)


def lost_words(where: str, words: Sequence[str]) -> Problem:
    """Return the problem of words that the typesetter dropped, such as what runs off the page."""
    shown = ", ".join(words[:_MOST_NAMED]) + (" …" if len(words) > _MOST_NAMED else "")
    return Problem(
        "pdf.lost-words",
        Bilingual(f"{len(words)} 处文字不在 PDF 中：{shown}。", f"{len(words)} words are missing in the PDF: {shown}."),
        where,
        Bilingual("请缩短或拆分该内容。", "Shorten or split that content."),
    )


def picture_not_set(alt: str, where: str) -> Problem:
    """Return the problem of a picture that the document has and the PDF has not."""
    return Problem(
        "pdf.lost-picture",
        Bilingual(f"图片「{alt}」不在 PDF 中。", f"The picture {alt!r} is missing in the PDF."),
        where,
        Bilingual("请换用别的图片格式。", "Give the picture in another format."),
    )


def missing_alt(words: str, where: str) -> Problem:
    """Return the problem of a picture that no one described."""
    return Problem(
        MISSING_ALT,
        Bilingual(
            f"图片没有替代文字{f'（{words}）' if words else ''}。",
            f"A picture has no alternative text{f' ({words})' if words else ''}.",
        ),
        where,
        Bilingual(
            "请用 display(图, metadata={'alt': ...}) 说出图上说了什么；未写时采用图中文字。",
            "Say what it says by display(figure, metadata={'alt': ...}); until then its own words are used.",
        ),
    )
