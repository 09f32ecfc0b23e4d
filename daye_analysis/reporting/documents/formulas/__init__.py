"""Read LaTeX formulas and write them as Typst or MathML."""
