"""Draw every figure of the library from the project's own package, for docs/gallery.md and docs/gallery.zh-CN.md.

    python scripts/make_gallery.py
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

from PIL import Image

from daye_analysis import load
from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts import distance_chart, evidence_chart, growth_chart, path_chart
from daye_analysis.charts.accountability import matrix
from daye_analysis.charts.brief import state
from daye_analysis.charts.clusters import aims_chart, published_growth, starts, total
from daye_analysis.charts.display import Picture
from daye_analysis.charts.drawing.style import style
from daye_analysis.storage.files import replace_file
from daye_analysis.views.view import View

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
FOLDER: Final = DOCS / "gallery"
PAGES: Final[dict[Language, str]] = {"zh": "gallery.zh-CN.md", "en": "gallery.md"}
# The module that draws each figure, in the order of the page, and the notebook that prints it.
FIGURES: Final = {
    "brief/state": "brief",
    "evidence_chart": "target_feasibility",
    "distance_chart": "target_feasibility",
    "growth_chart": "target_feasibility",
    "path_chart": "target_feasibility",
    "clusters/aims_chart": "cluster_growth",
    "clusters/total": "cluster_growth",
    "clusters/published_growth": "cluster_growth",
    "clusters/starts": "cluster_growth",
    "accountability/matrix": "accountability",
}
# Drawn only where both sides have the figures that it compares, which this package has not.
NOT_DRAWN: Final = ("clusters/structure",)
DOTS_PER_INCH: Final = 110
COLOURS: Final = 64


def main() -> None:
    """Write the pictures and both pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    data = load().of_plan()
    view = data.as_of(data.compiled_on)
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        drawn = figures(view, language)
        for name, picture in drawn.items():
            replace_file(FOLDER / file_name(name, language), as_png(picture))
        replace_file(DOCS / PAGES[language], page(drawn, view, language).encode())


def figures(view: View, language: Language) -> dict[str, Picture]:
    """Return every figure by the module that draws it, as the notebooks draw them."""
    shown: dict[str, Any] = {
        "brief/state": state.evidence_bar(view, language),
        "evidence_chart": evidence_chart.evidence_chart(view, language),
        "distance_chart": distance_chart.distance_chart(view, language),
        "growth_chart": growth_chart.growth_chart(view, language),
        "path_chart": path_chart.path_chart(view, language),
        "clusters/aims_chart": aims_chart.aims_chart(view, language),
        "clusters/total": total.sum_chart(view, language),
        "clusters/published_growth": published_growth.activity_chart(view, language),
        "clusters/starts": starts.starts_chart(view, language),
        "accountability/matrix": matrix.duty_matrix(view, language),
    }
    return {name: _picture(shown[name]) for name in FIGURES}


def file_name(name: str, language: str) -> str:
    """Return the file of a chart: `clusters/aims` in Chinese is `clusters_aims.zh.png`."""
    return f"{name.replace('/', '_')}.{language}.png"


def _picture(shown: object) -> Picture:
    """Return what was drawn; every figure of the gallery has something to draw."""
    if not isinstance(shown, Picture):
        raise TypeError(shown)
    return shown


def as_png(picture: Picture) -> bytes:
    """Return a chart as a small PNG."""
    drawn, out = io.BytesIO(), io.BytesIO()
    with style():
        picture.draw(drawn, format="png", dpi=DOTS_PER_INCH)
    few = Image.open(drawn).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def page(drawn: dict[str, Picture], view: View, language: Language) -> str:
    """Return the page: each figure with its caption, where it is used, and its alternative text."""
    other = Text("[English](gallery.md)", "[中文](gallery.zh-CN.md)").say(language)
    day = date_words(view.timestamp, language)
    title = Text("图库", "Gallery").say(language)
    intro = Text(
        f"`daye_analysis.charts` 的全部图，用本项目的数据包绘制，截至{day}。每幅图都有替代文字，说出图中的内容和数字；下面照录。"
        "图用 `.save('chart.png')` 存为文件，也可用 `.svg`、`.pdf`；表格可存为 `.xlsx`、`.csv`、`.md`、`.docx`。"
        "由 `python scripts/make_gallery.py` 生成，请勿手改。另有偏离—份额图，只在两边都有所需数据时绘制，本数据包尚无。",
        f"All figures of `daye_analysis.charts`, drawn from this project's package as of {day}. Each has an alternative text "
        "that says what it shows, with its numbers; it is quoted below. A chart is written to a file by `.save('chart.png')`, `.svg` or `.pdf`, "
        "a table as `.xlsx`, `.csv`, `.md` or `.docx`. Made by `python scripts/make_gallery.py`; do not edit. "
        "One more, the shift-share chart, is drawn only where both sides have the figures, which this package has not yet.",
    ).say(language)
    drawn_by, spoken = Text("绘图", "Drawn by"), Text("替代文字：", "Alternative text: ")
    parts = [f"# {title}", other, intro]
    for name, picture in drawn.items():
        # Square brackets would end the alternative text of a Markdown image.
        alt = picture.alt.replace("[", "(").replace("]", ")")
        printed = Text(f"，见笔记本 `{FIGURES[name]}`", f", printed by the notebook `{FIGURES[name]}`").say(language)
        parts += [
            f"## {picture.caption}",
            f"![{alt}](gallery/{file_name(name, language)})",
            f"{drawn_by.say(language)} `daye_analysis.charts.{name.replace('/', '.')}`{printed}{'。' if language == 'zh' else '.'}",
            f"> {spoken.say(language)}{picture.alt}",
        ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
