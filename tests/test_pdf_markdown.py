"""Markdown and HTML into blocks."""

from __future__ import annotations

import base64

import pytest

from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Emphasis,
    Footnote,
    Formula,
    Heading,
    Inline,
    Item,
    LineBreak,
    Link,
    Listing,
    LostPicture,
    NotPrinted,
    Paragraph,
    Picture,
    PlainText,
    Quote,
    Raised,
    Strike,
    Strong,
    Table,
)
from daye_analysis.reporting.documents.html.reader import read_html
from daye_analysis.reporting.documents.markdown import read_markdown

PIXEL = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
        "050001a5f645400000000049454e44ae426082"
    )
).decode()


def paragraph(*inlines: Inline) -> tuple[Block, ...]:
    return (Paragraph(inlines),)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## 标题 *x*", (Heading(2, (PlainText("标题 "), Emphasis((PlainText("x"),)))),)),
        ("一行\n二行\nthree\n四", paragraph(PlainText("一行二行 three 四"))),
        ("a  \nb", paragraph(PlainText("a"), LineBreak(), PlainText("b"))),
        ("**粗** ~~旧~~ `x $y$`", paragraph(Strong((PlainText("粗"),)), PlainText(" "), Strike((PlainText("旧"),)), PlainText(" "), Code("x $y$"))),
        ("[x](https://a.cn/b?c=1&d=2)", paragraph(Link("https://a.cn/b?c=1&d=2", (PlainText("x"),)))),
        ("[x](javascript:alert(1))", paragraph(PlainText("[x](javascript:alert(1))"))),
        ("[x](file:///etc/passwd)", paragraph(PlainText("[x](file:///etc/passwd)"))),
        ("[x](data/targets.csv)", paragraph(PlainText("x"))),
        ("km<sup>2</sup> CO<sub>2</sub>", paragraph(PlainText("km"), Raised((PlainText("2"),), True), PlainText(" CO"), Raised((PlainText("2"),), False))),
        ("a<br>b<!-- c -->", paragraph(PlainText("a"), LineBreak(), PlainText("b"))),
        ("名 <script>alert(1)</script>", paragraph(PlainText("名 <script>alert(1)</script>"))),
        ("<span style='color:red'>红</span>", paragraph(PlainText("红"))),
        ("价 \\$5 和 $6 不是", paragraph(PlainText("价 $5 和 $6 不是"))),
        ("cost $5 and $6", paragraph(PlainText("cost $5 and $6"))),
        ("cost US$ 5 and US$ 6, $ 7 or $ 8", paragraph(PlainText("cost US$ 5 and US$ 6, $ 7 or $ 8"))),
        ("`echo $HOME $PATH`", paragraph(Code("echo $HOME $PATH"))),
        ("```\nprice $5$ \\\\(x\\\\)\n```", (CodeBlock("price $5$ \\\\(x\\\\)"),)),
        ("设 $ x^2 $ 和 $ \\alpha $、$ n $", paragraph(
            PlainText("设 "), Formula("x^2", False), PlainText(" 和 "), Formula("\\alpha", False), PlainText("、"), Formula("n", False),
        )),
        ("设 \\\\(x_1\\\\)。", paragraph(PlainText("设 "), Formula("x_1", False), PlainText("。"))),
        ("\\\\[\na\n= b\n\\\\]", (Formula("a\n= b", True),)),
        ("前 \\\\[x\\\\] 后", (*paragraph(PlainText("前")), Formula("x", True), *paragraph(PlainText("后")))),
        ("\\(x\\) \\[y\\] \\\\ z", paragraph(PlainText("(x) [y] \\ z"))),
        ("设 $x_1$。", paragraph(PlainText("设 "), Formula("x_1", False), PlainText("。"))),
        ("$$\na\n=\nb\n$$", (Formula("a\n=\nb", True),)),
        ("\\begin{align}a &= b\\end{align}", (Formula("\\begin{align}a &= b\\end{align}", True),)),
        ("前 $$x$$ 后", (*paragraph(PlainText("前")), Formula("x", True), *paragraph(PlainText("后")))),
        ("---", (Divider(),)),
        ("> 引\n> 文", (Quote((Paragraph((PlainText("引文"),)),)),)),
        ("> # 大", (Quote((Paragraph((Strong((PlainText("大"),)),)),)),)),
        ("```python\nx  = 1\n```", (CodeBlock("x  = 1", "python"),)),
        ("- [x] 一\n- [ ] 二", (Listing((Item((Paragraph((PlainText("一"),)),), True), Item((Paragraph((PlainText("二"),)),), False))),)),
        ("3. 三\n4. 四", (Listing((Item((Paragraph((PlainText("三"),)),)), Item((Paragraph((PlainText("四"),)),))), 3),)),
        ("注[^a]\n\n[^a]: 说 *明*", paragraph(PlainText("注"), Footnote((PlainText("说 "), Emphasis((PlainText("明"),)))))),
        ("![图](../a.png)", (LostPicture("../a.png", "图", "outside"),)),
        ("![图](https://a.cn/a.png)", (LostPicture("https://a.cn/a.png", "图", "outside"),)),
        ("![图](data:image/png;base64,AAAA)", (LostPicture("", "图", "unreadable"),)),
        ("\u202e反\u200b", paragraph(PlainText("反"))),
        ("e\u0301", paragraph(PlainText("é"))),
        ("CNY 15 billion, 6.4 % a year", paragraph(PlainText("CNY\u00a015 billion, 6.4\u00a0% a year"))),
        ("", ()),
    ],
)  # fmt: skip
def test_markdown(source: str, expected: tuple[Block, ...]) -> None:
    assert read_markdown(source) == expected


