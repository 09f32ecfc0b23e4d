"""LaTeX mathematics: what is understood, what it becomes, and what is refused."""

from __future__ import annotations

from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_help import notebook, options, text_of

from daye_analysis.reporting.documents import render_pdf
from daye_analysis.reporting.documents.document_blocks import Formula, walk, words
from daye_analysis.reporting.documents.formulas import names as names
from daye_analysis.reporting.documents.formulas.mathml import to_mathml
from daye_analysis.reporting.documents.formulas.parser import NotUnderstood, parse_formula
from daye_analysis.reporting.documents.formulas.writers import to_typst, to_words
from daye_analysis.reporting.documents.html.reader import read_html


@pytest.mark.parametrize(
    ("latex", "typst", "spoken"),
    [
        (r"\frac{a}{b}", "frac(a, b)", "a/b"),
        (r"g = (T/B)^{1/n} - 1", r"g \= \( T \/ B attach(\), t: 1 \/ n) − 1", None),
        (r"x_i^2", "attach(x, b: i, t: 2)", "x_i^2"),
        (r"\sqrt[3]{x+1}", r"root(3, x \+ 1)", "3√(x + 1)"),
        (r"\sum_{i=1}^{n} x_i", r"attach(∑, b: i \= 1, t: n) attach(x, b: i)", "∑_(i = 1)^n x_i"),
        (r"\left[ \frac12 \right)", r"lr(\[ frac(1, 2) \))", None),
        (r"\text{上限 \% }", '"上限 % "', "上限 %"),
        (r"\mathrm{CRPS}(F)", r'op("CRPS", limits: #false) \( F \)', "CRPS (F)"),
        (r"\hat\beta", "hat(β)", "β^"),
        (r"{n \choose k} p", "binom(n, k) p", "C(n, k)p"),
        (r"x + {a + 1 \over b_1}", r"x \+ frac(a \+ 1, attach(b, b: 1))", "x + (a + 1)/(b_1)"),
        (r"U^\dagger A^\ddagger", "attach(U, t: †) attach(A, t: ‡)", "U^†A^‡"),
        (r"\LaTeX, \TeX", r'"LaTeX" \, "TeX"', "LaTeX,TeX"),
        (r"\begin{pmatrix} a & b \cr c & d \end{pmatrix}", 'mat(delim: #("(", ")"), a, b; c, d)', "(a, b; c, d)"),
        (r"\begin{cases} 1 & x \\ 0 & y \end{cases}", "cases(1 & x, 0 & y)", "{1, x; 0, y"),
        (
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            'mat(delim: #("(", ")"), a, b; c, d)',
            "(a, b; c, d)",
        ),
        (r"\begin{align*} a &= b \\ c &= d \end{align*}", r"a & \= b \ c & \= d", None),
        (r"f'(x)", r"attach(f, t: ′) \( x \)", None),
        (r"12.5\%", r"12.5 \%", "12.5%"),
        ("增速", '"增" "速"', "增速"),
    ],
)
def test_understood(latex: str, typst: str, spoken: str | None) -> None:
    tree = parse_formula(latex)
    assert to_typst(tree) == typst
    if spoken is not None:
        assert " ".join(to_words(tree).split()) == spoken


