"""Where the shared reference material lies, which tests read in place and which is no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("BIBWRIGHT_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the shared reference material is not at {SHARED} (set BIBWRIGHT_SHARED)"
)
