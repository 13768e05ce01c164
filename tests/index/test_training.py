"""The training of the embedding model: what it learns, and that a run that is broken off is not lost."""

import numpy as np
import pytest

from index.training import train


class Twins:
    """Pairs of tokens that mean the same: 1 and 5, 2 and 6, 3 and 7, 4 and 8."""

    def batch(self, size: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
        rows = [np.array([1 + k % 4], dtype=np.int32) for k in range(size)]
        return rows, [row + 4 for row in rows]


@pytest.mark.slow
def test_pairs_come_together_and_the_state_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "KEEP", 20)
    first = np.random.default_rng(1).normal(size=(9, 16)).astype(np.float32)
    kept: list[int] = []
    got = train.train(
        first, Twins(), steps=60, batch=4, rate=0.05, scale=20.0, seed=1, keep=lambda weights, done: kept.append(done)
    )  # fmt: skip
    assert kept == [20, 40]
    assert not got[0].any()
    unit = got[1:] / np.linalg.norm(got[1:], axis=1, keepdims=True)
    assert (unit[:4] @ unit[4:].T).argmax(axis=1).tolist() == [0, 1, 2, 3]
