"""Read an open file to its end within the limits."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Protocol

from daye_analysis.errors import CheckFailed, NotReadable, Refused
from daye_analysis.package.untrusted.limits import ReadLimits
from daye_analysis.package.untrusted.messages import GUARD_PROBLEMS
from daye_analysis.problem_messages import worded

_CHUNK = 1024 * 1024


class Container(Protocol):
    """A folder or an archive: something that opens files by their path in the package."""

    def open(self, path: str) -> BinaryIO:
        """Return the file at `path`, opened; FileNotFoundError where there is none."""


@dataclass(slots=True)
class Budget:
    """What may still be read of one package; sizes that a file system or an archive promises are not believed."""

    limits: ReadLimits
    spent: int = 0

    def read(self, container: Container, path: str) -> bytes:
        """Return the content of `path`.

        Raises FileNotFoundError, NotReadable, Refused (`guard.too-big`), or CheckFailed (`package.line-too-long`)
        as soon as a line is longer than the limit, so that a gigabyte without a line end never fills the memory.
        """
        # Gives its bytes out without a copy, as joined chunks would not.
        content = BytesIO()
        lines = unended = 0
        try:
            with container.open(path) as file:
                # No longer than a line may be, so that a line inside one chunk is within the limit.
                while chunk := file.read(min(_CHUNK, self.limits.line_bytes)):
                    self._spend(len(chunk), path)
                    content.write(chunk)
                    first = chunk.find(b"\n")
                    longest = unended + (len(chunk) if first < 0 else first)
                    if longest > self.limits.line_bytes:
                        limit = self.limits.line_bytes
                        raise CheckFailed(
                            worded(GUARD_PROBLEMS, "package.line-too-long", path, line=lines + 1, limit=limit)
                        )
                    lines += chunk.count(b"\n")
                    unended = longest if first < 0 else len(chunk) - chunk.rfind(b"\n") - 1
        except FileNotFoundError:
            raise
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise NotReadable(worded(GUARD_PROBLEMS, "guard.not-readable", path, found=reason)) from error
        return content.getvalue()

    def _spend(self, count: int, path: str) -> None:
        self.spent += count
        if self.spent > self.limits.total_bytes:
            raise Refused(worded(GUARD_PROBLEMS, "guard.too-big", path, limit=self.limits.total_bytes))
