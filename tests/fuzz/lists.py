"""Task lists made at random in every layout, and lists with random damage: every number is found again, nothing breaks."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from daye_analysis.cli import run as daye
from fuzz.faults import run

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "shili-county" / "list.txt"
SECONDS = 10.0
_VERBS = ("达到{}", "达到{}以上", "突破{}", "不少于{}", "新增{}", "力争达到{}", "建成{}", "控制在{}以内", "累计完成{}", "不低于{}")
_THINGS = ("高新技术企业", "工业总产值", "技改项目", "充电桩", "绿地面积", "城镇化率", "管网里程", "研发投入", "托位", "森林覆盖率")
_UNITS = ("家", "亿元", "个", "台", "公顷", "%", "公里", "万元", "万人", "座")
_BODIES = ("市科技局", "市经信局", "市发改局", "市统计局", "市财政局", "市住建局", "各乡镇（街道）")

Row = tuple[str, str, str, str]


def rows(seed: int) -> tuple[list[Row], list[str]]:
    """Return rows of a list (action, task, lead, responsible) and the numbers that are in their tasks."""
    chance = random.Random(seed)
    made, numbers = [], []
    for place in range(1, chance.randrange(2, 9)):
        clauses = []
        for _ in range(chance.randrange(1, 4)):
            number = chance.choice((str(chance.randrange(11, 999)), f"{chance.randrange(11, 99)}.{chance.randrange(1, 9)}"))
            numbers.append(number)
            year = chance.choice(("", "", "到2027年，", "2028年底前，"))
            clauses.append(year + chance.choice(_THINGS) + chance.choice(_VERBS).format(number + chance.choice(_UNITS)))
        task = "，".join(clauses) + "。"
        made.append((f"行动{place}", task, chance.choice(_BODIES), "、".join(chance.sample(_BODIES, chance.randrange(1, 4)))))
    return made, numbers


def _tabs(made: list[Row], title: str) -> bytes:
    lines = [title, "序号\t重点任务\t任务清单\t牵头单位\t责任单位"]
    return "\n".join([*lines, *("\t".join([str(at), *row]) for at, row in enumerate(made, 1))]).encode() + b"\n"


def _commas(made: list[Row], title: str) -> bytes:
    import csv

    out = io.StringIO(newline="")
    csv.writer(out).writerows([[title], ["序号", "重点任务", "任务清单", "牵头单位", "责任单位"], *([at, *row] for at, row in enumerate(made, 1))])
    return out.getvalue().encode()


def _page(made: list[Row], title: str) -> bytes:
    head = "".join(f"<th>{each}</th>" for each in ("序号", "重点任务", "任务清单", "牵头单位", "责任单位"))
    body = "".join(f"<tr><td>{at}</td>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for at, row in enumerate(made, 1))
    return f"<html><body><h1>{title}</h1><table><tr>{head}</tr>{body}</table></body></html>".encode()


def _paragraphs(made: list[Row], title: str) -> bytes:
    lines = [f"（{'一二三四五六七八九'[at]}）{action}。{task}（责任单位：{lead}、{more}）" for at, (action, task, lead, more) in enumerate(made)]
    return "\n".join([title, *lines]).encode() + b"\n"


def _cells_on_lines(made: list[Row], title: str) -> bytes:
    cells = ["序号", "重点任务", "任务清单", "牵头单位", "责任单位", *(each for at, row in enumerate(made, 1) for each in (str(at), *row))]
    return "\n".join([title, *cells]).encode() + b"\n"


def _word(made: list[Row], title: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(len(made) + 1, 5)
    for at, row in enumerate([("序号", "重点任务", "任务清单", "牵头单位", "责任单位"), *((str(n), *row) for n, row in enumerate(made, 1))]):
        for cell, words in zip(table.rows[at].cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sheet(made: list[Row], title: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, title)
        for at, row in enumerate([("序号", "重点任务", "任务清单", "牵头单位", "责任单位"), *((str(n), *row) for n, row in enumerate(made, 1))], 1):
            page.write_row(at, 0, row)
    return out.getvalue()


LAYOUTS: dict[str, tuple[str, Callable[[list[Row], str], bytes]]] = {
    "tabs": ("txt", _tabs), "commas": ("csv", _commas), "page": ("html", _page), "paragraphs": ("txt", _paragraphs),
    "a cell on each line": ("txt", _cells_on_lines), "Word": ("docx", _word), "Excel": ("xlsx", _sheet),
}  # fmt: skip


def _written(seed: int, folder: Path) -> tuple[str, Path, list[str]]:
    """Write a list in a layout of the seed's; return the layout, the file and the numbers that it holds."""
    made, numbers = rows(seed)
    layout = list(LAYOUTS)[seed % len(LAYOUTS)]
    ending, write = LAYOUTS[layout]
    path = folder / f"list.{ending}"
    path.write_bytes(write(made, "样例市重点任务清单（2026—2028年）"))
    return layout, path, numbers


