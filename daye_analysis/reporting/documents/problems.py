"""Problems of printing a notebook, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

DOCUMENT_PROBLEMS: Words = {
    "fonts.none": (
        Text("文件夹中没有字体文件。", "The folder holds no font file."),
        Text("请给出含 .ttf、.otf 或 .ttc 文件的文件夹。", "Give a folder with .ttf, .otf or .ttc files."),
    ),
    "fonts.unreadable": (
        Text("无法读取该字体文件。", "The font file cannot be read."),
        Text("请将其移出字体文件夹。", "Remove it from the folder of fonts."),
    ),
    "pdf.forked": (
        Text("本进程由已用过 Typst 的进程分叉而来，再次排版将无响应。", "This process was forked after Typst had been used, so Typst would hang."),
        Text("请先分叉，再排版。", "Fork before creating the first PDF."),
    ),
    "pdf.heading-jump": (
        Text("标题「{title}」跳过了 {skipped} 级。", "The heading '{title}' skips {skipped} level(s)."),
        Text("请去掉相应个数的 #。", "Remove that many # signs."),
    ),
    "pdf.limit": (
        Text("「{entry}」不能设定上限。", "'{entry}' sets no limit."),
        Text("请在 daye.limits 中写大于 0 的整数；可写的有：{names}。", "Give a whole number above 0 in daye.limits; there are: {names}."),
    ),
    "pdf.lost-picture/large": (
        Text("图片{name}超出大小上限。", "The picture{name} exceeds the size limit."),
        Text("请缩小图片，或在元数据 daye.limits 中提高上限。", "Make it smaller, or raise the limit in the metadata daye.limits."),
    ),
    "pdf.lost-picture/not-set": (
        Text("图片{name}不在 PDF 中。", "The picture{name} is missing from the PDF."),
        Text("请换用别的图片格式。", "Provide the picture in another format."),
    ),
    "pdf.lost-picture/outside": (
        Text("图片{name}不在笔记本里。", "The picture{name} is not inside the notebook."),
        Text("请把图片嵌入笔记本，或将其文件列入元数据 daye.files。", "Embed it, or list its file in the metadata daye.files."),
    ),
    "pdf.lost-picture/unreadable": (
        Text("图片{name}数据损坏，无法读取。", "The data of the picture{name} is damaged or unsafe and cannot be read."),
        Text("请换用完整的图片。", "Provide an intact picture."),
    ),
    "pdf.lost-words": (
        Text("{count} 处文字不在 PDF 中：{words}。", "{count} words are missing from the PDF: {words}."),
        Text("请缩短或拆分该内容。", "Shorten or split that content."),
    ),
    "pdf.missing-alt": (
        Text("图片没有替代文字{words}。", "A picture has no alternative text{words}."),
        Text("请用 display(图, metadata={{'alt': ...}}) 说明图的内容；未写明的，采用图中文字。",
             "Describe it with display(figure, metadata={{'alt': ...}}); until then the text inside the picture is used."),
    ),
    "pdf.missing-glyph/named": (
        Text("现有字体没有这些字符：{characters}。已在方括号中印出其名称。",
             "The fonts lack these characters: {characters}. Their names are printed in brackets."),
        Text("请换用别的字，或用 --fonts 给出含有它们的字体文件夹。",
             "Use other characters, or name a folder of fonts that contain them with --fonts."),
    ),
    "pdf.missing-glyph/refused": (
        Text("现有字体没有这些字符：{characters}。", "The fonts lack these characters: {characters}."),
        Text("请换用别的字，或用 --fonts 给出含有它们的字体文件夹。",
             "Use other characters, or name a folder of fonts that contain them with --fonts."),
    ),
    "pdf.not-printed": (
        Text("未能打印：{what}{detail}。", "Could not be printed: {what}{detail}."),
        Text("请改用可打印的形式，如静态图片。", "Use a form that can be printed, such as a static picture."),
    ),
    "pdf.not-set": (
        Text("排版程序不接受这份报告：{said}。", "Typst refused the report: {said}."),
        Text("请检查图片和公式。", "Check its pictures and formulas."),
    ),
}  # fmt: skip
