"""The networks and what runs them: OpenVINO where it is there, else onnxruntime; one thread, full precision.

Either runtime gives the same readings; their sums differ in the last digits, so the runtime is in the fingerprint.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

__all__ = ["Network", "Runtime", "Tensor", "load"]

Runtime = Literal["openvino", "onnxruntime"]
Tensor = npt.NDArray[np.float32]


class Network:
    """A network of one input and one output; `characters` is its alphabet if it reads."""

    def __init__(self, run: Callable[[Tensor], Tensor], characters: tuple[str, ...]) -> None:
        self.run = run
        self.characters = characters


def load(path: Path, runtime: Runtime) -> Network:
    """The network of a file in ONNX."""
    return _openvino(path) if runtime == "openvino" else _onnxruntime(path)


def _openvino(path: Path) -> Network:
    # None in this table makes the import fail: OpenVINO then takes the stub it has for those who want no telemetry.
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    import openvino

    core = openvino.Core()
    model = core.read_model(path)
    settings = {
        "INFERENCE_NUM_THREADS": "1",
        "NUM_STREAMS": "1",
        "ENABLE_CPU_PINNING": "NO",  # else all processes of a machine share its first processor
        "INFERENCE_PRECISION_HINT": "f32",  # some processors would halve it and read otherwise
    }
    request = core.compile_model(model, "CPU", settings).create_infer_request()
    about: Any = model.get_rt_info()
    known = about["framework"]["character"].value if "framework" in about else ""

    def run(tensor: Tensor) -> Tensor:
        request.infer([tensor])
        return np.array(request.get_output_tensor().data)

    return Network(run, tuple(known.splitlines()))


def _onnxruntime(path: Path) -> Network:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    (entry,) = session.get_inputs()
    known = session.get_modelmeta().custom_metadata_map.get("character", "")
    return Network(lambda tensor: session.run(None, {entry.name: tensor})[0], tuple(known.splitlines()))
