"""Write the profile's files from the definition of the tables.

    python scripts/make_profile.py

A test compares them with the definition and shows what differs.
"""

from __future__ import annotations

from pathlib import Path

from daye_analysis.package.profile import profile_files
from daye_analysis.storage.files import replace_file

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write every file whose text differs."""
    for path, text in profile_files().items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            replace_file(target, text.encode())
            print(path)


if __name__ == "__main__":
    main()
