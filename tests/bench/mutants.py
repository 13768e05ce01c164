"""How damaged PDFs end: prints one JSON line, and the reasons to stderr.

    python -m tests.bench.mutants [COUNT] [SEED]        (500 take some ten minutes)

No file may end the program or keep it longer than the limits; each ends as success, partial or failure with a reason.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter

from ingest.pipeline import ReadOptions
from tests.ingest.mutants import LIMITS, ending, mutant, sources
from tests.ingest.test_pipeline import Marks, Reader


def main(count: int, seed: int) -> None:
    """Read so many damaged files, one after the other."""
    chance, whole = random.Random(seed), sources()
    options = ReadOptions(engine=Reader(), restorer=Marks, limits=LIMITS)
    ends, reasons, slowest = Counter[str](), Counter[str](), (0.0, "")
    for number in range(count):
        name, data = mutant(chance, whole)
        start = time.monotonic()
        end, reason = ending(data, options)
        seconds = time.monotonic() - start
        ends[end] += 1
        reasons[reason[:60]] += 1
        if (end != "success" and not reason) or "ngoài dự kiến" in reason:
            print(number, name, end, reason, file=sys.stderr)
        slowest = max(slowest, (seconds, f"{number} {name} {end} {reason[:80]}"))
    line = {"mutants": count, "seed": seed, **ends, "slowest_seconds": round(slowest[0], 1), "slowest": slowest[1]}
    print(json.dumps(line, ensure_ascii=False))
    for reason, times in reasons.most_common(25):
        print(times, reason, file=sys.stderr)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
