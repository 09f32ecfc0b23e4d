"""Problems of a package found before its cells are checked, by code: what is wrong and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

_LOCAL = Text(
    "只读取数据包文件夹内的普通文件；请写成 {wanted} 这样的相对路径。",
    "Only regular files inside the package's folder are read; give a relative path such as {wanted}.",
)
_REBUILD = Text(
    "请用 daye build 重新生成 datapackage.json。",
    "Generate datapackage.json again with `daye build`.",
)
_LIMIT = Text(
    "请检查文件是否损坏；上限为 {limit}。", "Check whether the file is damaged; the limit is {limit}."
)
_ZIP = Text("请用 daye export 重新打包。", "Create the archive again with `daye export`.")
_JSON = Text(
    "请改正 datapackage.json，或用 daye build 重新生成。",
    "Correct datapackage.json, or generate it with `daye build`.",
)
_RESTORE = Text(
    "文件可能被截断或改动：请恢复原文件；改动无误的，请运行 daye build。",
    "The file may be truncated or changed: restore it, or, if the change is intended, run `daye build`.",
)

GUARD_PROBLEMS: Words = {
    # Refused for safety (exit 4).
    "guard.path-outside": (
        Text("{key} 为“{found}”，指向文件夹之外。", "{key} is '{found}', which points outside the folder."),
        _LOCAL,
    ),
    "guard.path-remote": (
        Text(
            "{key} 为“{found}”，是网络或其他地址，程序不打开任何地址。",
            "{key} is '{found}', a network address, which is never opened.",
        ),
        _LOCAL,
    ),
    "guard.address": (
        Text("“{found}”是网址，程序不打开任何网址。", "'{found}' is a network address, which is never opened."),
        Text("请先自行下载，再给出文件的路径。", "Download the file, then give its path."),
    ),
    "guard.path-disguised": (
        Text(
            "{key} 为“{found}”，含反斜杠、变量、编码或不可见的字符。",
            "{key} is '{found}', which holds a backslash, a variable, an encoded or an invisible character.",
        ),
        _LOCAL,
    ),
    "guard.reference": (
        Text(
            "{key} 为“{found}”，是对其他文件的引用，程序不读取引用的文件。",
            "{key} is '{found}', a reference to another file, which is never followed.",
        ),
        Text(
            "请删去；数据包只按本工具内置的定义读取。",
            "Remove it; packages are read by the built-in definition only.",
        ),
    ),
    "guard.link": (
        Text("这是符号链接，没有读取。", "This is a symbolic link; it was not read."),
        Text("请换成文件本身。", "Replace it with the file itself."),
    ),
    "guard.special-file": (
        Text("这不是普通文件，没有读取。", "This is not a regular file; it was not read."),
        Text("请换成普通文件。", "Replace it with a regular file."),
    ),
    "guard.too-big": (
        Text("数据包超过 {limit} 字节。", "The package holds more than {limit} bytes."),
        _LIMIT,
    ),
    "guard.zip-entry": (
        Text(
            "压缩包中的“{found}”指向包外或是链接。",
            "The archive's entry '{found}' points outside the archive or is a link.",
        ),
        _ZIP,
    ),
    "guard.archive-nested": (
        Text("压缩包中的“{found}”仍是压缩包。", "The archive's entry '{found}' is itself an archive."),
        _ZIP,
    ),
    "guard.zip-twice": (
        Text("压缩包中“{found}”出现不止一次。", "The archive holds '{found}' more than once."),
        _ZIP,
    ),
    "guard.zip-ratio": (
        Text(
            "压缩包中“{found}”的压缩比超过 {limit}。",
            "The archive's entry '{found}' expands more than {limit} times.",
        ),
        _LIMIT,
    ),
    "guard.zip-entries": (
        Text("压缩包的目录超过 {limit} 项。", "The archive lists more than {limit} entries."),
        _LIMIT,
    ),
    "guard.zip-kind": (
        Text(
            "压缩包使用了加密、zip64、少见的压缩方法或未知的标志。",
            "The archive is encrypted, zip64, compressed in an unusual way, or has unknown flags.",
        ),
        _ZIP,
    ),
    # Not found or unreadable (exit 3).
    "guard.not-found": (
        Text("找不到数据包。", "The package was not found."),
        Text(
            "请给出含 datapackage.json 的文件夹、该文件本身，或 .zip。",
            "Give a folder with a datapackage.json, that file itself, or a .zip.",
        ),
    ),
    "guard.not-readable": (
        Text("无法读取（{found}）。", "It cannot be read ({found})."),
        Text("请检查文件与权限。", "Check the file and its permissions."),
    ),
    "guard.zip-damaged": (Text("压缩包已损坏（{found}）。", "The archive is damaged ({found})."), _ZIP),
    "guard.descriptor-too-big": (
        Text("datapackage.json 超过 {limit} 字节。", "datapackage.json holds more than {limit} bytes."),
        _LIMIT,
    ),
    "guard.too-many-resources": (
        Text("datapackage.json 列出 {found} 个资源。", "datapackage.json lists {found} resources."),
        _LIMIT,
    ),
    "guard.json-encoding": (
        Text("datapackage.json 不是无 BOM 的 UTF-8。", "datapackage.json is not UTF-8 without BOM."),
        Text("请存为无 BOM 的 UTF-8。", "Save it as UTF-8 without BOM."),
    ),
    "guard.json-depth": (
        Text("datapackage.json 嵌套超过 {limit} 层。", "datapackage.json is nested more than {limit} deep."),
        _JSON,
    ),
    "guard.json-key-twice": (
        Text(
            "datapackage.json 中同一对象的键“{found}”出现两次。",
            "datapackage.json has the key '{found}' twice in one object.",
        ),
        _JSON,
    ),
    "guard.json-number": (
        Text(
            "datapackage.json 中的“{found}”不是有限的数。",
            "datapackage.json contains '{found}', which is not a finite number.",
        ),
        _JSON,
    ),
    "guard.json-malformed": (
        Text(
            "datapackage.json 不是有效的 JSON（{found}）。", "datapackage.json is not valid JSON ({found})."
        ),
        _JSON,
    ),
    # Checks that failed (exit 1).
    "package.line-too-long": (
        Text("第 {line} 行超过 {limit} 字节。", "Line {line} holds more than {limit} bytes."),
        _LIMIT,
    ),
    "package.file-missing": (
        Text("数据包中没有这个文件。", "This file is missing from the package."),
        Text("请补上文件；没有数据的表也要有表头。", "Add the file; a table without rows still needs its header."),
    ),
    "package.bytes-differ": (
        Text(
            "文件有 {found} 字节，描述为 {wanted}。",
            "The file has {found} bytes; it is described as {wanted}.",
        ),
        _RESTORE,
    ),
    "package.hash-differs": (
        Text("文件的哈希与描述不符。", "The file's hash differs from the descriptor."),
        _RESTORE,
    ),
    "package.hash-unknown": (
        Text(
            "hash 为“{found}”，应为 sha256: 加 64 位十六进制。",
            "hash is '{found}'; it must be sha256: followed by 64 hexadecimal digits.",
        ),
        _REBUILD,
    ),
    "package.resource-unknown": (
        Text("“{found}”不是本定义中的表。", "'{found}' is not one of the defined tables."),
        Text("请删去，或改正名称。", "Remove it, or correct its name."),
    ),
    "package.resource-twice": (
        Text("“{found}”被描述了两次。", "'{found}' is described twice."),
        Text("请删去其一。", "Remove one of the two."),
    ),
    "package.resource-missing": (
        Text("缺少“{found}”。", "'{found}' is missing."),
        Text(
            "数据包须有全部表和官方原文；没有数据的表也要有表头。",
            "A package needs all tables and the official text; a table without rows still needs its header.",
        ),
    ),
    "package.path-not-ours": (
        Text("路径为“{found}”，应为 {wanted}。", "The path is '{found}', not {wanted}."),
        _REBUILD,
    ),
    "package.inline-data": (
        Text("数据写在描述文件内。", "The data are inside the descriptor."),
        Text("请存为文件 {wanted}。", "Save them as the file {wanted}."),
    ),
    "package.encoding": (
        Text("编码为“{found}”，应为 utf-8。", "The encoding is '{found}', not utf-8."),
        Text("请存为无 BOM 的 UTF-8。", "Save the file as UTF-8 without BOM."),
    ),
    "package.dialect-not-ours": (
        Text("方言的 {found} 与定义不同。", "{found} in the dialect differs from the definition."),
        _REBUILD,
    ),
    "package.schema-not-ours": (
        Text(
            "表结构在“{found}”处与定义不同；数据仍按定义检查。",
            "The table schema differs from the definition at '{found}'; the data are checked against the definition.",
        ),
        _REBUILD,
    ),
    "package.compiled-after-today": (
        Text("数据查找截止日 {found} 晚于今天。", "The search for figures is said to have ended on {found}, after today."),
        Text("请改正日期。", "Correct the date."),
    ),
    "package.odd-character": (
        Text("文字含有 {character}，是控制字符、不可见字符或改变书写方向的字符。",
             "The text contains {character}, a character that controls, is invisible or changes the writing direction."),
        Text("请删去。", "Remove it."),
    ),
    "package.wrong-entry": (
        Text("{key} 缺失或写法不对。", "{key} is missing or misspelt."),
        _REBUILD,
    ),
    "package.profile-missing": (
        Text("描述文件未写明所遵循的规范。", "The descriptor does not state which profile the package follows."),
        Text('请写上 "conformsTo": "{wanted}"。', 'Add "conformsTo": "{wanted}".'),
    ),
    "package.profile-version": (
        Text(
            "遵循的规范是“{found}”，本工具读取 {wanted}。",
            "The package follows the profile '{found}'; this tool reads {wanted}.",
        ),
        Text(
            "请用写成该数据包的版本读取，或按 docs/profile.zh-CN.md 迁移。",
            "Read it with the release that created it, or migrate it as described in docs/profile.md.",
        ),
    ),
}
