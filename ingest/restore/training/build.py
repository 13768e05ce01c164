"""Builds the shipped model from clean text, all steps in order.

    python -m ingest.restore.training.build --law law_sentences.txt.xz --work restore-training

About an hour and a quarter on one core: pages 65 (the drawing and the OCR), language model 3, channel 2, packing 1.
Parallel lines are kept in the work folder and taken again when they are there. Seeds are fixed: the same text, fonts
and Tesseract give the same model.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from ingest.restore import pack
from ingest.restore.model import DEFAULT_DIR

#: (name, pages, seed): the pages that are drawn. Law alone, the field alone, and both in turn, three times.
PAGES = (("law", 220, 11), ("field", 50, 21), ("both", 160, 31), ("more", 160, 41), ("again", 200, 51))


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--law", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=DEFAULT_DIR / pack.FILE)
    parser.add_argument("--share", type=float, default=1.0, help="share of the pages to draw, to try the steps out")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    field = args.work / "field.txt"
    _run("field", "--out", str(field))
    texts = {
        "law": [args.law],
        "field": [field],
        "both": [args.law, field],
        "more": [args.law, field],
        "again": [field, args.law],
    }
    pairs: list[str] = []
    for name, pages, seed in PAGES:
        options = ["--pages", str(max(1, round(pages * args.share))), "--seed", str(seed)]
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
