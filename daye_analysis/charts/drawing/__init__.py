"""What all charts share: style, page-wide rows and panels, axes, and how wide words are."""
