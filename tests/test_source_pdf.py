"""Lists in PDF: what an office's word processor prints is read as its Word file would be; a scan is refused as one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageDraw, ImageFont

from daye_analysis.errors import NotReadable, Refused
from daye_analysis.package.new.starting import read_list
from daye_analysis.source import DraftTaskList, propose_row_targets, read_any_task_list
from daye_analysis.source.documents import pdf

FONTS = Path(__file__).resolve().parents[1] / "daye_analysis" / "charts" / "fonts"
PAGE = '#set page(width: 21cm, height: 7cm, numbering: "— 1 —")\n#set text(font: "Noto Sans SC", lang: "zh")\n'
TABLE = """#align(center)[某市园林重点任务清单（2026—2027年）]
#table(columns: (1fr, 6fr, 3fr, 4fr), [序号], [任务], [牵头单位], [责任单位],
[1], [到2026年，新建口袋公园30个，改造老旧公园12个，公园绿化活动场地服务半径覆盖率达到85%以上。], [市园林局], [市财政局、市自然资源局],
[2], [新建绿道45公里。], table.cell(rowspan: 2)[市住房和城乡建设局], [市水务局 \\ 各街道],
[3], [建成区绿地率不低于38%。], [市园林局],
[4], [种植乔木2万株。], [市林业局], [各街道], [5], [修缮亭廊9处。], [市林业局], [各街道], [6], [布设座椅700张。], [市林业局], [各街道],
[7], [清淤湖面3公顷。], [市水务局], [各街道])
"""
PROSE = """#align(center)[某县养老服务实施方案（2026—2028年）]

一、发展目标

到2028年，新增养老床位1200张，护理型床位占比达到65%以上，社区养老服务设施覆盖率达到90%，居家适老化改造800户，培训护理员500人次以上，全县养老服务水平明显提高，街道（乡镇）区域养老服务中心覆盖率达到75%。

二、重点任务

（一）建设老年助餐点40个。（县民政局牵头，县财政局、各乡镇配合）

（二）改造敬老院6所。责任单位：县民政局、县住建局
"""


def printed(body: str, path: Path) -> Path:
    """Print `body` as a PDF with Chinese text."""
    source = path.with_suffix(".typ")
    source.write_text(PAGE + body, encoding="utf-8")
    path.write_bytes(typst.compile(str(source), font_paths=[str(FONTS)], ignore_system_fonts=True))
    return path


def drafted(path: Path) -> DraftTaskList:
    return read_any_task_list(read_list(path), path.name)


def values(draft: DraftTaskList) -> list[str]:
    return [f"{each.value:f}{each.unit_zh} {each.due or ''}".strip() for row in draft.rows for each in propose_row_targets(row)]


def test_a_table_is_read_by_its_cells_over_two_pages(tmp_path: Path) -> None:
    draft = drafted(printed(TABLE, tmp_path / "list.pdf"))
    assert values(draft) == [
        "30个 2026-12-31", "12个 2026-12-31", "85% 2026-12-31", "45公里", "38%", "2万株", "9处", "700张", "3公顷",
    ]  # fmt: skip
    assert [row.leads[0].text for row in draft.rows[:4]] == ["市园林局", "市住房和城乡建设局", "市住房和城乡建设局", "市林业局"]
    # A line break that the office set divides names; one that the width made does not.
    assert [name.text for name in draft.rows[1].responsibles] == ["市水务局", "各街道"]
    assert draft.title == "某市园林重点任务清单（2026—2027年）"
    assert "— 1 —" not in draft.text


def test_paragraphs_are_joined_where_a_line_was_full(tmp_path: Path) -> None:
    draft = drafted(printed(PROSE, tmp_path / "plan.pdf"))
    due = "2028-12-31"
    wanted = ["1200张", "65%", "90%", "800户", "500人次", "75%"]
    assert values(draft) == [*(f"{each} {due}" for each in wanted), "40个", "6所"]
    assert [row.task.text for row in draft.rows[1:]] == ["建设老年助餐点40个。", "改造敬老院6所。"]
    assert [name.text for name in (*draft.rows[1].leads, *draft.rows[1].responsibles)] == ["县民政局", "县财政局", "各乡镇"]
    assert draft.rows[0].action is not None and draft.rows[0].action.text == "一、发展目标"


def test_english_lines_are_joined_with_a_space(tmp_path: Path) -> None:
    body = "Climate Action Plan\n\n" + "By 2030, the city will plant trees along every arterial street and reduce " * 2
    draft = drafted(printed(body + "emissions of municipal buildings by 40%.", tmp_path / "plan.pdf"))
    assert "40% 2030-12-31" in values(draft)
    assert "arterial street and reduce By 2030" in draft.text


def test_a_scan_is_refused_as_one(tmp_path: Path) -> None:
    picture = Image.new("L", (800, 400), 255)
    font = ImageFont.truetype(str(FONTS / "NotoSansSC-Regular.ttf"), 32)
    ImageDraw.Draw(picture).text((40, 40), "某市重点任务清单 新建公园3个", font=font, fill=0)
    buffer = io.BytesIO()
    picture.save(buffer, "PDF")
    path = tmp_path / "scan.pdf"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(NotReadable) as raised:
        read_list(path)
    (problem,) = raised.value.problems
    assert problem.code == "source.pdf-scanned"
    assert "扫描件" in problem.what.zh and "OCR" in problem.remedy.zh and "OCR" in problem.remedy.en


def test_a_cut_off_or_overlong_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = printed(TABLE, tmp_path / "list.pdf")
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(Refused) as refused:
        read_list(path)
    assert refused.value.problems[0].code == "source.pdf-too-long"
    whole = path.read_bytes()
    for size in (10, len(whole) // 2, len(whole) - 200):
        path.write_bytes(whole[:size])
        with pytest.raises(NotReadable) as raised:
            read_list(path)
        assert raised.value.problems[0].code == "source.pdf-unreadable"
