"""How the property tests choose their examples: the same ones each time, so that a failure is that of the change.

`EXAMPLES=search make test` looks for others.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile(os.environ.get("EXAMPLES", "same"))
