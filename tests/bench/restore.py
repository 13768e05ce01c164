"""Figures of the restorer: prints one JSON line.

    python -m tests.bench.restore [--quick]        (two minutes; --quick half a minute)

Texts come from ../shared (see its README); the damage to the held-out law lines is made here, at random with a fixed
seed. The share of right words counts every blank-separated word of the clean line, punctuation and case included.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from corpus.text import TONES, fold, nfc
from ingest.restore.model import DEFAULT_DIR
from ingest.restore.restorer import Restorer
from ingest.restore.training.corpora import lines

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def stripped(text: str) -> str:
    """Return ``text`` without any mark."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def toneless(text: str) -> str:
    """Return ``text`` without tones; ă â đ ê ô ơ ư stay."""
    return nfc("".join(c for c in unicodedata.normalize("NFD", text) if c not in TONES))


def wrong_tones(text: str, rng: random.Random, share: float = 0.3) -> str:
    """Return ``text`` with another tone, at random, on ``share`` of its words."""
    return " ".join(_retoned(w, rng) if rng.random() < share else w for w in text.split(" "))


def _retoned(word: str, rng: random.Random) -> str:
    letters = list(unicodedata.normalize("NFD", word))
    tones = [k for k, c in enumerate(letters) if c in TONES]
    if tones:
        letters[tones[0]] = rng.choice(["", *(t for t in TONES if t != letters[tones[0]])])
        return nfc("".join(letters))
    vowels = [k for k, c in enumerate(word) if fold(c) in "aeiouy"]
    if not vowels or any(c.isdigit() for c in word):
        return word
    marked = [k for k in vowels if fold(word[k]) != word[k].lower()]
    at = marked[-1] if marked else vowels[len(vowels) // 2 if len(vowels) == 3 else 0]
    return nfc(word[: at + 1] + rng.choice(TONES) + word[at + 1 :])


def right(texts: list[str], golds: list[str]) -> float:
    """Return the share of words that are as in the gold lines."""
    total = hits = 0
    for text, gold in zip(texts, golds, strict=True):
        a, b = text.split(), gold.split()
        total += len(b)
        hits += sum(x == y for x, y in zip(a, b, strict=False)) if len(a) == len(b) else 0
    return hits / max(1, total)


def seed_figures(restorer: Restorer) -> dict[str, float]:
    """Return the figures of the three real directives, the broken one before and after adaptation to the other two."""
    figures: dict[str, float] = {}
    read = {n: (SHARED / "seeds" / f"{n}.txt").read_text(encoding="utf-8") for n in ("000", "001", "002")}
    for name in ("001", "002"):
        whole = [m.span() for m in re.finditer(r"\S+", read[name])]
        sure = [(start, end, 0.96) for start, end in whole]
        figures[f"corrected_clean_{name}"] = round(len(restorer.correct(read[name], sure).edits) / len(whole), 6)
        figures[f"clean_{name}"] = 0.0 if restorer.restore(read[name]).text == read[name] else 1.0
    for name, which in (("000", restorer), ("000_adapted", restorer.adapted([read["001"], read["002"]]))):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(which.restore(read["000"]).text)
            file.flush()
            command = [sys.executable, str(SHARED / "score" / "score_text.py"), file.name]
            gold = str(SHARED / "gold" / "text" / "000.txt")
            row = json.loads(subprocess.run([*command, gold], capture_output=True, text=True, check=True).stdout)
        figures[name] = row["word_accuracy"]
        figures[f"{name}_digits"] = row["digit_word_accuracy"]
    return figures


def law_figures(restorer: Restorer, count: int, seed: int = 5) -> dict[str, float]:
    """Return the figures of held-out law lines, damaged in three ways and clean."""
    rng = random.Random(seed)
    held = [nfc(t) for t in lines(SHARED / "data" / "law_sentences.txt.xz", held_out=True)]
    rng.shuffle(held)
    sample, clean = held[:count], held[:10_000]
    figures: dict[str, float] = {}
    wrong = [wrong_tones(t, rng) for t in sample]
    for name, damaged in (
        ("stripped", [stripped(t) for t in sample]),
        ("toneless", [toneless(t) for t in sample]),
        ("wrong_tones", wrong),
    ):
        start = time.process_time()
        out = restorer.restore("\n".join(damaged)).text.split("\n")
        seconds = time.process_time() - start
        figures[name] = round(right(out, sample), 4)
        figures[f"{name}_words_per_second"] = round(sum(len(t.split()) for t in sample) / seconds)
    figures["wrong_tones_input"] = round(right(wrong, sample), 4)
    out = restorer.restore("\n".join(clean)).text.split("\n")
    figures["clean_changed"] = round(1 - right(out, clean), 6)
    alone = [restorer.restore(t).text for t in clean[: count * 2]]
    figures["clean_lines_alone_changed"] = round(1 - right(alone, clean[: count * 2]), 6)
    return figures


def speed_figures() -> dict[str, float]:
    """Return load time, words a second on the broken directive and memory of this process.

    New text is read by a restorer that has met no word before, known words by one that has met them all; the best of
    three, for other work on the machine only slows. The peer, in the same run: underthesea's word segmentation of the
    same text.
    """
    start = time.process_time()
    restorer = Restorer.load()
    restorer.restore("hai nguoi", force=True)
    load = time.process_time() - start
    text = (SHARED / "seeds" / "000.txt").read_text(encoding="utf-8")
    words = len(text.split())
    first, again = [], []
    for _ in range(3):
        fresh = Restorer(restorer.model)
        first.append(_seconds(fresh.restore, text))
        again.append(_seconds(fresh.restore, text))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "load_seconds": round(load, 2),
        "words_per_second_new_text": round(words / min(first)),
        "words_per_second_known_words": round(words / min(again)),
        "new_text_to_underthesea_segmentation": round(_segmentation_seconds(text) / min(first), 2),
        "memory_mb": round(memory),
        "model_mb": round(sum(p.stat().st_size for p in DEFAULT_DIR.iterdir()) / 1e6, 1),
    }


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def _segmentation_seconds(text: str) -> float:
    from underthesea import word_tokenize  # type: ignore[import-untyped]  # ships without types

    word_tokenize("một câu để nạp mô hình")
    return min(_seconds(lambda t: [word_tokenize(line) for line in t.splitlines()], text) for _ in range(3))


def main() -> None:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer law lines")
    args = parser.parse_args()
    figures = speed_figures()
    restorer = Restorer.load()
    figures |= seed_figures(restorer)
    figures |= law_figures(restorer, 300 if args.quick else 2000)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
