"""Train our embedding model: ``python -m index.training.train --law ../shared/data/law_sentences.txt.xz``.

Static vectors of syllables and pairs of syllables, started by latent semantic analysis, then moved so that both sides
of a pair come together and the other pairs of the batch apart (multiple negatives ranking). Everything is seeded;
one core needs about ten minutes. The result is a folder that sentence-transformers loads.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.training import evaluate, initial, lawtext, vocabulary
from index.training.pairs import Mixture, PairMaker, read_talk
from index.words import WORDS_VERSION

log = logging.getLogger("index.training")
TALK = Path(__file__).resolve().parent.parent / "tables" / "talk.toml"
MODEL = Path(__file__).resolve().parent.parent / "model"
#: Batches between two checkpoints.
KEEP = 100


class Batches(Protocol):
    """Where pairs come from (``PairMaker`` is one)."""

    def batch(self, size: int) -> tuple[list[lawtext.Ids], list[lawtext.Ids]]:
        """Return ``size`` pairs as (question rows, passage rows)."""
        ...


def train(
    weights: evaluate.Matrix,
    maker: Batches,
    *,
    steps: int,
    batch: int,
    rate: float,
    scale: float,
    seed: int,
    keep: Callable[[evaluate.Matrix, int], None] | None = None,
) -> evaluate.Matrix:
    """Return the weights after ``steps`` batches of contrastive training with in-batch negatives.

    ``keep`` is given the weights and the number of batches done every ``KEEP`` batches, so that a run that is broken
    off is not lost.
    """
    import torch

    torch.manual_seed(seed)
    bag = torch.nn.EmbeddingBag.from_pretrained(
        torch.from_numpy(weights.copy()), freeze=False, mode="mean", sparse=True
    )
    optimizer: Any = torch.optim.SparseAdam(list(bag.parameters()), lr=rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min(1.0, (k + 1) / 50) * (1 - k / steps))
    target = torch.arange(batch)
    started = time.monotonic()
    for step in range(steps):
        left, right = (_embedded(bag, rows) for rows in maker.batch(batch))
        scores = scale * left @ right.T
        loss: Any = (
            torch.nn.functional.cross_entropy(scores, target) + torch.nn.functional.cross_entropy(scores.T, target)
        ) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            log.info("step %d loss %.4f, %.0f s", step, loss.item(), time.monotonic() - started)
        if keep is not None and (step + 1) % KEEP == 0 and step + 1 < steps:
            keep(_weights(bag), step + 1)
    return _weights(bag)


def _weights(bag: Any) -> evaluate.Matrix:
    found: evaluate.Matrix = bag.weight.detach().numpy().copy()
    found[0] = 0
    return found


def _embedded(bag: Any, rows: list[lawtext.Ids]) -> Any:
    import torch

    starts = np.concatenate([[0], np.cumsum([len(r) for r in rows[:-1]])]).astype(np.int64)
    flat = torch.from_numpy(np.concatenate(rows).astype(np.int64))
    return torch.nn.functional.normalize(bag(flat, torch.from_numpy(starts)), dim=1)


def save(weights: evaluate.Matrix, tokens: list[str], folder: Path, facts: dict[str, Any]) -> None:
    """Write the model in the layout of sentence-transformers, float16, with ``congvan.json`` beside it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    tokenizer = Tokenizer(WordLevel({token: k for k, token in enumerate(tokens)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    module = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(weights).half())
    SentenceTransformer(modules=[module, Normalize()], device="cpu").save(str(folder), create_model_card=False)
    about = {"prepare": "syllables-and-pairs", "words_version": WORDS_VERSION, **facts}
    (folder / "congvan.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def report(
    law: lawtext.LawText, vocab: vocabulary.Vocabulary, weights: evaluate.Matrix, seed: int
) -> dict[str, dict[str, float]]:
    """Return the held-out figures of the weights alone, BM25 alone and both."""
    test = evaluate.trial(law, vocab, questions=1500, candidates=10_000, seed=seed)
    dense = evaluate.dense_scores(test.questions, test.bodies, weights)
    lexical = evaluate.bm25_scores(test.questions, test.bodies, vocab.size)
    plain = evaluate.dense_scores(test.unmarked, test.bodies, weights)
    return {
        "dense": evaluate.measure(dense, test.right),
        "dense, question without marks": evaluate.measure(plain, test.right),
        "bm25 over the same tokens": evaluate.measure(lexical, test.right),
        "both": evaluate.measure(evaluate.fused(dense, lexical, 0.5), test.right),
    }


def main() -> None:
    """Train and write the model; progress goes to stderr, the held-out figures to stdout as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--law", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--pairs", type=int, default=26_000)
    parser.add_argument("--plain-pairs", type=int, default=6_000)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--rate", type=float, default=0.05)
    parser.add_argument("--scale", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=749)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    law = lawtext.load(args.law)
    vocab = vocabulary.build(law, pairs=args.pairs, plain_pairs=args.plain_pairs)
    log.info("%d lines, %d syllables, %d rows", len(law.school), len(law.words), vocab.size)
    lines = np.flatnonzero(~law.held_out & (np.diff(law.starts) >= 8))
    first = initial.latent(law, vocab, lines, args.dimension, args.seed)
    log.info("latent semantic analysis done")
    figures = {"before": report(law, vocab, first, args.seed)}
    maker = PairMaker(law, vocab, read_talk(TALK), Mixture(), args.seed)
    settings = {k: str(v) for k, v in vars(args).items() if k not in ("law", "out")}
    tokens = vocab.tokens()

    part = args.out.with_name(f"{args.out.name}.part")

    def keep(weights: evaluate.Matrix, done: int) -> None:
        save(weights, tokens, part, {"trained_with": settings, "batches_done": done})

    weights = train(
        first, maker, steps=args.steps, batch=args.batch, rate=args.rate, scale=args.scale, seed=args.seed, keep=keep
    )
    figures["after"] = report(law, vocab, weights, args.seed)
    save(weights, tokens, args.out, {"trained_with": settings, "held_out": figures})
    shutil.rmtree(part, ignore_errors=True)
    print(json.dumps(figures, ensure_ascii=False, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
