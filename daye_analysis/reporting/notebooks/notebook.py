"""A notebook before and after its run: read, given its parameters, cleaned of clock times and paths, shown with its error.

Notebooks are plain dictionaries here (nbformat 4, as in the file), so that checking whether anything changed needs
no import of nbformat.
"""

from __future__ import annotations

import copy
import importlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import NotReadable, Problem
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.environment import skip_slow_imports
from daye_analysis.reporting.notebooks.completion import COMPLETE, FINISH_SOURCE
from daye_analysis.reporting.notebooks.languages import PYTHON, assigned, program_language
from daye_analysis.reporting.notebooks.parameters import Value, assignment_source, cell_source, cell_tags
from daye_analysis.reporting.notebooks.problems import NOTEBOOK_PROBLEMS
from daye_analysis.storage.files import file_content

Notebook = dict[str, Any]
Cell = dict[str, Any]

INJECTED = "injected-parameters"
FINISH = "daye-finish"
CELL_TYPES = ("code", "markdown", "raw")
HALF_PAIR = re.compile("[\ud800-\udfff]")
# Jupyter's tags for a cell that is not run, and one whose exception is meant.
SKIPPED, ALLOWED = "skip-execution", "raises-exception"
LANGUAGES = frozenset({"zh", "en"})

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}

CELL_FILE = re.compile(r"ipykernel_\d+[/\\]\d+\.py")
# What ends a path when it is followed backwards.
NOT_IN_PATHS = frozenset(" \t\n\r\"'<>(")
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,16}\b")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def read_notebook(path: Path) -> Notebook:
    """Return the notebook in the file `path`; raise NotReadable when there is none, or it is no nbformat 4."""
    try:
        notebook = json.loads(file_content(path).decode("utf-8"))
    except OSError as error:
        raise NotReadable(_problem(path, error.strerror or type(error).__name__)) from None
    except (ValueError, RecursionError):
        raise NotReadable(_problem(path, "no JSON in UTF-8")) from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        raise NotReadable(_problem(path, "no notebook of format 4"))
    fault = next(_faults(notebook), None)
    if fault is not None:
        raise NotReadable(_problem(path, fault))
    return without_nulls(notebook)


def _are_attachments(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(bundle, dict) for bundle in value.values())


def without_nulls(notebook: Mapping[str, Any]) -> Notebook:
    """Return the notebook, as far as it can be printed: null, or a value of another kind than the format wants, is empty."""
    cells = []
    for cell in notebook.get("cells") or ():
        if not isinstance(cell, Mapping):
            continue
        metadata = dict(cell["metadata"]) if isinstance(cell.get("metadata"), Mapping) else {}
        if "tags" in metadata:
            tags = metadata["tags"] if isinstance(metadata["tags"], list) else []
            metadata["tags"] = [tag for tag in tags if isinstance(tag, str)]
        changed: dict[str, Any] = {"metadata": metadata, "source": cell.get("source") or ""}
        if "outputs" in cell or cell.get("cell_type") == "code":
            outputs = cell["outputs"] if isinstance(cell.get("outputs"), list) else []
            changed["outputs"] = [output for output in outputs if isinstance(output, Mapping)]
        if "attachments" in cell:
            given = cell["attachments"] if isinstance(cell["attachments"], Mapping) else {}
            changed["attachments"] = {name: bundle for name, bundle in given.items() if isinstance(bundle, Mapping)}
        cells.append({**cell, **changed})
    own = notebook.get("metadata")
    kept = {name: value for name, value in own.items() if value is not None} if isinstance(own, Mapping) else {}
    for name in ("daye", "kernelspec", "language_info", "papermill", "widgets"):
        if not isinstance(kept.get(name, {}), Mapping):
            del kept[name]
    return {**notebook, "metadata": kept, "cells": cells}


def _faults(notebook: Notebook) -> Iterator[str]:
    """Yield where the notebook is not of its format: in the parts that are read here, without importing nbformat."""
    metadata = _part(notebook, "metadata", {})
    daye = _part(metadata, "daye", {}) if isinstance(metadata, dict) else None
    if not isinstance(daye, dict) or not _are_texts(daye.get("outputs", [])):
        yield "metadata"
    for at, cell in enumerate(notebook["cells"]):
        if not isinstance(cell, dict) or cell.get("cell_type") not in CELL_TYPES:
            yield f"cells[{at}].cell_type"
            continue
        metadata = _part(cell, "metadata", {})
        if not isinstance(cell.get("source"), str) and not _are_texts(cell.get("source")):
            yield f"cells[{at}].source"
        elif not isinstance(metadata, dict) or not _are_texts(_part(metadata, "tags", [])):
            yield f"cells[{at}].metadata"
        elif not _are_attachments(cell.get("attachments", {})) or not isinstance(_part(cell, "outputs", []), list):
            yield f"cells[{at}]"
        elif HALF_PAIR.search(cell_source(cell)):
            yield f"cells[{at}].source: half a surrogate pair"


