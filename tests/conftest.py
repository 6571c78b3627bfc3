"""How the property tests choose their examples: the same ones each time, so that a failure is that of the change.

No clock judges them: how long an example takes is the machine's affair. `EXAMPLES=search make test` looks for others.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

for name, same in (("same", True), ("search", False)):
    settings.register_profile(name, derandomize=same, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("EXAMPLES", "same"))