@pytest.mark.parametrize(
    "latex",
    [
        r"\foo{x}",
        r"\href{javascript:alert(1)}{x}",
        r"\frac{a}",
        r"{a",
        r"a}",
        r"\left( x",
        r"a & b",
        r"x_1_2",
        r"a \choose b \choose c",
        r"\begin{tikzpicture}\end{tikzpicture}",
        r"\text{a \frac{b}{c}}",
        r"\input{/etc/passwd}",
        "{" * 5000,
        r"\sqrt" * 5000,
    ],
)
def test_refused(latex: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_formula(latex)


def every_formula() -> list[str]:
    """Every name that is understood, in use."""
    accents = [rf"\{name}{{x}}" for name in names.ACCENTS]
    variants = [rf"\{name}{{x1}}" for name in names.VARIANTS]
    fences = [rf"\left{left} x \right{right}" for left in names.DELIMITERS for right in ("." , ")")]  # fmt: skip
    grids = [
        rf"\begin{{{name}}}{'{2}' if name in names.WITH_COLUMNS else ''} a & b \\ c & d \end{{{name}}}"
        for name in names.ENVIRONMENTS
        if name != "array"
    ]
    return [
        *(rf"\{name}" for name in (*names.SYMBOLS, *names.FUNCTIONS, *names.IGNORED, *names.LOGOS)),
        *(f"{{a {name} b}}" for name in names.INFIXES),
        *(f"a{space} b" for space in names.SPACES),
        *(rf"\{name}{{字 a#$x$}}" .replace("$", r"\$") for name in names.WORDS),
        *(rf"\{name}_{{n \to \infty}}^{{2}} x" for name in names.FUNCTIONS),
        *accents, *variants, *fences, *grids,
        *(rf"\binom{{a}}{{b}} {character} c" for character in "+-*/=<>()[]|!?,.:;\"'`@"),
    ]  # fmt: skip


def test_typst_sets_every_name() -> None:
    import typst

    from daye_analysis.reporting.documents.render import load_fonts

    lines = [
        f'#math.equation(block: true, alt: "x", $ {to_typst(parse_formula(latex))} $)'
        for latex in every_formula()
    ]
    source = '#set document(title: "x")\n#show math.equation: set text(font: ("New Computer Modern Math", "Noto Sans SC"))\n'
    # PDF/UA-1 refuses a character that no font can draw.
    pdf = typst.compile(
        (source + "\n".join(lines)).encode(), font_paths=load_fonts(), pdf_standards=["ua-1"], timestamp=0
    )
    assert pdf.startswith(b"%PDF")


MATHML = [
    (r"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
    (r"x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    (r"\text{上限 \% <b>}", "<mtext>上限\N{NO-BREAK SPACE}%\N{NO-BREAK SPACE}&lt;b&gt;</mtext>"),
    (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", '<mtr><mtd columnalign="right"><mi>c</mi></mtd>'),
    (r"\begin{gathered} a \\ b \end{gathered}", '<mtr><mtd columnalign="center"><mi>b</mi></mtd></mtr>'),
    (r"\begin{eqnarray*} a &=& b \end{eqnarray*}", '<mtd columnalign="center"><mo>=</mo></mtd>'),
    (r"a = b \label{eq:one}", "<mrow><mi>a</mi><mo>=</mo><mi>b</mi></mrow>"),
    (r"\cancel{x}", '<menclose notation="updiagonalstrike">'),
    (r"{n \choose k}", '<mfrac linethickness="0">'),
    (r"{a \over b}", "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
    (r"U^\dagger", "<msup><mi>U</mi>"),
    (r"A^\ddagger", "‡"),
    (r"\begin{alignat*}{2} a &= b \\ c &= d \end{alignat*}", '<mtr><mtd columnalign="right"><mi>c</mi></mtd>'),
    (r"\begin{aligned}{2} a &= b \end{aligned}", "<mn>2</mn>"),
    (r"\LaTeX", "<mtext>LaTeX</mtext>"),
    (r"\TeX", "<mtext>TeX</mtext>"),
    (r"\begin{array}{c} a \cr b \end{array}", "</mtr><mtr>"),
    (r"\color{red}{x}", '<mstyle mathcolor="red">'),
    (r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}", 'rowlines="solid"'),
    (r"\mathbb{R}", "<mi>ℝ</mi>"),
]


@pytest.mark.parametrize(("latex", "held"), MATHML)
def test_mathml_shows(latex: str, held: str) -> None:
    shown = to_mathml(latex, True, "said")
    assert shown is not None
    assert shown.startswith('<math display="block" alttext="said">')
    assert held in shown


@pytest.mark.parametrize(
    "latex",
    [
        r"\unknown{x}", r"\href{javascript:alert(1)}{x}", r"\style{background:url(//x)}{y}", r"\class{a}{y}",
        r"\cssId{a}{y}", r"\input{/etc/passwd}", r"\begin{tikzpicture}\draw (0,0);\end{tikzpicture}", r"\frac{a}",
        r"\left( x", "x_1_2", "a & b", r"\def\a{\a\a}\a", r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a} \a", "{" * 5000,
        r"\sqrt" * 5000,
    ],
)  # fmt: skip
def test_mathml_of_what_may_not_or_cannot_be_shown_is_none(latex: str) -> None:
    assert to_mathml(latex, False, "said") is None


def test_every_formula_that_is_printed_is_shown_on_the_page() -> None:
    """But for three that LaTeX refuses too, and one sign that the page shows as it was typed."""
    sizes = tuple(f"\\{name}" for name in names.IGNORED if name.lower().startswith("big") or name == "middle")
    formulas = [f"\\left( x {latex} | y \\right)" if latex in sizes else latex for latex in every_formula()]
    unknown = {latex for latex in formulas if to_mathml(f"{latex} y", False, "") is None}
    assert unknown == {
        r"\&", r"\nolimits", r"\limits", r"\begin{equation} a & b \\ c & d \end{equation}", r"\binom{a}{b} ' c",
    }  # fmt: skip


@given(latex=st.text(st.sampled_from(r"\{}[]()_^&$#'\"ab1 =<分%")) | st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40))
@settings(max_examples=200, deadline=None)
def test_mathml_is_markup_that_can_be_read_back_or_none(latex: str) -> None:
    shown = to_mathml(latex, False, latex)
    if shown is not None:
        assert ElementTree.fromstring(shown).get("alttext") is not None


@given(latex=st.text(st.sampled_from(r"\{}[]()_^&$#'\"ab1 =<分%")) | st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_understood_or_refused(latex: str) -> None:
    try:
        tree = parse_formula(latex)
    except NotUnderstood:
        return
    for writer in (to_typst, to_words):
        assert isinstance(writer(tree), str)


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\color{#FF0000}{寿命}", "寿命"),
        (r"{\color{red} x} + \textcolor[rgb]{1,0,0}{y}", "x + y"),
        (r"\colorbox{yellow}{z}\boxed{y}", "zy"),
        (r"\text{若 $x^2$ 则}", "若 x^2 则"),
        (r"\xrightarrow[a]{n}", "→_a^n"),
        (r"\substack{a\\b}", "a; b"),
        (r"a \not= b \not\in C", "a ≠ b∉C"),
        (r"x \tag{1}\label{eq:a}", "x (1)"),
        (r"{\rm d} x", "dx"),
        (r"\mathop{\arg\min}_x", "(arg min)_x"),
        (r"\operatorname{arg\,max}", "arg max"),
    ],
)
def test_what_jupyter_shows_is_shown_without_colours_and_frames(latex: str, said: str) -> None:
    assert " ".join(to_words(parse_formula(latex)).split()) == said


@pytest.mark.parametrize(
    ("html", "formulas"),
    [
        ("<p>设 $x_1$ 和 \\(y\\)。</p>", [("x_1", False), ("y", False)]),
        ("<td>$\\alpha &lt; 1$</td>", [(r"\alpha < 1", False)]),
        ("<div>前 $$x^2$$ 后</div>", [("x^2", True)]),
        ("<p>\\[ a \\]</p>", [("a", True)]),
        ("<p>\\begin{align} a &amp;= b \\end{align}</p>", [(r"\begin{align} a &= b \end{align}", True)]),
        ("<p>cost $5 and $6</p>", []),
        ("<p>\\$x\\$</p>", []),
        ("<code>$x$</code><pre>$x$</pre>", []),
        ("<table class='dataframe tex2jax_ignore'><tr><td>$x$</td></tr></table>", []),
    ],
)
def test_html_outputs_have_the_formulas_that_jupyter_shows(html: str, formulas: list[tuple[str, bool]]) -> None:
    found = [node for node in walk(read_html(html)) if isinstance(node, Formula)]
    assert [(each.latex, each.display) for each in found] == formulas
    assert formulas or "$" in words(read_html(html))


def test_a_formula_of_a_table_is_set_as_one_on_paper() -> None:
    frame = pd.DataFrame({"$\\beta_1$": ["$\\frac{1}{2}$", "US$ 5"]})
    printed = text_of(render_pdf(notebook("# 题", {"text/html": frame.to_html(index=False)}), options()))
    assert "frac" not in printed and "𝛽" in printed and "US$" in printed
