"""LaTeX names that `formulas` supports, each with its symbol or meaning."""

from __future__ import annotations

from typing import Literal

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ "
    "mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_SIGNS = (
    "times × cdot ⋅ div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ "
    "le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ "
    "propto ∝ mid ∣ parallel ∥ perp ⊥ prec ≺ succ ≻ coloneqq ≔ "
    "in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ emptyset ∅ varnothing ∅ "
    "forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨ top ⊤ bot ⊥ vdash ⊢ models ⊨ "
    "to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ "
    "Leftrightarrow ⇔ iff ⟺ implies ⟹ mapsto ↦ uparrow ↑ downarrow ↓ nearrow ↗ searrow ↘ "
    "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ "
    "infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ prime ′ degree ° angle ∠ triangle △ square □ "
    "ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ "
    "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lvert | rvert | vert | Vert ‖ "
    "lVert ‖ rVert ‖ colon : backslash \\ % % $ $ # # & & _ _ { { } } | ‖ imath ı jmath ȷ dagger † dag † ddagger ‡ ddag ‡ yen ¥ pounds £"
)


def _pairs(text: str) -> dict[str, str]:
    entries = text.split()
    return dict(zip(entries[::2], entries[1::2], strict=True))


SYMBOLS = _pairs(_GREEK) | _pairs(_SIGNS)

# Characters that mean another sign in a formula.
SIGNS = {"-": "−", "*": "∗"}

LARGE = frozenset("∑∏∐⋃⋂")
INTEGRALS = frozenset("∫∬∮")

FUNCTIONS = {
    name: name
    for name in [
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "coth",
        "csc",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "hom",
        "inf",
        "ker",
        "lg",
        "lim",
        "ln",
        "log",
        "max",
        "min",
        "Pr",
        "sec",
        "sin",
        "sinh",
        "sup",
        "tan",
        "tanh",
    ]
} | {"liminf": "lim inf", "limsup": "lim sup"}
WITH_LIMITS = frozenset(["det", "gcd", "inf", "lim", "liminf", "limsup", "max", "min", "Pr", "sup"])

ACCENTS = {
    "hat": "hat",
    "widehat": "hat",
    "tilde": "tilde",
    "widetilde": "tilde",
    "bar": "bar",
    "overline": "overline",
    "underline": "underline",
    "vec": "arrow",
    "overrightarrow": "arrow",
    "dot": "dot",
    "ddot": "ddot",
    "overbrace": "overbrace",
    "underbrace": "underbrace",
}

VARIANTS: dict[str, Literal["bold", "upright", "blackboard", "calligraphic", "fraktur", "sans", "mono"]] = {
    "mathbf": "bold",
    "boldsymbol": "bold",
    "bm": "bold",
    "mathrm": "upright",
    "mathbb": "blackboard",
    "mathcal": "calligraphic",
    "mathscr": "calligraphic",
    "mathfrak": "fraktur",
    "mathsf": "sans",
    "mathtt": "mono",
}

WORDS = frozenset(["text", "textrm", "textit", "textbf", "textsf", "texttt", "mbox", "textnormal"])

# Names of programs, set as words.
LOGOS = {"LaTeX": "LaTeX", "TeX": "TeX"}

# What is between two parts of a group and makes them a fraction: whether with a bar.
INFIXES = {"\\over": True, "\\choose": False}

# Rules and breaks of LaTeX's tables and lines, which change no word.
LAYOUT = frozenset(["allowbreak", "hfill", "hline"])

# Declarations of an alphabet, which hold to the end of their group.
ALPHABETS: dict[str, Literal["bold", "upright", "blackboard", "calligraphic", "fraktur", "sans", "mono"]] = {
    "rm": "upright",
    "bf": "bold",
    "cal": "calligraphic",
    "frak": "fraktur",
    "sf": "sans",
    "tt": "mono",
}
# Colours and frames, with how many arguments precede what they are put on.
COLOURS = {"color": 1, "textcolor": 1, "colorbox": 1, "fcolorbox": 2, "bbox": 0}

# Size and layout hints: Typst and browsers choose these themselves.
IGNORED = frozenset(
    [
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "biggl",
        "biggr",
        "Biggl",
        "Biggr",
        "nonumber",
        "notag",
        "limits",
        "nolimits",
        "middle",
        "scriptscriptstyle",
    ]
)

SPACES = {
    "\\,": 0.17,
    "\\:": 0.22,
    "\\>": 0.22,
    "\\;": 0.28,
    "\\!": -0.17,
    "\\ ": 0.25,
    "\\quad": 1.0,
    "\\qquad": 2.0,
    "\\thinspace": 0.17,
}

DELIMITERS = {
    "(": "(",
    ")": ")",
    "[": "[",
    "]": "]",
    "|": "|",
    "/": "/",
    ".": "",
    "\\{": "{",
    "\\}": "}",
    "\\|": "‖",
} | {
    "\\" + name: SYMBOLS[name]
    for name in [
        "langle",
        "rangle",
        "lfloor",
        "rfloor",
        "lceil",
        "rceil",
        "lbrace",
        "rbrace",
        "lvert",
        "rvert",
        "vert",
        "Vert",
        "lVert",
        "rVert",
    ]
}

ENVIRONMENTS: dict[str, tuple[Literal["matrix", "cases", "aligned"], str, str]] = {
    "matrix": ("matrix", "", ""),
    "array": ("matrix", "", ""),
    "pmatrix": ("matrix", "(", ")"),
    "bmatrix": ("matrix", "[", "]"),
    "Bmatrix": ("matrix", "{", "}"),
    "vmatrix": ("matrix", "|", "|"),
    "Vmatrix": ("matrix", "‖", "‖"),
    "cases": ("cases", "{", ""),
    "align": ("aligned", "", ""),
    "aligned": ("aligned", "", ""),
    "split": ("aligned", "", ""),
    "gather": ("aligned", "", ""),
    "gathered": ("aligned", "", ""),
    "equation": ("aligned", "", ""),
    "eqnarray": ("aligned", "", ""),
    "alignat": ("aligned", "", ""),
    "alignedat": ("aligned", "", ""),
    "flalign": ("aligned", "", ""),
    "multline": ("aligned", "", ""),
}
# Environments that begin with an argument on their columns.
WITH_COLUMNS = frozenset({"array", "alignat", "alignedat"})

# Latin-1 and Greek, punctuation to mathematical operators, floors and ceilings, shapes, and the supplements.
_SIGN_BLOCKS = (
    (0xA1, 0xFF),
    (0x370, 0x3FF),
    (0x2016, 0x22FF),
    (0x2308, 0x230B),
    (0x25A0, 0x25FF),
    (0x27C0, 0x27FF),
    (0x2900, 0x2AFF),
)


def is_sign(character: str) -> bool:
    """Whether `character` is for the mathematics font to draw; Chinese and all else is set as words."""
    return any(first <= ord(character) <= last for first, last in _SIGN_BLOCKS)
