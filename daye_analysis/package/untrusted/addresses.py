"""What a string in a descriptor may refer to, decided by its characters alone: nothing is opened or looked up."""

from __future__ import annotations

import re
import unicodedata

# One letter before the colon is a Windows drive.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:")
WEB_ADDRESS = re.compile(r"https?://[^\s/]")
_PROFILE = re.compile(
    r"https://datapackage\.org/profiles/[0-9]+\.[0-9]+/[a-z]+\.json"
    r"|(tabular-)?data-(package|resource)"
)


def path_fault(path: str) -> str | None:
    """Return the code of what makes `path` dangerous, or None where it is a plain relative path.

    Judged alike on every system: a backslash or a drive letter is refused on Linux too.
    """
    if _SCHEME.match(path) or path.startswith("//"):
        return "guard.path-remote"
    if not path.isprintable() or any(each in path for each in "\\$%") or _hides_sign(path):
        return "guard.path-disguised"
    if (
        path.startswith(("/", "~"))
        or _DRIVE.match(path)
        or any(each in ("", ".", "..") for each in path.split("/"))
    ):
        return "guard.path-outside"
    return None


def _hides_sign(path: str) -> bool:
    """Return whether a full-width or other look-alike in `path` would become one of the signs that steer a path."""
    plain = unicodedata.normalize("NFKC", path)
    return any(plain.count(sign) > path.count(sign) for sign in "/\\.:~$%")


def has_user(address: str) -> bool:
    """Return whether a web address carries a user's name or password: http://user:password@host/."""
    _, scheme, rest = address.partition("://")
    return bool(scheme) and "@" in re.split("[/?#]", rest, maxsplit=1)[0]


def link_fault(link: str) -> str | None:
    """Return the code of what makes `link` dangerous: a web address for people to follow is fine, we never do."""
    if WEB_ADDRESS.match(link) and link.isprintable():
        return None
    return path_fault(link)


def is_known_profile(name: str) -> bool:
    """Return whether `name` names a published Data Package profile; it is never fetched."""
    return _PROFILE.fullmatch(name) is not None