def _part(whole: Mapping[str, Any], name: str, empty: Any) -> Any:
    """Return a part, `empty` where it is null or not there."""
    return empty if whole.get(name) is None else whole[name]


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def normalised(notebook: Mapping[str, Any]) -> bytes:
    """Return the bytes that represent the notebook's content: sources, kinds, tags and its `daye` metadata.

    Outputs, execution counts and cell ids are left out, so that opening and running a notebook changes nothing.
    """
    cells = [[cell.get("cell_type"), cell_source(cell), sorted(cell_tags(cell))] for cell in notebook["cells"]]
    content = {"cells": cells, "daye": notebook.get("metadata", {}).get("daye", {})}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def declared_outputs(notebook: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files that the notebook promises to write, from its metadata `daye.outputs`."""
    return tuple(notebook.get("metadata", {}).get("daye", {}).get("outputs", ()))


def titles(notebook: Mapping[str, Any]) -> dict[str, str]:
    """Return the report's title by language, as the notebook's metadata give it."""
    given = notebook["metadata"].get("daye", {}).get("title", {})
    texts = given if isinstance(given, dict) else {}
    return {language: texts[language] for language in ("zh", "en") if isinstance(texts.get(language), str)}


def is_strict(notebook: Mapping[str, Any]) -> bool:
    """Return whether the notebook asks by its metadata `daye.strict` to fail where anything could not be printed."""
    return notebook.get("metadata", {}).get("daye", {}).get("strict") is True


def needed_tables(notebook: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tables that must have rows for the notebook to have anything to report, by its metadata `daye.needs`."""
    needs = notebook.get("metadata", {}).get("daye", {}).get("needs", ())
    return tuple(str(each) for each in needs) if isinstance(needs, list) else ()


def prepare(notebook: Mapping[str, Any], values: Mapping[str, Value], language: Language) -> Notebook:
    """Return the notebook ready to run: its own language, no old outputs, parameters injected, finish cell last.

    One in another language than Python keeps its kernel, and has no finish cell.
    """
    prepared = copy.deepcopy(dict(notebook))
    language_of_code = program_language(notebook)
    other = LANGUAGES - {language}
    cells: list[Cell] = []
    for cell in prepared["cells"]:
        tags = set(cell_tags(cell))
        if INJECTED in tags or (cell.get("cell_type") == "markdown" and tags & other and language not in tags):
            continue
        cells.append(cell)
        if "parameters" in tags and values:
            source = (
                assignment_source(values)
                if language_of_code == PYTHON
                else assigned(values, language_of_code)
            )
            cells.append(_code_cell(source, INJECTED))
    if language_of_code == PYTHON:
        cells.append(_code_cell(FINISH_SOURCE, FINISH))
        prepared["metadata"]["kernelspec"] = dict(KERNELSPEC)
        prepared["metadata"]["language_info"] = dict(LANGUAGE_INFO)
    for position, cell in enumerate(cells):
        cell["id"] = cell.get("id") or f"cell-{position}"
        cell["source"] = cell_source(cell)
        if cell.get("cell_type") == "code":
            cell.update(outputs=[], execution_count=None)
    prepared["cells"] = cells
    prepared.update(nbformat=4, nbformat_minor=5)
    prepared["metadata"].pop("widgets", None)
    return prepared


def is_complete(executed: Mapping[str, Any]) -> bool:
    """Return whether every code cell ran and, in Python, the last one showed the completion marker."""
    code = [cell for cell in executed["cells"] if cell["cell_type"] == "code" and cell_source(cell).strip()]
    ran = all(cell.get("execution_count") is not None for cell in code if SKIPPED not in cell_tags(cell))
    if program_language(executed) != PYTHON:
        return ran
    return ran and any(COMPLETE in output.get("data", {}) for output in code[-1]["outputs"])


def failed_cell(executed: Mapping[str, Any]) -> tuple[int | None, str, str] | None:
    """Return execution count, name and text of the first exception that no tag `raises-exception` allows; None without one.

    `sys.exit()` without a reason is none: a notebook that ends by it is incomplete. Some kernels of other languages say
    that a cell failed and show no error.
    """
    is_python = program_language(executed) == PYTHON
    for cell in executed["cells"]:
        for output in cell.get("outputs", ()) if ALLOWED not in cell_tags(cell) else ():
            leaves = output.get("ename") == "SystemExit" and output.get("evalue") in ("", "0")
            if output["output_type"] == "error" and not leaves:
                return cell["execution_count"], output["ename"], output["evalue"]
        if not is_python and cell["metadata"].get("papermill", {}).get("exception"):
            said = "".join(output.get("text", "") for output in cell["outputs"]).strip()
            return cell["execution_count"], "Error", said
    return None


def cleaned(executed: Mapping[str, Any], paths: Sequence[tuple[str, str]]) -> Notebook:
    """Return the executed notebook without what differs from run to run or machine to machine.

    `paths` are pairs of a local folder and the word that replaces it. Run ids, clock times, widgets,
    memory addresses and the runner's own cells go; cells are counted from 1; neighbouring pieces of one stream,
    whose cut depends on timing, become one, standard output before standard error.
    """
    notebook = copy.deepcopy(dict(executed))
    notebook["cells"] = [cell for cell in notebook["cells"] if FINISH not in cell_tags(cell)]
    count = 0
    for cell in notebook["cells"]:
        for transient in ("papermill", "execution"):
            cell["metadata"].pop(transient, None)
        if cell["cell_type"] == "code":
            count += cell["execution_count"] is not None
            cell["execution_count"] = count if cell["execution_count"] is not None else None
            cell["outputs"] = [_cleaned_output(output, paths, count) for output in _joined(cell["outputs"])]
    for transient in ("papermill", "widgets"):
        notebook["metadata"].pop(transient, None)
    if program_language(notebook) == PYTHON:
        notebook["metadata"]["language_info"] = dict(LANGUAGE_INFO)
    return notebook


def failing(
    prepared: Mapping[str, Any],
    done: Mapping[int, Mapping[str, Any]],
    running: int | None,
    reason: Text,
    language: Language,
) -> Notebook:
    """Return the notebook of a failed run: outputs as far as it came, and the error where it stopped.

    `done` maps a cell's position to its `execution_count` and `outputs`; `running` is the position of the cell
    that never ended, if any: it gets `reason` as its error. A notice is on top.
    """
    notebook = copy.deepcopy(dict(prepared))
    for position, result in done.items():
        notebook["cells"][position].update(copy.deepcopy(dict(result)))
    if running is not None:
        said = reason.say(language)
        error = {"output_type": "error", "ename": "RunFailed", "evalue": said, "traceback": [f"RunFailed: {said}"]}
        notebook["cells"][running].setdefault("outputs", []).append(error)
    notice = Text(f"**此次运行失败，并非报告。** {reason.zh}", f"**This run failed; this is not a report.** {reason.en}")
    notebook["cells"].insert(
        0, {"cell_type": "markdown", "id": "run-failed", "metadata": {}, "source": notice.say(language)}
    )
    return notebook


def to_bytes(notebook: Mapping[str, Any]) -> bytes:
    """Return the notebook as a file: valid nbformat 4.5, keys sorted, lines split as Jupyter writes them."""
    skip_slow_imports()
    nbformat: Any = importlib.import_module("nbformat")
    text: str = nbformat.writes(nbformat.from_dict(dict(notebook)), version=nbformat.NO_CONVERT)
    return text.rstrip("\n").encode("utf-8") + b"\n"


def _code_cell(source: str, tag: str) -> Cell:
    return {
        "cell_type": "code", "id": tag, "metadata": {"tags": [tag]}, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


def _joined(outputs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Join neighbouring stream pieces into at most one of each name."""
    joined: list[dict[str, Any]] = []
    pending: dict[str, str] = {}

    def flush() -> None:
        for name in ("stdout", "stderr"):
            if pending.get(name):
                joined.append({"output_type": "stream", "name": name, "text": pending[name]})
        pending.clear()

    for output in outputs:
        if output["output_type"] == "stream":
            pending[output["name"]] = pending.get(output["name"], "") + output["text"]
        else:
            flush()
            joined.append(dict(output))
    flush()
    return joined


def _cleaned_output(output: dict[str, Any], paths: Sequence[tuple[str, str]], count: int) -> dict[str, Any]:
    if output["output_type"] == "stream":
        output["text"] = _without_machine(output["text"], paths)
    elif output["output_type"] == "error":
        output["evalue"] = _without_machine(output["evalue"], paths)
        output["traceback"] = [_without_machine(line, paths) for line in output["traceback"]]
    else:
        data = {mime: value for mime, value in output["data"].items() if mime != WIDGET_VIEW}
        output["data"] = {
            mime: _without_machine(value, paths) if isinstance(value, str) and not mime.startswith("image/") else value
            for mime, value in data.items()
        }
        if output["output_type"] == "execute_result":
            output["execution_count"] = count
    return output


def _without_machine(text: str, paths: Sequence[tuple[str, str]]) -> str:
    text = _without_cell_files(text)
    for folder, word in paths:
        text = text.replace(folder, word)
    return ADDRESS.sub("at 0x0", text)


def _without_cell_files(text: str) -> str:
    """Replace the file names that ipykernel gives to cells, whole paths, in time linear in the text."""
    pieces: list[str] = []
    end = 0
    for found in CELL_FILE.finditer(text):
        start = found.start()
        while start > end and text[start - 1] not in NOT_IN_PATHS:
            start -= 1
        pieces += [text[end:start], "<cell>"]
        end = found.end()
    return "".join([*pieces, text[end:]])


def _problem(path: Path, reason: str) -> Problem:
    return worded(NOTEBOOK_PROBLEMS, "notebook.unreadable", str(path), reason=whole(reason))
