"""What Markdown is in a notebook: mistune's rules with Jupyter's formulas, GitHub's tables, and notes."""
