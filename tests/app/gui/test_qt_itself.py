"""What must be true of the Qt bindings that are installed."""

import os
import subprocess
import sys


def test_a_million_calls_that_return_nothing_leave_none_alive():
    # PySide6 6.12.0 gave back a reference to None too many with each such call; Python then ended without a word.
    program = (
        "from PySide6.QtCore import QObject\n"
        "thing = QObject()\n"
        "for _ in range(1_000_000):\n"
        "    thing.setObjectName('x')\n"
        "print(None is None)\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")
