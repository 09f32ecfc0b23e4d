"""Markdown and HTML into blocks."""

from __future__ import annotations

import base64
import time

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
    walk,
    words,
)
from daye_analysis.reporting.documents.html.reader import read_html
from daye_analysis.reporting.documents.limits import PrintLimits, applied
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
        ("<table><caption>a</caption></table>", paragraph(PlainText("a"))),
        ("<![x[y]]>z", paragraph(PlainText("z"))),
        ("<div>" * 5000 + "x", paragraph(PlainText("x"))),
        ("<b>" * 5000 + "x" + "</b>" * 5000, None),
    ],
)  # fmt: skip
def test_html(source: str, expected: tuple[Block, ...] | None) -> None:
    found = read_html(source)
    assert found if expected is None else found == expected


INSIDE = {
    "list": "- said", "quotation": "> said", "table": "| a | b |\n|---|---|\n| said | c |", "fence": "```\nsaid\n```",
    "indented": "    said", "html": "<div>said</div>", "formula": "$$said$$", "heading": "### said", "paragraph": "said",
}  # fmt: skip


def said_in(blocks: tuple[Block, ...]) -> list[str]:
    return [
        getattr(node, "text", "") or getattr(node, "latex", "")
        for node in walk(blocks)
        if "said" in (getattr(node, "text", "") or getattr(node, "latex", ""))
    ]


@pytest.mark.parametrize("kind", INSIDE)
@pytest.mark.parametrize("around", ["note", "note in a note", "note that nothing cites", "note cited in a list"])
def test_a_footnote_says_all_that_is_in_it(kind: str, around: str) -> None:
    body = "first\n\n" + "\n".join(f"    {line}" for line in INSIDE[kind].split("\n"))
    source = {
        "note": f"a[^1]\n\n[^1]: {body}\n",
        "note in a note": f"a[^2]\n\n[^2]: see[^1]\n\n[^1]: {body}\n",
        "note that nothing cites": f"a\n\n[^1]: {body}\n",
        "note cited in a list": f"- a\n- b[^1]\n\n[^1]: {body}\n",
    }[around]
    blocks = read_markdown(source)
    assert len(said_in(blocks)) == 1
    notes = [node for node in walk(blocks) if isinstance(node, Footnote)]
    assert len(notes) == {"note": 1, "note in a note": 2, "note that nothing cites": 0, "note cited in a list": 1}[around]


@pytest.mark.parametrize("source", [
    "a[^1]\n\n[^1]: said [^1]",
    "a[^1]\n\n[^1]: said [^2]\n[^2]: see [^1]",
    "a[^0]\n\n" + "\n".join(f"[^{n}]: x[^{n + 1}][^{n + 1}]" for n in range(25)) + "\n[^25]: said",
])  # fmt: skip
def test_footnotes_that_cite_one_another_have_an_end(source: str) -> None:
    blocks = read_markdown(source)
    assert len(said_in(blocks)) == 1
    assert len([node for node in walk(blocks) if isinstance(node, Footnote)]) < 26


@pytest.mark.parametrize(
    "source",
    [
        "甲[^s]\n\n[^s]: 乙\n\n[^s]: 丙\n\n    - 丁",
        "甲\n\n[^a]: 乙\n\n    [^b]: 丙\n\n    丁",
        "- 甲[^a]\n\n  [^a]: 乙\n- [^b]: 丙\n\n丁",
        "> [^a]: 乙\n\n甲[^a] 丙丁",
    ],
)
def test_footnotes_of_one_name_within_notes_lists_and_quotations_lose_nothing(source: str) -> None:
    said = "".join(getattr(node, "text", "") for node in walk(read_markdown(source)))
    assert set("甲乙丙丁") <= set(said)
    assert "[^A" not in said


def test_footnotes_beyond_the_limit_are_said_to_be() -> None:
    with applied(PrintLimits(footnotes=3)):
        blocks = read_markdown("a[^1] " * 4 + "\n\n[^1]: said\n[^2]: other")
    assert len(said_in(blocks)) == 3
    assert [node.detail for node in walk(blocks) if isinstance(node, NotPrinted)] == ["> 3", "> 3"]


@pytest.mark.parametrize("around", ["", "> ", "- "])
def test_a_row_with_fewer_or_more_cells_than_headings_is_a_row(around: str) -> None:
    lines = ["| a | b |", "|---|---|", "| c |", "| d | e | f \\| g |", "h | i"]
    source = "\n".join((around if not at or around == "> " else " " * len(around)) + line for at, line in enumerate(lines))
    (table,) = [node for node in walk(read_markdown(source)) if isinstance(node, Table)]
    assert [[words(cell.body) for cell in row] for row in table.grid()] == [
        ["a", "b", ""], ["c", "", ""], ["d", "e", "f | g"], ["h", "i", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["a | b\nc | d", "| a | b |\n|---|\n| c | d |", "a | b\n---", "| a |\n| b |"])
def test_lines_with_pipes_and_no_matching_line_of_dashes_are_no_table(source: str) -> None:
    assert not [node for node in walk(read_markdown(source)) if isinstance(node, Table)]


def test_markdown_beyond_the_limit_is_cut_at_a_line_and_pictures_do_not_count() -> None:
    picture = f"![p](data:image/png;base64,{PIXEL})\n\n"
    with applied(PrintLimits(markdown_characters=100)):
        blocks = read_markdown(picture * 2 + "said\n\n" * 20)
    assert len([block for block in blocks if isinstance(block, Picture)]) == 2
    assert 0 < len(said_in(blocks)) < 20
    assert isinstance(blocks[-1], NotPrinted)


@pytest.mark.parametrize("tag", [
    "<not-printed>", "<not-printed kind='x'>", "<drawing number='5'>", "<svg></svg><drawing number='5'>", "<svg></svg><drawing number='abc'>",
    "<drawing-0-0>", "<drawing-0-7><svg xmlns='http://www.w3.org/2000/svg'/>", "<#drawing>", "<drawing-0-><drawing-1-9>",
])  # fmt: skip
def test_no_tag_of_a_source_is_taken_for_one_of_our_own(tag: str) -> None:
    assert said_in(read_html(f"{tag}said"))
    assert said_in(read_markdown(f"{tag} said"))


@pytest.mark.parametrize("source", [
    "<svg " * 20_000, "<!--" * 20_000, "<!--" * 20_000 + ">", "<![CDATA[" * 20_000 + "]]>", "&#" * 300_000, "<a b='" * 20_001 + ">", "</" * 50_000,
])  # fmt: skip
def test_html_that_never_ends_takes_no_longer_for_it(source: str) -> None:
    began = time.process_time()
    assert said_in(read_html(f"<p>said</p>{source}"))
    assert time.process_time() - began < 5
