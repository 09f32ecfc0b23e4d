"""A made-up city, from its list to a built package, as a person would make it: with clusters and figures, or without."""

from __future__ import annotations

from pathlib import Path

from new_package_help import finish

from daye_analysis.package.build import build
from daye_analysis.package.new import new_package

TITLE = "云溪市先进制造业三年行动重点任务清单"
LIST = f"""{TITLE}（2024—2027年）
序号	重点任务	任务清单	牵头单位	责任单位
1	壮大产业集群	到2027年，纺织服装产业产值达到320亿元，食品饮料产业产值突破180亿元，开发区产值达到400亿元。	市经信局	市发改局、开发区管委会
2	提升创新能力	到2027年，高新技术企业突破120家，每年新增规模以上工业企业20家以上。	市科技局	市经信局、各乡镇（街道）
3	强化要素保障	力争到2027年，工业用地亩均税收排名进入全省前10位，上云企业达到300家。	市自然资源局	市数据局
"""
CLUSTERS = {"textiles": ("纺织服装", "Textiles", "t01_1"), "food": ("食品饮料", "Food and drink", "t01_2"),
            "zone": ("开发区", "Development zone", "t01_3")}  # fmt: skip
CONTEXT = (
    "output,规上工业总产值,Output of above-scale industry,output_value,increase,cny_100m,context,true,whole,总产值。,Output.\n"
    "va,规上工业增加值,Value added of above-scale industry,output_value,increase,cny_100m,context,true,va,增加值。,Value added.\n"
)
# Indicator, area, year or day, value: outputs of whole years, and stocks.
YEARS = [("t01_1", "place", 2023, 205), ("t01_1", "place", 2024, 231), ("t01_1", "place", 2025, 262.4),
         ("t01_2", "place", 2024, 131), ("t01_2", "place", 2025, 139), ("output", "place", 2024, 968),
         ("output", "place", 2025, 1031.5), ("t01_1", "pref", 2024, 262), ("t01_1", "pref", 2025, 290.5),
         ("t01_2", "pref", 2024, 361), ("t01_2", "pref", 2025, 377), ("output", "pref", 2024, 4790),
         ("output", "pref", 2025, 5010)]  # fmt: skip
STOCKS = [("t02_1", "2023-12-31", 78), ("t02_1", "2025-12-31", 104)]
GROWTHS = [("place", "2025-06-30", 8.1), ("pref", "2025-06-30", 6.4), ("place", "2025-12-31", 7.9)]


def bare_city(root: Path) -> Path:
    """Draft, fill in and build the city's package without clusters or figures."""
    listed = root.parent / "list.txt"
    listed.write_text(LIST, encoding="utf-8")
    new_package(root, listed, title=TITLE, area_name="云溪市", area_code="990181", due="2027-12-31")
    finish(root)
    build(root)
    return root


def city(root: Path) -> Path:
    """Draft, fill in and build the city's package with clusters, bases, yearly outputs and published growth."""
    bare_city(root)
    folder = root / "data/source"
    text = (folder / "task_list.zh.txt").read_text(encoding="utf-8")
    entries = []
    for name, (zh, en, indicator) in CLUSTERS.items():
        span = [text.index(zh), text.index(zh) + len(zh)]
        place = str(name == "zone").lower()
        entries.append(f"- {{cluster_id: {name}, name_zh: {zh}, name_en: {en}, is_place: {place}, indicator_id: {indicator}, span: {span}}}\n")
    (folder / "clusters.yaml").write_text("".join(entries), encoding="utf-8", newline="")
    _append(folder / "indicators.csv", CONTEXT)
    _append(folder / "measurement_units.csv", "percent,%,percent,percent,0,percent\n")
    areas = folder / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").rstrip() + "pref\npref,南川市,Nanchuan,990100,prefecture,\n", encoding="utf-8")
    _append(folder / "sources.csv", "bulletin,统计公报,市统计局,2026-04-10,2026-04-10,statistical_communique,official,\n")
    rows = [f"{indicator},{area},{year}-01-01,{year}-12-31,stated,flow,{value},cny_100m" for indicator, area, year, value in YEARS]
    rows += [f"{indicator},place,,{day},stated,level,{value},firms" for indicator, day, value in STOCKS]
    rows += [f"va,{area},{day[:4]}-01-01,{day},stated,growth_pct,{value},percent" for area, day, value in GROWTHS]
    rows.append("t03_1,place,,2025-12-31,stated,rank,14,rank")
    observations = "".join(f"o{at:04d},{row},exact,outturn,same,,,,,,bulletin,\n" for at, row in enumerate(rows, 1))
    _append(folder / "observations.csv", observations)
    build(root)
    return root


def _append(path: Path, rows: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(rows)
