"""Problems of queries to a package by code: what is wrong and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

VIEW_PROBLEMS: Words = {
    "load.no-compiled-on": (
        Text("数据包没有写明编制日。", "The package does not state when it was compiled."),
        Text("请写明日期，如 2026-11-23。", "Give the date, such as 2026-11-23."),
    ),
    "package.no-row": (
        Text("来源和数据须按字段给出。", "The source and its figures must be given field by field."),
        Text('写成 {{"source_id": …}} 和 [{{"indicator_id": …, "value": …}}]，数据外面有方括号。',
             'Write {{"source_id": …}} and [{{"indicator_id": …, "value": …}}], the figures within square brackets.'),
    ),
    "package.unknown-field": (
        Text("{table} 表没有字段：{unknown}。", "The table {table} has no field {unknown}."),
        Text("字段：{fields}。", "Its fields: {fields}."),
    ),
    "package.unknown-target": (
        Text("没有名为“{wanted}”的目标。", "There is no target called '{wanted}'."),
        Text("可选用：{names}。", "Try one of: {names}."),
    ),
    "package.unknown-target/other-kind": (
        Text("“{wanted}”是{other}，不是目标。", "'{wanted}' is the name of a different kind of entry ({other}), not of a target."),
        Text("请改用 {asking}；可选用的目标：{names}。", "Use {asking}, or try one of these targets: {names}."),
    ),
    "selection.unknown": (
        Text("没有名为“{wanted}”的{kind}。", "There is no {kind} called '{wanted}'."),
        Text("可选用：{names}。", "Try one of: {names}."),
    ),
    "selection.unknown/other-kind": (
        Text("“{wanted}”是{other}，不是{kind}。", "'{wanted}' is the name of a different kind of entry ({other}), not of a {kind}."),
        Text("请改用 {asking}；可选用的{kind}：{names}。", "Use {asking}, or try one of these ({kind}): {names}."),
    ),
    "selection.none": (
        Text("没有名为“{wanted}”的{kind}。", "There is no {kind} called '{wanted}'."),
        Text("数据包里没有{kind}；去掉这个条件。", "The package names no {kind}; leave this condition out."),
    ),
    "selection.ambiguous": (
        Text("称为“{wanted}”的{kind}不止一个。", "More than one {kind} is called '{wanted}'."),
        Text("请写明是哪一个：{names}。", "Specify one of: {names}."),
    ),
    "cite.unknown": (
        Text("没有名为“{key}”的可引用内容。", "There is nothing called '{key}' to cite."),
        Text("请给出观测、来源或目标的标识，或目标的名称，如：{names}。",
             "Give the identifier of an observation, a source or a target, or a target's name, such as: {names}."),
    ),
    "cite.not-yet-known": (
        Text("“{key}”在 {day} 尚未公布。", "'{key}' was not yet published on {day}."),
        Text("请用更晚的截至日期。", "Use a later as-of date."),
    ),
}  # fmt: skip
