"""Starts the language server that is bundled beside this file.

Run as `python -I -X utf8 -B launch.py serve`: isolated from the user's environment, so that the bundled
libraries are the ones that are imported, whatever else the interpreter has installed.
"""

import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "libs"))
runpy.run_module("bibwright", run_name="__main__", alter_sys=True)
