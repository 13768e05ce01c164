"""How well the check of layout and wording works; prints one JSON line.

usage: python -m tests.bench.lint [--pdf] [--shown]

``faults`` single faults in good drafts, ``spoiled`` ten drafts with four each: recall is the share that is named at its
place, ``else`` what is found besides; ``good`` what is found in the three good ones. ``others`` are directives of other
offices, drawn as digital pages: what is found a directive, advice aside (their own faults among it, --shown lists
them). Seconds are processor time: ``draft_s`` one draft from its bytes to the findings, ``rules_s`` the rules alone,
``pages200_s`` the rules and the measuring of 200 pages. --pdf checks the drafts as LibreOffice prints them, too.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf

from corpus.samples.builder import build_pdf
from corpus.samples.layout import lay_out
from corpus.samples.source import SourceError, load
from ingest.looks import typeset
from ingest.pipeline import read
from nlp.lint.finding import Level, Report
from nlp.lint.lint import lint
from tests.lint.checked import TODAY, checked, facts_of
from tests.lint.drafts import GOOD, Draft, as_docx
from tests.lint.faults import FAULTS, SPOILED, Fault, spoiled
from tests.lint.test_faults import named, told

DIRECTIVES = Path(__file__).resolve().parents[1] / "directives"
SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


def drafts() -> Iterator[tuple[str, Draft, tuple[Fault, ...]]]:
    """Yield every draft with its name and the faults that are planted in it."""
    for k, fault in enumerate(FAULTS):
        yield f"fault-{k}", fault.made(), (fault,)
    for name in SPOILED:
        yield f"spoiled-{name.replace(' ', '-')}", *spoiled(name)
    for name, make in GOOD.items():
        yield f"good-{name}", make(), ()


def printed(folder: Path, made: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return the drafts as LibreOffice prints them."""
    names = []
    for name, data in made:
        (folder / f"{name}.docx").write_bytes(data)
        names.append(name)
    files = [str(folder / f"{name}.docx") for name in names]
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in names}


def figures(files: dict[str, bytes], suffix: str) -> dict[str, float | int]:
    """Return recall and what else is found, over all drafts."""
    found: dict[str, float | int] = {"faults": 0, "named": 0, "else": 0, "good": 0}
    for name, _, faults in drafts():
        report = checked(files[name], f"{name}.{suffix}")
        found["faults"] += len(faults)
        found["named"] += sum(named(fault, report) for fault in faults)
        others = len(told(report) - {fault.rule for fault in faults})
        found["else" if faults else "good"] += others
    return {**found, "recall": round(found["named"] / found["faults"], 4)}


def others(shown: bool) -> dict[str, float | int]:
    """Return how much is found in directives of other offices."""
    count = findings = 0
    for path in sorted(DIRECTIVES.glob("*/*.yaml")):
        try:
            source = load(path.stem, path.parent)
        except SourceError:
            continue
        report = checked(build_pdf(source, lay_out(source), "digital"), f"{path.stem}.pdf")
        rows = [one for one in report.findings if one.rule.level is not Level.ADVICE]
        count, findings = count + 1, findings + len(rows)
        if shown:
            for one in rows:
                print(path.stem, "|", one.rule.id, "|", one.what)
    return {"directives": count, "findings": findings, "a_directive": round(findings / max(count, 1), 2)}


def seconds() -> dict[str, float]:
    """Return what a draft of a page and a file of 200 pages cost."""
    data = as_docx(GOOD["letter"]())
    checked(data)
    began = time.process_time()
    for _ in range(5):
        checked(data)
    draft = (time.process_time() - began) / 5
    document = read(data, "a.docx")
    facts, setting = facts_of(document), typeset(data, document)
    began = time.process_time()
    for _ in range(5):
        lint(document, facts, setting, today=TODAY)
    rules = (time.process_time() - began) / 5
    return {"draft_s": round(draft, 3), "rules_s": round(rules, 4), "pages200_s": round(_long()[0], 2)}


def _long() -> tuple[float, Report]:
    """Return the processor time for measuring and checking 200 pages, and what is found."""
    out = io.BytesIO()
    with pikepdf.new() as many, pikepdf.open(SAMPLES / "2022-bo-y-te.pdf") as one:
        while len(many.pages) < 200:
            many.pages.extend(one.pages)
        del many.pages[200:]
        many.save(out)
    document = read(out.getvalue(), "dài.pdf")
    facts = facts_of(document)
    began = time.process_time()
    report = lint(document, facts, typeset(out.getvalue(), document), today=TODAY)
    return time.process_time() - began, report


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pdf", action="store_true", help="check the drafts as pages, too")
    parser.add_argument("--shown", action="store_true", help="list what is found in other directives")
    given = parser.parse_args()
    files = {name: as_docx(draft) for name, draft, _ in drafts()}
    result: dict[str, object] = {"docx": figures(files, "docx")}
    if given.pdf:
        with tempfile.TemporaryDirectory() as folder:
            result["pdf"] = figures(printed(Path(folder), files.items()), "pdf")
    result["others"] = others(given.shown)
    result |= seconds()
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
