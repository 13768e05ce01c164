"""The shared scorers as modules: ``../shared/score/NAME.py``."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

SCORE = Path(__file__).resolve().parents[2].parent / "shared" / "score"


def shared_scorer(name: str) -> Any:
    """Return the scorer called ``name``; end the program with a message where the shared folder is missing."""
    path = SCORE / f"{name}.py"
    if not path.exists():
        sys.exit(f"{path} is missing: this benchmark needs the shared scorers")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
