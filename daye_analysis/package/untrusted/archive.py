"""Read files from a .zip without unpacking it: nothing is written, and its stated sizes are not trusted."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from daye_analysis.errors import NotReadable, Problem, Refused
from daye_analysis.package.untrusted.addresses import path_fault
from daye_analysis.package.untrusted.limits import ReadLimits
from daye_analysis.package.untrusted.messages import GUARD_PROBLEMS
from daye_analysis.problem_messages import worded

# The end record as APPNOTE 4.3.16 lays it out: signature, disks, entry counts, size and place of the directory.
_END = struct.Struct("<4s4H2LH")
DESCRIPTOR = "datapackage.json"
_END_SIGNATURE = b"PK\5\6"
_ZIP64_LOCATOR = b"PK\6\7"
_LONGEST_COMMENT = 65_535
_ENTRY_BYTES = 512
_SMALL = 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError)
# How well an entry is compressed, that its size comes after it, that its name is UTF-8; none is needed to refuse any other.
_FLAGS = 0x2 | 0x4 | 0x8 | 0x800
# 4.5 is what large archives ask for; later ones encrypt, or compress in ways that few know.
_NEWEST = 45
# Packages contain no archives; unpacking a nested one would bypass the checks.
_NESTED = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".7z", ".rar")


class Archive:
    """The entries of one .zip, judged by its directory before anything is decompressed."""

    def __init__(self, path: Path, limits: ReadLimits) -> None:
        """Raise Refused for entries that lead outside, links, twins and bombs; NotReadable where it is no .zip."""
        self.name = path.name
        self.limits = limits
        try:
            with path.open("rb") as file:
                self._judge_directory(file)
            self._zip = zipfile.ZipFile(path)
        except NotImplementedError:
            self._refuse("guard.zip-kind")
        except _DAMAGED as error:
            self._unreadable("guard.zip-damaged", error)
        problems = self._judge_entries()
        if problems:
            self._zip.close()
            raise Refused(problems)
        self._top = self._top_folder()

    def open(self, path: str) -> BinaryIO:
        """Return the entry `path` of the package, opened; FileNotFoundError where there is none."""
        try:
            return cast(BinaryIO, self._zip.open(self._top + path))
        except KeyError:
            raise FileNotFoundError(path) from None
        except (NotImplementedError, RuntimeError):
            self._refuse("guard.zip-kind")
        except _DAMAGED as error:
            self._unreadable("guard.zip-damaged", error)

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()

    def _top_folder(self) -> str:
        """Return the one folder that holds the package, with a slash; empty where it is at the archive's top."""
        names = self._zip.namelist()
        found = [name.removesuffix(DESCRIPTOR) for name in names if name.count("/") == 1 and name.endswith(f"/{DESCRIPTOR}")]
        return found[0] if DESCRIPTOR not in names and len(found) == 1 else ""

    def _judge_directory(self, file: BinaryIO) -> None:
        """Refuse a directory of a million entries before zipfile makes an object of each."""
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_COMMENT - _END.size))
        tail = file.read()
        at = len(tail) - _END.size
        # As zipfile finds it: at the very end, or else wherever the signature is last.
        if at < 0 or not (tail[at : at + 4] == _END_SIGNATURE and tail.endswith(b"\0\0")):
            at = tail.rfind(_END_SIGNATURE)
        if at < 0 or len(tail) < at + _END.size:
            self._unreadable("guard.zip-damaged", "no end record")
        *_, entries, directory_bytes, _place, _comment = _END.unpack_from(tail, at)
        if tail[:at].rfind(_ZIP64_LOCATOR, max(0, at - 20)) >= 0:
            self._refuse("guard.zip-kind")
        most = self.limits.zip_entries
        if entries > most or directory_bytes > most * _ENTRY_BYTES:
            self._refuse("guard.zip-entries", limit=most)

    def _judge_entries(self) -> list[Problem]:
        problems: list[Problem] = []
        seen: set[str] = set()
        entries = self._zip.infolist()
        for entry in entries:
            # The raw name, since zipfile cuts it at a NUL.
            name = entry.orig_filename
            is_link = stat.S_ISLNK(entry.external_attr >> 16)
            if path_fault(name.removesuffix("/")) or is_link:
                problems.append(self._problem("guard.zip-entry", found=name))
            if name.lower().endswith(_NESTED):
                problems.append(self._problem("guard.archive-nested", found=name))
            # Alike to a file system that knows no case, or only one form of a letter.
            alike = unicodedata.normalize("NFC", name).casefold()
            if alike in seen:
                problems.append(self._problem("guard.zip-twice", found=name))
            seen.add(alike)
            ratio = self.limits.zip_ratio
            if entry.file_size > max(_SMALL, ratio * entry.compress_size):
                problems.append(self._problem("guard.zip-ratio", found=name, limit=ratio))
            is_plain = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            if entry.flag_bits & ~_FLAGS or not is_plain or entry.extract_version > _NEWEST:
                problems.append(self._problem("guard.zip-kind"))
        if sum(entry.file_size for entry in entries) > self.limits.total_bytes:
            problems.append(self._problem("guard.too-big", limit=self.limits.total_bytes))
        return problems

    def _problem(self, code: str, **values: object) -> Problem:
        return worded(GUARD_PROBLEMS, code, self.name, **values)

    def _refuse(self, code: str, **values: object) -> NoReturn:
        raise Refused(self._problem(code, **values))

    def _unreadable(self, code: str, found: object) -> NoReturn:
        raise NotReadable(self._problem(code, found=found))
