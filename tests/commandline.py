"""Driving the real ``congvan`` command in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "corpus" / "samples"


@dataclass(frozen=True)
class Done:
    """What a run of the command left."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON on stdout."""
        return json.loads(self.out)


def congvan(home: Path, *args: str | Path, expect: int = 0) -> Done:
    """Run ``congvan`` with its state in ``home`` and check the exit code."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("congvan")), *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CONGVAN_HOME": str(home)},
        cwd=ROOT,
        timeout=900,
    )
    assert done.returncode == expect, f"congvan {args}: exit {done.returncode}\n{done.stderr[-3000:]}"
    return Done(done.returncode, done.stdout, done.stderr)
