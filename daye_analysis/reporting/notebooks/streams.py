"""The standard streams of a notebook: all output, from Python or not, in order and up to a limit.

Both engines use them in place of ipykernel's own. Those read in a thread what other programs print, so that it comes
too late, or after the cell's end and then never; here the descriptor leads to a file, which is read before anything else
is printed or shown.
"""

from __future__ import annotations

import codecs
import os
import re
import tempfile
from typing import Any

from ipykernel.iostream import OutStream
from jupyter_client.session import json_packer

from daye_analysis.reporting.environment import PRINTED_LIMIT

_SURROGATES = re.compile("[\ud800-\udfff]")


class CapturingStream(OutStream):  # type: ignore[misc]  # ipykernel is untyped
    """ipykernel's stream, bounded, with a descriptor that is read whenever something is printed or shown.

    On Windows, where ipykernel leaves the descriptors alone, they are left alone here.
    """

    _descriptor: int | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._limit = int(os.environ[PRINTED_LIMIT])
        self._room, self._left_out, self._offset = self._limit, 0, 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        super().__init__(*arguments, **named)

    def _setup_stream_redirects(self, name: str) -> None:
        """Lead the descriptor to a file without a name, where ipykernel would lead it to a thread."""
        self._descriptor = {"stdout": 1, "stderr": 2}[name]
        # Opened for appending, so that a program that opens it again overwrites nothing.
        with tempfile.TemporaryFile("a+b") as file:
            os.dup2(file.fileno(), self._descriptor)
        self._should_watch = False

    def fileno(self) -> int:
        """Return the descriptor, so that a program that is given this stream prints into the notebook."""
        return self._descriptor if self._descriptor is not None else int(super().fileno())

    def write(self, string: str) -> int | None:
        """Print `string`, after what other programs printed before it."""
        if self._descriptor is not None and not self._is_master_process():  # forked by the notebook
            return os.write(self._descriptor, string.encode("utf-8", "replace"))
        self._take()
        return self._print(string)

    def flush(self) -> None:
        """Send what was printed."""
        if self._is_master_process():
            self._take()
            super().flush()

    def begin_cell(self) -> None:
        """Give the next cell its full room."""
        self._room, self._left_out = self._limit, 0

    def end_cell(self) -> None:
        """Say how much of this cell was left out."""
        self._take()
        if self._left_out:
            left_out, limit = f"{self._left_out:,}", f"{self._limit:,}"
            super().write(f"\n[输出过长：只保留前 {limit} 个字符，另有 {left_out} 个未保留。Only the first {limit} characters are kept; {left_out} more were printed.]\n")

    def _print(self, text: str) -> int | None:
        if self._room == 0 and isinstance(text, str):
            self._left_out += len(text)
            return len(text)
        kept = text[: self._room] if isinstance(text, str) else text
        written: int | None = super().write(kept)
        self._room -= len(kept)
        self._left_out += len(text) - len(kept)
        return written and len(text)

    def _take(self) -> None:
        """Print what came by the descriptor."""
        if self._descriptor is None or (size := os.fstat(self._descriptor).st_size) == self._offset:
            return
        with self._buffer_lock:
            wanted = size - self._offset
            # At most as many bytes as the room can take, and one more to see that there are more.
            data = os.pread(self._descriptor, min(wanted, 4 * self._room + 1), self._offset)
            self._offset = size
            self._print(self._decoder.decode(data))
            self._left_out += wanted - len(data)


def packed(message: Any) -> bytes:
    """Return a message as bytes; half a surrogate pair, which no file can hold, becomes the sign for what is unreadable."""
    try:
        return bytes(json_packer(message))
    except UnicodeEncodeError:
        return bytes(json_packer(_without_surrogates(message)))


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(each) for each in value]
    return value
