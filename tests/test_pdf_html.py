"""The HTML page beside the PDF: self-contained, nothing runs, nothing is loaded, and it says the same."""

from __future__ import annotations

import base64
from html.parser import HTMLParser
from typing import Any

import pytest
from pdf_help import SVG, make, notebook, options, shown

from daye_analysis.errors import CheckFailed
from daye_analysis.reporting.documents import render_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<iframe src='https://evil.example/'></iframe>",
    "</script><script>alert(1)</script>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example/><input type=submit></form>",
    '"><script>alert(1)</script>',
    "<object data='https://evil.example/'></object>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "[x](javascript:alert(1)) [y](data:text/html,x) ![z](https://evil.example/z.png)",
    r"$\href{javascript:alert(1)}{x}$",
    "<div style=\"background:url('https://evil.example/')\" onclick='x()'>y</div>",
]


class Page(HTMLParser):
    """Collects elements and the words of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def assert_harmless(page: Page) -> None:
    for tag, attributes in page.elements:
        assert tag not in {"script", "iframe", "object", "embed", "link", "form", "base", "svg"}
        assert not any(
            name.startswith("on") or (name == "style" and "url" in (value or ""))
            for name, value in attributes.items()
        )
        assert (attributes.get("src") or "data:image/").startswith("data:image/")
        assert (attributes.get("href") or "#").startswith(("#", "https://", "http://", "mailto:"))


@pytest.mark.parametrize("text", HOSTILE)
def test_cases_15_and_16_hostile_text_does_nothing_wherever_it_stands(text: str) -> None:
    """Cases 15 and 16."""
    cells = [
        "# 题",
        f"前 {text} 后",
        text,
        {"text/html": text},
        {"text/html": f"<table><tr><td>{text}</td></tr></table>"},
        {"text/markdown": text},
        make.new_code_cell(text, outputs=[make.new_output("stream", text=text)]),
        shown({"image/svg+xml": SVG.format("图")}, alt=text, caption=text),
    ]
    given = options(
        strict=False,
        title=text,
        author=text,
        footer=text,
        parameters={text: text},
        sources=(text,),
        show_code=True,
    )
    page = Page(render_html(notebook(*cells), given))
    assert_harmless(page)
    assert text in page.words


def test_pictures_stand_where_no_script_can_run_and_name_no_outside() -> None:
    hostile = SVG.format("图").replace(
        "</svg>",
        '<script>alert(1)</script><image href="https://evil.example/x.png"/><a onclick="x()"><rect style="fill:url(//evil.example/)"/>'
        "</a><foreignObject/><style>@import url(https://evil.example/)</style></svg>",
    )
    page = Page(render_html(notebook("# 题", shown({"image/svg+xml": hostile}, alt="甲")), options()))
    ((_, image),) = [element for element in page.elements if element[0] == "img"]
    kept = base64.b64decode((image["src"] or "").partition("base64,")[2]).decode()
    assert image["alt"] == "甲"
    assert "图" in kept
    assert not any(word in kept for word in ("script", "evil", "onclick", "foreignObject", "@import"))


@pytest.mark.parametrize(
    "svg", ["<svg", "<html xmlns='http://www.w3.org/1999/xhtml'/>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>']
)
def test_a_picture_that_is_none_is_an_error_in_strict_mode(svg: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        render_html(notebook("# 题", shown({"image/svg+xml": svg}, alt="甲")), options())
    assert [problem.code for problem in caught.value.problems] == ["pdf.lost-picture"]


def test_page_has_language_title_skip_link_captions_and_scopes() -> None:
    table = "<table><thead><tr><th>甲<th>乙</thead><tr><th>一<td>2</table>"
    cells: list[Any] = [
        "# 大题",
        "## 小题\n\n文[^1] $x^2$\n\n[^1]: 注",
        shown({"text/html": table}, caption="表题"),
    ]
    source = render_html(notebook(*cells), options(author="作者", parameters={"a": None}))
    page = Page(source)
    assert ("html", {"lang": "zh-CN"}) in page.elements
    assert "<title>大题</title>" in source
    assert source.count("<h1>") == 1
    assert '<h2 id="section-1">一、小题</h2>' in source
    assert '<a class="skip" href="#content">' in source
    assert "<caption><strong>表 1</strong>　表题</caption>" in source
    assert '<th scope="col">甲</th><th class="right" scope="col">乙</th>' in source
    assert '<th scope="row">一</th><td class="right">2</td>' in source
    assert '<math alttext="x^2">' in source
    assert '<li id="note-1">注 <a href="#note-1-from">↩</a></li>' in source
    assert "default-src 'none'" in source
    assert_harmless(page)


def test_the_english_page_says_so() -> None:
    source = render_html(notebook("# Title", "Text."), options(language="en"))
    assert '<html lang="en-GB">' in source
    assert "Skip to content" in source
    assert "not an official document" in source
