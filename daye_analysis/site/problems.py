"""What can go wrong with a site: code, what is wrong, and how to fix it."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

SITE_PROBLEMS: Words = {
    "site.bad-address": (
        Text("“{found}”不能作为站点地址。", "'{found}' cannot be the address of a site."),
        Text("请写以 https:// 或 http:// 开头、不带参数的地址，如 https://example.org/daye/。",
             "Give an address that begins with https:// or http:// and has no query, such as https://example.org/daye/."),
    ),
    "site.release-not-earlier": (
        Text("{found} 不是 {name} {version} 以前的版本。", "{found} is no earlier release of {name} {version}."),
        Text("--since 请给出同一数据包的旧版本（.zip 或文件夹），各版本号不同。",
             "Give earlier releases of the same package (a .zip or a folder) with --since, each of another version."),
    ),
    "site.differs": (
        Text("“{found}”与数据包现在生成的不同。", "'{found}' is not what the package gives now."),
        Text("请运行 daye site {directory}。", "Run `daye site {directory}`."),
    ),
    "site.address-gone": (
        Text("以前的页面“{found}”在新站点中没有。", "The page '{found}' of the present site is missing from the new one."),
        Text("请用 --since（schedule.toml 中为 [site] 的 since）给出列有该页的版本，使其地址保留。",
             "Give the release that lists it with --since, or since in [site] of schedule.toml, so that its address stays."),
    ),
    "site.no-jupyterlite": (
        Text("--lab 需要 JupyterLite，尚未安装。", "--lab needs JupyterLite, which is not installed."),
        Text('请运行 pip install "daye-analysis[lab-site]"。', 'Run pip install "daye-analysis[lab-site]".'),
    ),
    "site.lab-file-missing": (
        Text("Pyodide 文件夹中没有 {found}。", "The folder of Pyodide has no {found}."),
        Text("请用 scripts/fill_pyodide.py 备齐 requirements/pyodide.lock 所列的文件（docs/site.zh-CN.md）。",
             "Use scripts/fill_pyodide.py to fill it with the files that requirements/pyodide.lock names (docs/site.md)."),
    ),
    "site.lab-file-differs": (
        Text("Pyodide 文件夹中的 {found} 与锁定的文件不符。", "{found} in the folder of Pyodide is not the locked file."),
        Text("请换成 requirements/pyodide.lock 所列校验值的文件。", "Put the file there whose hash requirements/pyodide.lock states."),
    ),
    "site.lab-not-built": (
        Text("JupyterLite 未能生成（{reason}）。", "JupyterLite could not build the lab ({reason})."),
        Text("请按 requirements/site.lock 安装后再试。", "Install what requirements/site.lock names, and try again."),
    ),
    "site.no-link": (
        Text("不能将“{found}”换成指向新站点的链接（{reason}）。", "'{found}' cannot be made a link to the new site ({reason})."),
        Text("请移走该处已有的文件或文件夹；在 Windows 上请打开开发人员模式，或改用 daye site。",
             "Move away what is there; on Windows turn on Developer Mode, or use `daye site`."),
    ),
    "site.no-packages": (
        Text("“{found}”里没有数据包。", "There is no package in '{found}'."),
        Text("请给出一个文件夹，其中各数据包为子文件夹或 .zip。", "Give a folder that holds packages, as folders or .zip files."),
    ),
    "site.same-name": (
        Text("有两个数据包都叫“{found}”。", "Two packages are called '{found}'."),
        Text("请给其中一个改名：文件夹或文件的名称就是其站点的地址。", "Rename one of them: the name of the folder or file is the address of its site."),
    ),
    "site.no-distributed": (
        Text("--address 需要 distributed，尚未安装。", "--address needs distributed, which is not installed."),
        Text('请运行 pip install "daye-analysis[cluster]"。', 'Run pip install "daye-analysis[cluster]".'),
    ),
    "site.no-scheduler": (
        Text("无法连接集群（{found}）。", "The cluster cannot be reached ({found})."),
        Text("请检查 --address 与网络。", "Check --address and the network."),
    ),
}  # fmt: skip
