"""Limits on the size of an untrusted package."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """The most that is accepted; each can be set, and the one that is exceeded is named in the error.

    `field_characters` is what a cell of XLSX holds. A million observations take some 200 MiB and compress about
    tenfold.
    """

    total_bytes: int = 512 * _MIB
    descriptor_bytes: int = 4 * _MIB
    json_depth: int = 32
    resources: int = 100
    zip_entries: int = 1000
    zip_ratio: int = 100
    line_bytes: int = _MIB
    columns: int = 100
    field_characters: int = 32_767
