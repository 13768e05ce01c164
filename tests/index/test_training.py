"""The training of the embedding model: what it learns, and that a run that is broken off is not lost."""

import lzma
from pathlib import Path

import numpy as np
import pytest

from index.training import train
from index.training.lawtext import law_lines, load


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


LAW = """title: Muối
Điều 5. Sản xuất muối
1. Nhà nước khuyến khích sản xuất muối sạch.
Điều 1.5.NĐ.3.1. Giao khu vực biển
(Điều 1 Nghị định số 11/2021/NĐ-CP, có hiệu lực)
Khu vực biển được giao theo quy hoạch.
(Điều này có nội dung liên quan đến Điều 7.2.LQ.6. Dầu khí)
Người được giao nộp tiền sử dụng.
Điều 1.6.LQ.2. Hợp đồng tín dụng 1. Hợp đồng lập thành văn bản.
Điều 1.5.LQ.9. Nghiêm cấm lấn biển""".split("\n")


def test_titles_notes_and_laws_of_the_law_text() -> None:
    lines = list(law_lines(LAW))
    assert [line.text for line in lines if line.title] == [
        "Sản xuất muối", "Giao khu vực biển", "Hợp đồng tín dụng", "Nghiêm cấm lấn biển",
    ]  # fmt: skip
    assert [line.law for line in lines if line.title] == ["title: Muối", "1.5", "1.6", "1.5"]
    # the note behind a heading goes, the one at the end closes the article
    texts = [line.text for line in lines]
    assert not any("11/2021" in text for text in texts)
    assert [line.ends for line in lines][texts.index("Khu vực biển được giao theo quy hoạch.") + 1]
    assert "1. Hợp đồng lập thành văn bản." in texts


def test_nothing_of_a_held_out_law_is_trained_on(tmp_path: Path) -> None:
    names = [f"title: Luật {k}" for k in range(60)]
    rows = [f"{name}\nĐiều 1. Phạm vi của luật\nLuật nói về chữ{k} và việc chung." for k, name in enumerate(names)]
    path = tmp_path / "law.txt.xz"
    path.write_bytes(lzma.compress("\n".join(rows).encode()))
    law = load(path, least=1)
    held = [k for k in range(60) if next(law_lines([names[k]])).held_out]
    assert 0 < len(held) < 20
    assert not {f"chữ{k}" for k in held} & set(law.words)
    assert {f"chữ{k}" for k in range(60) if k not in held} <= set(law.words)
    assert len(law.articles) == 60
    assert len(law.shown) < len(law.ids)
