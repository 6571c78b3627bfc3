"""What is said of builds over several machines."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "no-dask": Wording(
        "error",
        "--scheduler 需要 dask。请运行：pip install 'dossier-evidence[dask]'；只用这台电脑时，去掉 --scheduler。",
        "--scheduler needs dask: pip install 'dossier-evidence[dask]'. To use this machine alone, leave --scheduler out.",
    ),
    "no-scheduler": Wording(
        "error",
        "连不上调度器 {address}。请核对地址（例如 tcp://10.0.0.5:8786），并确认 dask scheduler 正在运行。",
        "The scheduler {address} does not answer. Check the address (such as tcp://10.0.0.5:8786) and that it runs.",
    ),
    "no-workers": Wording(
        "error",
        "调度器上 {seconds} 秒没有工作机。请启动 dask worker 后再运行一次，已完成的部分会保留。",
        "The scheduler has had no worker for {seconds} s. Start dask workers and run again; what is finished is kept.",
    ),
    "cluster-trouble": Wording(
        "error",
        "工作机没有给出结果（{error}）。请检查调度器和工作机是否装有同一版本的本程序，再运行一次，已完成的部分会保留。",
        "The workers gave no result ({error}). Check that scheduler and workers have this program installed, and run "
        "again; what is finished is kept.",
    ),
    "worker-other-program": Wording(
        "error",
        "没有一台工作机的程序与这里一致：这里是 {here}，{worker} 上是 {there}。请装上同一版本。",
        "No worker has the program of this machine: {here} here, {there} on {worker}. Install the same version there.",
    ),
    "worker-other-tool": Wording(
        "error",
        "没有一台工作机的 {tool} 与这里一致：这里是 {here}，{worker} 上是 {there}。请装上同一版本。",
        "No worker has the {tool} of this machine: {here} here, {there} on {worker}. Install the same version there.",
    ),
    "worker-garbled": Wording(
        "error",
        "工作机 {worker} 交回的内容与它自己的记录不符，没有采用。请检查那台机器。",
        "What the worker {worker} gave is not what it says it is; it was not used. Check that machine.",
    ),
    "store-unusable": Wording(
        "error",
        "共享存储 {url} 不能使用：{error}。请检查地址和权限（例如 file:///mnt/share）。",
        "The shared store {url} cannot be used: {error}. Check address and rights (such as file:///mnt/share).",
    ),
}
