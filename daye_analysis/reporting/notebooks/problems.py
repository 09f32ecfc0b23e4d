"""Problems of notebooks, parameters and settings files, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

NOTEBOOK_PROBLEMS: Words = {
    "notebook.language": (
        Text("笔记本用 {name} 编写，而这里没有安装 {name} 的 Jupyter 内核。",
             "The notebook is written in {name}, and no Jupyter kernel for {name} is installed here."),
        Text("请安装其内核{how}；或在别处运行后，以 jupyter nbconvert --to daye_pdf 打印。",
             "Install its kernel{how}, or run the notebook elsewhere and print it with jupyter nbconvert --to daye_pdf."),
    ),
    "notebook.unreadable": (
        Text("无法读取笔记本（{reason}）。", "The notebook cannot be read ({reason})."),
        Text("请检查路径，或用 JupyterLab 另存该笔记本。", "Check the path, or save the notebook again in JupyterLab."),
    ),
    "parameter.bad-name": (
        Text("参数名 {name} 不是普通的名称。", "The parameter name {name} is not a plain name."),
        Text("名称用英文字母、数字和下划线，以字母开头，不得是 Python 关键字或内置名称。",
             "Use the letters a to z, digits and underscores, beginning with a letter; Python keywords and builtins are not allowed."),
    ),
    "parameter.missing": (
        Text("缺少参数 {name}{comment}。", "The parameter {name}{comment} is missing."),
        Text("请给出一个 {kind} 值。", "Give a value of type {kind}."),
    ),
    "parameter.not-an-assignment": (
        Text("{name} 不是 名称=值。", "{name} does not have the form name=value."),
        Text("写成 名称=值，如 year=2026。", "Write name=value, such as year=2026."),
    ),
    "parameter.open-type": (
        Text("参数 {name}{comment} 没有可核对的类型，不能从外部赋值。",
             "The parameter {name}{comment} has no type against which a value can be checked, so it cannot be set from outside."),
        Text("请在参数单元格中写明类型，如 note: str | None = None；可用 str、int、float、bool、date 或其列表。",
             "Declare its type in the parameters cell, such as note: str | None = None; types are str, int, float, bool, date, or a list of one of them."),
    ),
    "parameter.repeated": (
        Text("参数 {name} 给了两次。", "The parameter {name} is given twice."),
        Text("只给一次。", "Give it once."),
    ),
    "parameter.reserved": (
        Text("参数 {name} 由运行程序填写。", "The parameter {name} is set by the program."),
        Text("请用 {option} 给出。", "Use {option}."),
    ),
    "parameter.secret": (
        Text("参数 {name} 的网址里有口令或令牌。", "The URL in parameter {name} carries a password or token."),
        Text("参数会印入报告，请去掉口令或令牌。", "Parameters are printed in the report; remove the password or token."),
    ),
    "parameter.unknown/near": (
        Text("笔记本没有参数 {name}。", "The notebook has no parameter {name}."),
        Text("是否想写 {close}？", "Did you mean {close}?"),
    ),
    "parameter.unknown/none-near": (
        Text("笔记本没有参数 {name}。", "The notebook has no parameter {name}."),
        Text("可用的参数：{known}。", "It has: {known}."),
    ),
    "parameter.wrong-type": (
        Text("参数 {name} 须为 {wanted}，而非 {kind} 值 {found}。", "The parameter {name} takes {wanted}, not the {kind} {found}."),
        Text("{hint}", "{hint}"),
    ),
    "settings.unreadable": (
        Text("无法读取文件（{reason}）。", "The file cannot be read ({reason})."),
        Text("请检查路径。", "Check the path."),
    ),
}  # fmt: skip

_SETTINGS: Words = {
    "bad-choice": (
        Text("{key} 不能取值 {found}。", "{found} is not a valid value of {key}."),
        Text("可选：{known}。", "Choose from: {known}."),
    ),
    "bad-duration/length": (
        Text("{found} 太短或太长。", "{found} is too short or too long."),
        Text("写 {least}s 到 3650d 之间的时长。", "Write a duration between {least}s and 3650d."),
    ),
    "bad-duration/none": (
        Text("{found} 不是时长。", "{found} is not a duration."),
        Text("写成 90s、15m、6h、20d 或 2w。", "Write 90s, 15m, 6h, 20d or 2w."),
    ),
    "empty": (
        Text("{key} 为空。", "{key} is empty."),
        Text("请至少写一项。", "Give at least one value."),
    ),
    "too-many-runs": (
        Text("共 {wanted} 份报告，上限为 {most}。", "{wanted} reports, more than the limit of {most}."),
        Text("请减少取值，或设置 max_runs。", "Give fewer values, or set max_runs."),
    ),
    "missing-key": (
        Text("缺少 {key}。", "{key} is missing."),
        Text("补上 {key}：{wanted}。", "Add {key}: {wanted}."),
    ),
    "missing-parameter": (
        Text("{notebook} 缺少参数 {key}。", "{notebook} needs {key}."),
        Text("请补上它的值。", "Add a value for it."),
    ),
    "negative": (
        Text("{key} 不能为负。", "{key} must not be negative."),
        Text("写 0 或以上。", "Write 0 or more."),
    ),
    "syntax": (
        Text("无法解析：{reason}。", "It cannot be parsed: {reason}."),
        Text("请改正该行的写法。", "Correct the syntax of this line."),
    ),
    "unknown-key/near": (
        Text("没有名为 {key} 的设置项。", "{key} is not a known setting."),
        Text("是否想写 {close}？", "Did you mean {close}?"),
    ),
    "unknown-key/none-near": (
        Text("没有名为 {key} 的设置项。", "{key} is not a known setting."),
        Text("可用：{known}。", "Known settings: {known}."),
    ),
    "unknown-notebook/near": (
        Text("没有笔记本 {key}。", "There is no notebook {key}."),
        Text("是否想写 {close}？", "Did you mean {close}?"),
    ),
    "unknown-notebook/none-near": (
        Text("没有笔记本 {key}。", "There is no notebook {key}."),
        Text("可用：{known}。", "There are: {known}."),
    ),
    "wrong-type": (
        Text("{key} 的值 {found} 类型不对。", "The value {found} of {key} has the wrong type."),
        Text("请写{wanted}。", "Write {wanted}."),
    ),
}  # fmt: skip


def settings_problems(kind: str) -> Words:
    """Return what can be wrong with a file of settings of the `kind`, with which the codes begin.

    A parameter's problem is a setting's too: `schedule.parameter-wrong-type` is `parameter.wrong-type` in a schedule.
    """
    parameters = {code.replace(".", "-", 1): words for code, words in NOTEBOOK_PROBLEMS.items() if code.startswith("parameter.")}
    return {f"{kind}.{code}": words for code, words in {**_SETTINGS, **parameters}.items()}
