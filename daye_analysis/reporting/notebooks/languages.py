"""The language of a notebook: its kernel, its parameters cell, and how values are assigned in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.notebooks.problems import NOTEBOOK_PROBLEMS

PYTHON = "python"
# Kernels that a notebook may name without naming their language.
_BY_KERNEL = (("ir", "r"), ("julia", "julia"), ("bash", "bash"), ("xr", "r"))
_SHELLS = ("bash",)
# papermill's names of its translators, where they are not the language's.
_TRANSLATORS = {"r": "R", "c#": ".net-csharp", "f#": ".net-fsharp", "powershell": ".net-powershell"}
_NAMES = {
    "r": "R",
    "julia": "Julia",
    "bash": "Bash",
    "matlab": "MATLAB",
    "sql": "SQL",
    "javascript": "JavaScript",
}
_INSTALL = {
    "r": 'install.packages("IRkernel"); IRkernel::installspec()',
    "julia": 'using Pkg; Pkg.add("IJulia")',
    "bash": "pip install bash_kernel && python -m bash_kernel.install",
}

_ASSIGNMENT = re.compile(
    r"\s*(?:val|var|let|const|export)?\s*(?P<name>[A-Za-z][A-Za-z0-9_]*)(?:\s*::?\s*\w+)?\s*(?:<-|=(?!=))\s*"
    r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'[^']*'|.*?)\s*(?:;\s*)?(?:(?:#|//|%|--)\s*(?P<comment>.*))?"
)
_QUOTED = re.compile(r"\"(?P<double>(?:[^\"\\]|\\[\"\\])*)\"|'(?P<single>[^'\\]*)'")
_LONGEST_LINE = 2_000
_WORDS = {
    "TRUE": "True",
    "FALSE": "False",
    "NULL": "None",
    "nothing": "None",
    "true": "True",
    "false": "False",
}
_WHOLE = re.compile(r"(-?(?:0|[1-9][0-9]*))L?")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]*(?:[eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)")
_SHELL_WORD = re.compile(r"[A-Za-z0-9_./:-]*")
# Characters that papermill's literals leave to the language: Julia would put a variable's value in place of `$name`.
_ESCAPED = {"r": r'[\\"]', "julia": r'[\\"$]'}


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel that is installed here: its name, its language, the folder of data that lists it, the hash of its specification."""

    name: str
    language: str
    data_folder: Path
    sha256: str

    def as_json(self) -> dict[str, str]:
        """Return what a run's identity says of the kernel."""
        return {"name": self.name, "language": self.language, "specification_sha256": self.sha256}


def program_language(notebook: Mapping[str, Any]) -> str:
    """Return the programming language that the notebook names, in lower case; Python where it names none."""
    metadata = notebook.get("metadata") or {}
    specification = metadata.get("kernelspec") or {}
    named = specification.get("language") or (metadata.get("language_info") or {}).get("name")
    if not named:
        kernel = str(specification.get("name") or "")
        named = next(
            (language for start, language in _BY_KERNEL if re.match(rf"{start}(?![a-z])", kernel)), PYTHON
        )
    language = str(named).lower()
    return PYTHON if re.fullmatch(r"i?python\d*", language) else language


def own_kernel(notebook: Mapping[str, Any], where: str) -> Kernel | None:
    """Return the kernel that runs a notebook in another language than Python, None for one in Python.

    It is the one that the notebook names, else the first of the same language. Raises WrongUsage (notebook.language)
    where none is installed; `where` names the notebook.
    """
    language = program_language(notebook)
    if language == PYTHON:
        return None
    from jupyter_client.kernelspec import KernelSpecManager

    installed = KernelSpecManager().get_all_specs()
    fitting = sorted(
        name for name, about in installed.items() if str(about["spec"].get("language")).lower() == language
    )
    named = (notebook["metadata"].get("kernelspec") or {}).get("name")
    if not fitting:
        raise WrongUsage(_problem_no_kernel(where, language))
    name = named if named in fitting else fitting[0]
    folder = Path(installed[name]["resource_dir"])
    specification = json.dumps(installed[name]["spec"], sort_keys=True).encode()
    return Kernel(name, language, folder.parents[1], hashlib.sha256(specification).hexdigest())


def as_python(source: str, language: str) -> str:
    """Return the assignments of single values in a parameters cell of `language` as lines of Python.

    A text, number or truth value is given as such; what is computed, or cannot be assigned by papermill, as something
    that is no literal.
    """
    return "\n".join(_python_lines(source, language))


def assigned(values: Mapping[str, Any], language: str) -> str:
    """Return source in `language` that assigns exactly these values, by papermill's translator."""
    translator = _translator(language)
    lines = [translator.comment("Parameters")]
    for name, value in values.items():
        if isinstance(value, str) and language in _ESCAPED:
            text = re.sub(_ESCAPED[language], r"\\\g<0>", value).replace("\n", "\\n").replace("\r", "\\r")
            lines.append(translator.assign(name, f'"{text}"'))
        else:
            lines.append(translator.assign(name, translator.translate(value)))
    return "\n".join(lines)


def _python_lines(source: str, language: str) -> Iterator[str]:
    is_known = _translator(language) is not None
    for line in source.splitlines():
        if len(line) <= _LONGEST_LINE and (found := _ASSIGNMENT.fullmatch(line)):
            value = _literal(found["value"], language) if is_known else None
            yield f"{found['name']} = {value or 'object()'}  # {found['comment'] or ''}"


def _literal(text: str, language: str) -> str | None:
    """Return Python's spelling of a value, None for what is no single value."""
    if quoted := _QUOTED.fullmatch(text):
        # `$name` in double quotes is replaced by a value, except in R.
        is_computed = quoted["double"] is not None and "$" in text and language != "r"
        return (
            None if is_computed else repr(re.sub(r"\\(.)", r"\1", quoted["double"] or quoted["single"] or ""))
        )
    if text in _WORDS:
        return _WORDS[text]
    if whole := _WHOLE.fullmatch(text):
        return whole[1]
    if _DECIMAL.fullmatch(text):
        return repr(float(text))
    return repr(text) if language in _SHELLS and _SHELL_WORD.fullmatch(text) else None


def _translator(language: str) -> Any:
    """Return papermill's translator, None where it has none for the language."""
    from papermill.exceptions import PapermillException
    from papermill.translators import papermill_translators

    try:
        return papermill_translators.find_translator(_TRANSLATORS.get(language, language), language)
    except PapermillException:
        return None


def _problem_no_kernel(where: str, language: str) -> Problem:
    how = _INSTALL.get(language)
    given = Text(f"（{how}）", f" ({how})") if how else Text("", "")
    return worded(NOTEBOOK_PROBLEMS, "notebook.language", where, name=_NAMES.get(language, language.capitalize()), how=given)
