"""Where each lock installs from wheels alone, and what is against it elsewhere: the README says the same."""

from __future__ import annotations

LINUX = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")
MUSL = ("x86_64-unknown-linux-musl",)
WINDOWS = ("x86_64-pc-windows-msvc",)
MACOS = ("aarch64-apple-darwin", "x86_64-apple-darwin")
# The oldest macOS that is promised.
MACOS_VERSION = "13.0"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

SERVED = {
    "core": LINUX + MUSL + WINDOWS + MACOS,
    "lab": LINUX + MUSL + WINDOWS + MACOS,
    "test": LINUX + WINDOWS + MACOS,
}
# Lock and platform, and the package of which there is no wheel.
NOT_SERVED = {
    ("core", "aarch64-unknown-linux-musl"): "matplotlib",
    ("core", "aarch64-pc-windows-msvc"): "typst",
    ("test", "x86_64-unknown-linux-musl"): "duckdb",
    ("croissant", "x86_64-manylinux_2_28"): "jsonpath-rw",
}
