"""What all tests share: how examples are chosen, and which source the commands run that they start.

Property tests take the same examples each time, so that a failure is that of the change, and no clock judges them: how
long one takes is the machine's affair. `EXAMPLES=search make test` looks for others.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, settings

for name, same in (("same", True), ("search", False)):
    settings.register_profile(name, derandomize=same, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("EXAMPLES", "same"))

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]))
