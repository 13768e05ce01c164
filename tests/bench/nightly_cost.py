"""Does a night cost more where more is stored? 20 new files into 100 and into 20,000 stored directives.

    python -m tests.bench.nightly_cost [--new 20] [--stored 100 20000] [--rounds 3]

The stores are filled directly, with documents, facts, originals and passages as a reading would have left them; then
the real ``congvan nightly`` runs over new text files, in turn in the small and in the large store. Prints one JSON
line: median seconds of the command by the clock and of processor time for each store, and the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from api.library import Library
from api.settings import Settings
from corpus.document import Document, content_id
from corpus.facts import Facts
from corpus.rows import document_row, fact_rows
from corpus.schema import RevisionRow
from tests.bench.nightly_kills import directive
from tests.commandline import ROOT

#: What a directive's number and its numbered words are made of, five digits each, so that all offsets stay.
_MARK = "54321"
_NOW = datetime(2024, 1, 10, tzinfo=UTC)


def template() -> str:
    """Return a directive in which the mark stands for what changes."""
    return directive(7).replace("307/", f"{_MARK}/").replace("207/", f"{_MARK}/").replace("lần 7", f"lần {_MARK}")


def fill(home: Path, count: int) -> None:
    """Store so many directives, as if they had been read, and index them."""
    library = Library(Settings(home=home, jobs=1))
    text = template()
    document, facts = library.extract(text.encode(), "mẫu.txt")
    plain = [TypeAdapter(Document).dump_json(document).decode(), TypeAdapter(Facts).dump_json(facts).decode()]
    adapters: list[TypeAdapter[Any]] = [TypeAdapter(Document), TypeAdapter(Facts)]
    store = library.store
    for at in range(0, count, 500):
        with Session(store._engine) as session, session.begin():
            for number in range(10_000 + at, 10_000 + min(at + 500, count)):
                data = text.replace(_MARK, str(number)).encode()
                key = content_id(data)
                made, found = (
                    adapter.validate_json(part.replace(_MARK, str(number)).replace(document.id, key))
                    for adapter, part in zip(adapters, plain, strict=True)
                )
                session.add(document_row(made, found, _NOW, _NOW))
                session.flush()
                session.add_all(fact_rows(key, found))
                session.add(RevisionRow(document_id=key, token=uuid.uuid4().hex))
                path = home / "originals" / key[:2] / key
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    library.update_index()
    assert library.index_is_current() and len(library.documents()) == count
    library.close()


def night(home: Path, folder: Path, first: int, new: int) -> tuple[float, float, dict[str, Any]]:
    """Run the command over new files; return seconds by the clock, of processor time, and the report."""
    for number in range(first, first + new):
        (folder / f"{number}.txt").write_text(directive(number), encoding="utf-8")
    (home / "nightly.toml").write_text(
        f'[nightly]\nstable_seconds = 0\n[[folder]]\nname = "quét"\npath = "{folder}"\n', encoding="utf-8"
    )
    start, used = time.perf_counter(), _used()
    done = subprocess.run(
        [str(Path(sys.executable).with_name("congvan")), "nightly", "--json", "--jobs", "1"],
        env=os.environ | {"CONGVAN_HOME": str(home), "OMP_NUM_THREADS": "1"},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    seconds, cpu = time.perf_counter() - start, _used() - used
    report = json.loads(done.stdout)
    assert report["counts"]["done"] == new, report["counts"]
    return seconds, cpu, report


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(place: Path, stored: Sequence[int], new: int, rounds: int) -> dict[str, Any]:
    """Return the figures for stores of these sizes."""
    clock: dict[int, list[float]] = {count: [] for count in stored}
    cpu: dict[int, list[float]] = {count: [] for count in stored}
    stages: dict[int, dict[str, float]] = {}
    for count in stored:
        (place / f"in-{count}").mkdir(parents=True)
        fill(place / str(count), count)
    for turn in range(rounds):
        for count in stored:
            seconds, used, report = night(place / str(count), place / f"in-{count}", 1 + turn * new, new)
            clock[count].append(seconds)
            cpu[count].append(used)
            stages[count] = {name: row["seconds"] for name, row in report["stages"].items()}
    small, large = min(stored), max(stored)
    middle = {count: statistics.median(values) for count, values in clock.items()}
    middle_cpu = {count: statistics.median(values) for count, values in cpu.items()}
    return {
        "new": new,
        "seconds": {str(count): round(value, 2) for count, value in middle.items()},
        "cpu": {str(count): round(value, 2) for count, value in middle_cpu.items()},
        "ratio": round(middle[large] / middle[small], 3),
        "cpu_ratio": round(middle_cpu[large] / middle_cpu[small], 3),
        "stages_of_the_last_round": {str(count): row for count, row in stages.items()},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--new", type=int, default=20)
    parser.add_argument("--stored", type=int, nargs="+", default=[100, 20_000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), given.stored, given.new, given.rounds)))


if __name__ == "__main__":
    main()