def generated(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return the layout of a list, and what goes wrong with its draft: it must hold every number."""
    layout, path, numbers = _written(seed, folder)
    wrong = _drafted(path, folder)
    source = folder / "draft/data/source"
    if wrong or not source.is_dir():
        return layout, wrong or ["no draft was made"]
    held = [*_texts(source / "targets.yaml", "wording_zh"), *_texts(source / "numbers.yaml", "words")]
    lost = [number for number in numbers if not any(number in words for words in held)]
    return layout, [f"numbers that neither a target nor a note holds: {lost}"] if lost else []


def _texts(path: Path, key: str) -> list[str]:
    """Return the values of `key` anywhere in a YAML file."""

    def below(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (str(each) for name, each in value.items() if name == key)
            yield from (found for each in value.values() for found in below(each))
        elif isinstance(value, list):
            yield from (found for each in value for found in below(each))

    return list(below(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)))


def _drafted(path: Path, folder: Path) -> list[str]:
    ended = run(lambda: daye(["new", str(folder / "draft"), str(path)]), seconds=SECONDS)
    if (wrong := ended.faults("daye new")) or ended.code:
        return wrong
    checked = run(lambda: daye(["validate", str(folder / "draft")]), seconds=SECONDS)
    if wrong := checked.faults("validate of the draft"):
        return wrong
    odd = [line for line in checked.said.split("\n") if line.startswith(("build.number", "edited.malformed", "edited.wording"))]
    return [f"the draft is not sound: {odd[:3]}"] if odd else []


def damaged(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return how a list was damaged, and what goes wrong with its draft: it is made or refused in words."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        layout, path = "example", folder / "list.txt"
        path.write_bytes(EXAMPLE.read_bytes())
    else:
        layout, path, _ = _written(seed, folder)
    content = path.read_bytes()
    way = chance.choice(("bytes", "characters", "lines", "cut", "encoding", "wide"))
    if way == "bytes" or path.suffix in (".docx", ".xlsx"):
        changed = bytearray(content)
        for _ in range(chance.choice((1, 5, 50))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        path.write_bytes(bytes(changed))
        return f"{layout}, bytes", _drafted(path, folder)
    text = content.decode()
    lines = text.split("\n")
    if way == "characters":
        signs = ("\t", "\n", "　", "，", "。", "“", "%", "0", "９", "亿", "\u200b", "\u202e", "\ufeff", "\0", "\x0b", "\u2028", "½", "²", "①", "|", ",", "<td>", "(", "）")
        for _ in range(chance.choice((1, 5, 40))):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(signs) + text[at + chance.randrange(3) :]
    elif way == "lines":
        chance.shuffle(lines)
        text = "\n".join(lines * chance.choice((1, 1, 3)))
    elif way == "cut":
        at = chance.randrange(len(text))
        text = text[at : at + chance.randrange(len(text))]
    elif way == "wide":
        text = text.replace("\n", chance.choice(("\r\n", "\r", "\n\n\n", "\u2029", "\t\n"))) + chance.choice(("", "文" * 100_000, "\t" * 20_000, "1" * 50_000))
    encoding = chance.choice(("gb18030", "utf-16", "utf-8-sig", "big5", "utf-32")) if way == "encoding" else "utf-8"
    path.write_bytes(text.encode(encoding, "replace"))
    return f"{layout}, {way}", _drafted(path, folder)
