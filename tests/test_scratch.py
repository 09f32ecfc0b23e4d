"""Folders for temporary files: gone in the end, after a kill with the next call, and never while they are in use."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from published_help import in_child

from daye_analysis.storage.scratch import scratch_folder


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def killed_within(purpose: str) -> None:
    with scratch_folder(purpose) as folder:
        (folder / "file").write_text("x", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_owner_left_goes_with_the_next_call(tmp_path: Path) -> None:
    assert in_child(lambda: killed_within("work")) == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 2
    with scratch_folder("other"):
        assert len(list(tmp_path.iterdir())) == 4
    with scratch_folder("work"):
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_stays() -> None:
    with scratch_folder("work") as first:
        (first / "file").write_text("x", encoding="utf-8")
        with scratch_folder("work") as second:
            assert second != first
            assert (first / "file").exists()
        assert (first / "file").exists()


def test_a_file_of_the_same_name_that_links_elsewhere_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / "daye-work-1.daye-lock").symlink_to(tmp_path / "mine")
    with scratch_folder("work"):
        pass
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("refused", "left"), [(1, 0), (2, 2)])
def test_what_the_system_will_not_remove_is_tried_again_and_then_found_by_the_next_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: int, left: int
) -> None:
    """As where a virus scanner has a file open: `refused` removals fail."""
    refusals, remove = iter(range(refused)), shutil.rmtree
    monkeypatch.setattr(shutil, "rmtree", lambda path, **more: remove(path, **more) if next(refusals, None) is None else None)
    with scratch_folder("work") as folder:
        (folder / "file").write_text("x", encoding="utf-8")
    assert len(list(tmp_path.iterdir())) == left
    with scratch_folder("work"):
        pass
    assert list(tmp_path.iterdir()) == []
