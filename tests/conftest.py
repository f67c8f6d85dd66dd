"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# Where a build is judged the examples are the same every time; at a desk every run tries new ones.
settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
