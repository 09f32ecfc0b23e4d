"""What can be wrong with a package before its cells are looked at: code, what, and remedy."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

_LOCAL = Text(
    "只读取数据包文件夹内的普通文件；请写成 {wanted} 这样的相对路径。",
    "Only regular files inside the package's folder are read; give a relative path such as {wanted}.",
)
_REBUILD = Text(
    "请用 daye build 重新生成 datapackage.json。",
    "Have datapackage.json generated again by `daye build`.",
)
_LIMIT = Text(
    "请检查文件是否损坏；上限为 {limit}。", "See whether the file is damaged; the limit is {limit}."
)
_ZIP = Text("请用 daye export 重新打包。", "Have the archive generated again by `daye export`.")
_JSON = Text(
    "请改正 datapackage.json，或用 daye build 重新生成。",
    "Correct datapackage.json, or have `daye build` make it.",
)
_RESTORE = Text(
    "文件可能被截断或改动：请取回原文件，或改正后运行 daye build。",
    "The file may be truncated or changed: restore it, or run `daye build` once it is as you want it.",
)

GUARD_PROBLEMS: Words = {
    # Refused for safety (exit 4).
    "guard.path-outside": (
        Text("{key} 为“{found}”，指向文件夹之外。", "{key} is '{found}', which points outside the folder."),
        _LOCAL,
    ),
    "guard.path-remote": (
        Text(
            "{key} 为“{found}”，是网络或其他地址；从不打开。",
            "{key} is '{found}', an address and no file; such are never opened.",
        ),
        _LOCAL,
    ),
    "guard.address": (
        Text("“{found}”是网址；从不打开。", "'{found}' is an address; such are never opened."),
        Text("请先自行下载，再给出文件的路径。", "Fetch it yourself, then give the file's path."),
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
            "{key} 为“{found}”，是对其他文件的引用；从不打开。",
            "{key} is '{found}', a reference to another file; such are never opened.",
        ),
        Text(
            "请删去；只按本工具自己的定义读取。",
            "Leave it out; packages are read by our own definition only.",
        ),
    ),
    "guard.link": (
        Text("这是符号链接，没有读取。", "This is a symbolic link; it was not read."),
        Text("请换成文件本身。", "Put the file itself in its place."),
    ),
    "guard.special-file": (
        Text("这不是普通文件，没有读取。", "This is no regular file; it was not read."),
        Text("请换成普通文件。", "Put a regular file in its place."),
    ),
    "guard.too-big": (
        Text("数据包超过 {limit} 字节。", "The package holds more than {limit} bytes."),
        _LIMIT,
    ),
    "guard.zip-entry": (
        Text(
            "压缩包中的“{found}”指向包外或是链接。",
            "The archive's entry '{found}' points outside it or is a link.",
        ),
        _ZIP,
    ),
    "guard.archive-nested": (
        Text("压缩包中的“{found}”又是压缩包。", "The archive's entry '{found}' is an archive in turn."),
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
        Text("请检查文件与权限。", "See to the file and its permissions."),
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
            "datapackage.json holds '{found}', which is no finite number.",
        ),
        _JSON,
    ),
    "guard.json-malformed": (
        Text(
            "datapackage.json 不是正确的 JSON（{found}）。", "datapackage.json is no correct JSON ({found})."
        ),
        _JSON,
    ),
    # Checks that failed (exit 1).
    "package.line-too-long": (
        Text("第 {line} 行超过 {limit} 字节。", "Line {line} holds more than {limit} bytes."),
        _LIMIT,
    ),
    "package.file-missing": (
        Text("数据包中没有这个文件。", "The package lacks this file."),
        Text("请补上文件；没有数据的表也要有表头。", "Supply it; a table without rows still has its header."),
    ),
    "package.bytes-differ": (
        Text(
            "文件有 {found} 字节，描述为 {wanted}。",
            "The file has {found} bytes; it is described as {wanted}.",
        ),
        _RESTORE,
    ),
    "package.hash-differs": (
        Text("文件的散列值与描述不符。", "The file's hash is not the one described."),
        _RESTORE,
    ),
    "package.hash-unknown": (
        Text(
            "hash 为“{found}”，应为 sha256: 加 64 位十六进制。",
            "hash is '{found}'; sha256: and 64 hex digits are wanted.",
        ),
        _REBUILD,
    ),
    "package.resource-unknown": (
        Text("“{found}”不是本定义中的表。", "'{found}' is none of the tables of the definition."),
        Text("请删去，或改正名称。", "Leave it out, or correct its name."),
    ),
    "package.resource-twice": (
        Text("“{found}”被描述了两次。", "'{found}' is described twice."),
        Text("请删去其一。", "Leave one of them out."),
    ),
    "package.resource-missing": (
        Text("缺少“{found}”。", "'{found}' is missing."),
        Text(
            "数据包须有全部表和官方原文；没有数据的表也要有表头。",
            "A package has all tables and the official text; a table without rows still has its header.",
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
        Text("方言的 {found} 与定义不同。", "The dialect's {found} is not as defined."),
        _REBUILD,
    ),
    "package.schema-not-ours": (
        Text(
            "表结构在“{found}”处与定义不同；数据仍按定义检查。",
            "The table schema differs from the definition at '{found}'; the data are checked by the definition.",
        ),
        _REBUILD,
    ),
    "package.wrong-entry": (
        Text("{key} 缺失或写法不对。", "{key} is missing or misspelt."),
        _REBUILD,
    ),
    "package.profile-missing": (
        Text("没有说明遵循哪个规范。", "It does not say which profile it follows."),
        Text('请写上 "conformsTo": "{wanted}"。', 'State "conformsTo": "{wanted}".'),
    ),
    "package.profile-version": (
        Text(
            "遵循的规范是“{found}”，本工具读取 {wanted}。",
            "It follows the profile '{found}'; this tool reads {wanted}.",
        ),
        Text(
            "请用写成该数据包的版本读取，或按 docs/profile.zh-CN.md 迁移。",
            "Read it with the release that made it, or migrate it as docs/profile.md says.",
        ),
    ),
}