def test_nested_list_and_two_paragraphs() -> None:
    (listing,) = read_markdown("- a\n  - b\n\n    c\n")
    assert isinstance(listing, Listing)
    first, inner = listing.items[0].body
    assert first == Paragraph((PlainText("a"),))
    assert isinstance(inner, Listing)
    assert inner.items[0].body == (Paragraph((PlainText("b"),)), Paragraph((PlainText("c"),)))


def test_table_keeps_the_alignment_that_its_author_gave() -> None:
    (table,) = read_markdown("| a | b |\n|:-:|--:|\n| x | 1 |")
    assert isinstance(table, Table)
    assert (table.align, table.header_rows, table.rows) == (("center", "right"), 1, 2)
    assert table.cells[3] == Cell(1, 1, (PlainText("1"),))


@pytest.mark.parametrize("address", ["attachment:p.png", f"data:image/png;base64,{PIXEL}"])
def test_embedded_picture(address: str) -> None:
    (picture,) = read_markdown(f"![点]({address})", {"p.png": {"image/png": PIXEL}})
    assert isinstance(picture, Picture)
    assert (picture.format, picture.alt, picture.data) == ("png", "点", base64.b64decode(PIXEL))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>一<b>二</b>三", paragraph(PlainText("一"), Strong((PlainText("二"),)), PlainText("三"))),
        ("<script>alert(1)</script><p>x</p><style>p{}</style>", (NotPrinted("script"), *paragraph(PlainText("x")))),
        ("<ul><li>a<li>b</ul>", (Listing((Item((Paragraph((PlainText("a"),)),)), Item((Paragraph((PlainText("b"),)),)))),)),
        ("<a href='javascript:x()'>y</a>", paragraph(PlainText("y (javascript:x())"))),
        ("<a href='https://a.cn'>y</a>", paragraph(Link("https://a.cn", (PlainText("y"),)))),
        ("<pre>a\n  b</pre>", (CodeBlock("a\n  b"),)),
        ("<h3>t</h3>", (Heading(3, (PlainText("t"),)),)),
        ("<div><div>x</div>y</div>", (Paragraph((PlainText("x"),)), Paragraph((PlainText("y"),)))),
        ("<img src='https://a.cn/x.png' alt='z' onerror='x()'>", (LostPicture("https://a.cn/x.png", "z", "outside"),)),
        ("<blockquote><h1>q</h1></blockquote>", (Quote((Paragraph((Strong((PlainText("q"),)),)),)),)),
        ("<dl><dt>t<dd>d</dl>", (Paragraph((Strong((PlainText("t"),)),)), Paragraph((PlainText("d"),)))),
        ("a<![CDATA[ <b>b</b>", paragraph(PlainText("ab"))),
        ("<![x[y]]>z", paragraph(PlainText("z"))),
        ("<div>" * 5000 + "x", paragraph(PlainText("x"))),
        ("<b>" * 5000 + "x" + "</b>" * 5000, None),
    ],
)  # fmt: skip
def test_html(source: str, expected: tuple[Block, ...] | None) -> None:
    found = read_html(source)
    assert found if expected is None else found == expected
