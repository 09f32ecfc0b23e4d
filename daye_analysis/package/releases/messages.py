"""Problems of releases, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

RELEASE_PROBLEMS: Words = {
    "release.not-a-version": (
        Text("“{found}”不是版本号。", "'{found}' is not a version number."),
        Text("请写 1.2.3 这样的版本号。", "Write it in the form 1.2.3."),
    ),
    "release.version-went-back": (
        Text("版本从 {old} 退到 {new}。", "The version went back from {old} to {new}."),
        Text("版本至少应为 {wanted}。", "It must be {wanted} or higher."),
    ),
    "release.step-too-small": (
        Text("{what}：{needed} 级改变，而版本只从 {old} 到 {new}。", "{what}: this is a {needed} change, but the version only goes from {old} to {new}."),
        Text("版本至少应为 {wanted}（data/source/package.yaml 的 version）。", "It must be {wanted} or higher (version in data/source/package.yaml)."),
    ),
}  # fmt: skip
