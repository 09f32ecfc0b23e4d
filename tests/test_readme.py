"""The READMEs: their code runs, their numbers are the data's, their files exist, and zh and en say the same."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from daye_analysis import load

ROOT = Path(__file__).resolve().parents[1]
FILES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
TEXT = {language: path.read_text(encoding="utf-8") for language, path in FILES.items()}


@pytest.mark.parametrize("language", FILES)
def test_the_five_lines_run(language: str) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT[language], re.DOTALL)
    assert len(code.strip().splitlines()) == 5
    result = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, cwd=ROOT, encoding="utf-8")
    assert result.returncode == 0, result.stderr
    assert "450" in result.stdout


def test_the_state_of_the_data_is_what_the_package_gives() -> None:
    counts = load().as_of("2026-11-29").assess()["evidence_class"].value_counts()
    wanted = [39, *(int(counts.get(name, 0)) for name in ("comparable", "bounds_only", "related_only", "nothing"))]
    (english,) = re.findall(r"As of .*?not a sign of failure", TEXT["en"], re.DOTALL)
    told = [int(number) for number in re.findall(r"(?<!\d)\d+(?!\d)", english.split("2026,")[1])]
    assert [told[1], told[0], *told[2:]] == wanted
    (chinese,) = re.findall(r"截至 2026 年 11 月 29 日.*?未见公开数据的 \d+ 个", TEXT["zh"], re.DOTALL)
    assert [int(number) for number in re.findall(r"\d+", chinese)][3:] == wanted


@pytest.mark.parametrize("language", FILES)
def test_every_file_that_is_named_exists(language: str) -> None:
    named = [link for link in re.findall(r"\]\(([^)#]+)\)", TEXT[language]) if "://" not in link]
    assert named
    assert [link for link in named if not (FILES[language].parent / link).exists()] == []


def test_both_languages_have_the_same_commands_and_headings() -> None:
    blocks = {language: re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) for language, text in TEXT.items()}
    commands = {
        language: [re.sub(r"\s*#.*|explain\(.*", "", line) for block in found for line in block.splitlines()]
        for language, found in blocks.items()
    }
    assert commands["zh"] == commands["en"]
    assert TEXT["zh"].count("\n## ") == TEXT["en"].count("\n## ")
