"""The README, LICENSE and, if the package has none, CHANGELOG of the package's archive."""

from __future__ import annotations

from daye_analysis.package.definition import TABLES, Metadata
from daye_analysis.package.describe.citation import citation_line
from daye_analysis.package.describe.licences import (
    CC_BY_ADDRESS,
    CC_BY_NAME,
    CC_BY_TITLE,
    COMPILATION,
    OFFICIAL_WORDING,
)


def readme(metadata: Metadata) -> str:
    """Return `README.md`: what the package is, its tables, how to read and to cite it, in Chinese and English."""
    cite = citation_line(metadata)
    site = f"\n- 网站 site: <{metadata.homepage}>" if metadata.homepage else ""
    own = f"\n- 标识 identifier: `{metadata.id}`" if metadata.id else ""
    rows = "\n".join(f"| `{each.path}` | {each.title.zh}：{each.description.zh} | {each.title.en}. {each.description.en} |" for each in TABLES)
    return f"""# {metadata.title.zh}

{metadata.title.en}

- 版本 version: {metadata.version}
- 发布日 released on: {metadata.released_on}
- 数据查找截止日 search for figures ended on: {metadata.compiled_on}{own}{site}

{metadata.description.zh}

{metadata.description.en}

| 文件 file | 内容 | content |
| --- | --- | --- |
{rows}

CSV 为 UTF-8，每列的含义见 [docs/dictionary.zh-CN.md](docs/dictionary.zh-CN.md)；`datapackage.json` 为 Data Package 2.0 描述文件。

The CSV files are UTF-8; [docs/dictionary.md](docs/dictionary.md) explains every column; `datapackage.json` is a Data Package 2.0 descriptor.

引用 how to cite:

> {cite.zh}
>
> {cite.en}

许可 licence: {CC_BY_NAME}, [LICENSE](LICENSE). 变更 changes: [CHANGELOG.md](CHANGELOG.md).
"""


def licence(metadata: Metadata) -> str:
    """Return `LICENSE`: the licence of the compilation by name and address, and what holds for official wording."""
    by = metadata.publisher.zh and f"{metadata.publisher.zh} · {metadata.publisher.en}\n\n"
    return (
        f"{metadata.title.zh}\n{metadata.title.en}\n\n{by}{CC_BY_NAME}\n{CC_BY_TITLE.zh} · {CC_BY_TITLE.en}\n{CC_BY_ADDRESS}\n"
        f"{CC_BY_ADDRESS}legalcode\n\n{COMPILATION.zh}\n{COMPILATION.en}\n\n{OFFICIAL_WORDING.zh}\n\n{OFFICIAL_WORDING.en}\n"
    )


def changelog(metadata: Metadata) -> str:
    """Return a `CHANGELOG.md` for a package that keeps none: this version and its day."""
    return f"# 变更记录 · Changes\n\n## {metadata.version} · {metadata.released_on}\n"
