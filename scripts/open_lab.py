"""Open JupyterLab with everything in place: the project's notebooks, Chinese on any machine, no news, one's language.

    python scripts/open_lab.py [zh | en] [options of `jupyter lab`]

Settings made there stay in the environment's own folder, apart from those of any other JupyterLab on this machine.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from daye_analysis.charts.typeface import FONT_FOLDER

ROOT = Path(__file__).resolve().parents[1]
LOCALES = {"zh": "zh_CN", "en": "en"}
# The cells of the other language are present but hidden, so saving the notebook keeps them.
HIDDEN = """
.jp-Notebook .jp-Cell.cell-tag-{other}:not(.cell-tag-{language}) {{
  display: none;
}}
"""


def furnished(home: Path, language: str) -> list[str]:
    """Fill JupyterLab's configuration folder and return the options that make JupyterLab use it."""
    custom, settings = home / "custom", home / "defaults"
    for folder in (custom, settings):
        folder.mkdir(parents=True, exist_ok=True)
    style = (ROOT / "scripts" / "lab.css").read_text(encoding="utf-8")
    other = "zh" if language == "en" else "en"
    (custom / "custom.css").write_text(style + HIDDEN.format(language=language, other=other), encoding="utf-8")
    for font in sorted(FONT_FOLDER.glob("*.ttf")):
        shutil.copyfile(font, custom / font.name)
    defaults = {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        # A saved notebook shows its tables and lists without the kernel that made them.
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[language]},
    }
    (settings / "overrides.json").write_text(json.dumps(defaults, indent=2) + "\n", encoding="utf-8")
    return [
        "--LabApp.custom_css=True",
        f"--LabApp.app_settings_dir={settings}",
        "--LabApp.default_url=/lab/tree/notebooks/explore.ipynb",
        f"--ServerApp.root_dir={ROOT}",
    ]


def main(arguments: list[str]) -> None:
    """Open JupyterLab in the language that the first argument or DAYE_LANGUAGE names, else in English."""
    language = os.environ.get("DAYE_LANGUAGE", "en")
    if arguments and not arguments[0].startswith("-"):
        language, *arguments = arguments
    # LANGUAGE, which make passes on, is a list of locales for other programs: zh_CN:en.
    language = language[:2].lower()
    language = language if language in LOCALES else "en"
    # What kernels speak, where a notebook does not say.
    os.environ["DAYE_LANGUAGE"] = language
    home = Path(os.environ.setdefault("JUPYTER_CONFIG_DIR", str(Path(sys.prefix) / "daye-lab")))
    options = furnished(home, language)

    from jupyterlab.labapp import main as jupyter_lab  # type: ignore[import-untyped, unused-ignore]

    given = {argument.partition("=")[0] for argument in arguments}
    jupyter_lab([*(option for option in options if option.partition("=")[0] not in given), *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
