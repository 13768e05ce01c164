"""Builds the shipped model from clean text, all steps in order.

    python -m ingest.restore.training.build --law law_sentences.txt.xz --work /tmp/restore-training

About 40 minutes on one core: pages 30 (the drawing and the OCR), language model 4, channel 2, packing 1. Parallel lines
are kept in the work folder and taken again when they are there. Seeds are fixed: the same text, fonts and Tesseract
give the same model.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from ingest.restore import pack
from ingest.restore.model import DEFAULT_DIR

#: (name, arguments): the pages that are drawn. Law alone, the field alone, and both in turn.
PAGES = (
    ("law", ["--pages", "220", "--seed", "11"]),
    ("field", ["--pages", "50", "--seed", "21"]),
    ("both", ["--pages", "160", "--seed", "31"]),
)


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--law", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=DEFAULT_DIR / pack.FILE)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    field = args.work / "field.txt"
    _run("field", "--out", str(field))
    texts = {"law": [args.law], "field": [field], "both": [args.law, field]}
    pairs: list[str] = []
    for name, options in PAGES:
        out = args.work / f"pairs-{name}.jsonl"
        if not out.exists():
            part = out.with_suffix(".part")
            _run("pages", *(a for t in texts[name] for a in ("--text", str(t))), *options, "--out", str(part))
            part.replace(out)
        pairs += ["--pairs", str(out)]
    _run("language", "--law", str(args.law), "--out", str(args.work / "language.npz"))
    _run("channel", *pairs, "--out", str(args.work / "channel.json"))
    pack.write(args.work / "language.npz", args.work / "channel.json", args.out)


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"ingest.restore.training.{module}", *arguments], check=True)


if __name__ == "__main__":
    main()
