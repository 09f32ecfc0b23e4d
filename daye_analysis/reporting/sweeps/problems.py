"""Problems of a sweep, by code."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words
from daye_analysis.reporting.notebooks.problems import settings_problems

SWEEP_PROBLEMS: Words = {
    **settings_problems("grid"),
    "grid.empty/as-of": (
        Text("as_of 为空。", "as_of is empty."),
        Text("至少写一天。", "Give at least one day."),
    ),
    "grid.empty/parameter": (
        Text("参数 {name} 没有值。", "The parameter {name} has no values."),
        Text("至少写一个值。", "Give at least one value."),
    ),
    "grid.repeated": (
        Text("数据包 {name} 写了两次。", "The package {name} is listed twice."),
        Text("只写一次。", "List it once."),
    ),
    "sweep.bad-address": (
        Text("{found} 不是集群地址（{reason}）。", "{found} is not a cluster address ({reason})."),
        Text("写成 tcp://主机:端口。", "Write tcp://HOST:PORT."),
    ),
    "sweep.no-distributed": (
        Text("--executor dask 需要 distributed。", "--executor dask needs the package distributed."),
        Text("安装 daye-analysis[cluster]。", "Install daye-analysis[cluster]."),
    ),
    "sweep.no-scheduler": (
        Text("无法连接集群（{kind}）。", "The cluster cannot be reached ({kind})."),
        Text("检查 --address 与网络。", "Check --address and the network."),
    ),
    "sweep.worker-differs": (
        Text("节点上的程序库版本不同。", "The worker has different versions of the libraries."),
        Text("在所有节点安装相同的版本。", "Install the same versions on every worker."),
    ),
    "sweep.worker-differs/error": (
        Text("节点无法执行该任务（{reason}）。", "The worker could not carry out the run ({reason})."),
        Text("在所有节点安装相同的版本。", "Install the same versions on every worker."),
    ),
    "sweep.worker-lost": (
        Text("执行该任务的节点一再丢失。", "The workers assigned to this run were lost repeatedly."),
        Text("检查节点的内存，再运行一次，已完成的不会重做。", "Check the workers' memory and run again; finished runs are kept."),
    ),
}  # fmt: skip
