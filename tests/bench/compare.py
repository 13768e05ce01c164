"""How well two directives are compared; prints one JSON line.

usage: python -m tests.bench.compare [--wrong]

Gold pairs are the samples' two, on which the thresholds were set, and those of tests/directives/pairs, on which they
were not (``unseen``). F1 counts links between items, and items that nothing answers to; ``facts`` is the share of the
gold's changed facts and citations that is found; ``unrelated`` the number of pairs of directives on other matters that
were told to be comparable. ``long_s`` is processor time for two directives of 20 pages, their reading apart.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import combinations

from corpus.document import Document
from corpus.facts import Facts
from nlp.compare.compare import compare
from nlp.compare.items import parts_of
from tests.bench.extraction import of_pages
from tests.bench.pairs import Score, pairs, score, side
from tests.nlp.texts import reader

#: The pairs that thresholds were set on.
TUNED = 2
#: Directives of which no two speak of the same matter.
STRANGERS = (
    "2022-so-thu-chi", "2023-so-kiem-dinh", "2024-phong-duoi-nuoc", "2024-so-tuyen-sinh", "2025-so-pho-cap",
    "2024-so-hoc-ba-so", "2024-so-chua-chay", "2023-bo-thu-vien", "2023-so-ky-thuat", "2022-phong-giao-thong",
    "2021-bo-y-te",
)  # fmt: skip


def long_directives(pages: int) -> tuple[tuple[Document, Facts], tuple[Document, Facts]]:
    """Return two directives of so many pages, ten items of the samples on each; the second has other days, every fifth
    item less and every seventh one of its own."""
    names = (
        "2022-bo-y-te",
        "2022-so-y-te",
        "2023-so-kiem-dinh",
        "2023-bo-thu-vien",
        "2024-so-chua-chay",
        "2025-so-pho-cap",
    )
    texts = [part.text for name in names for part in parts_of(side(name).document, side(name).facts).items]
    made = []
    for year in (0, 1):
        sheets: list[list[str]] = [[] for _ in range(pages)]
        for k in range(pages * 10):
            if year and k % 5 == 0:
                continue
            # an item that comes back is another one
            text = texts[k % len(texts)].replace("học sinh", f"học sinh nhóm {k // len(texts) + 1}")
            text = f"Việc riêng số {k}: {text[::2]}" if year and k % 7 == 0 else text
            sheets[k // 10].append(f"{k + 1}. {text.replace('2022', str(2022 + year))}")
        about = f"V/v hướng dẫn nhiệm vụ năm học {2022 + year}-{2023 + year}"
        head = f"BỘ GIÁO DỤC VÀ ĐÀO TẠO\nSố: {year + 1}/BGDĐT-VP\n{about}\n"
        document = of_pages(
            f"long {year}", [(head if k == 0 else "") + "\n".join(rows) for k, rows in enumerate(sheets)]
        )
        made.append((document, reader().read(document)))
    return made[0], made[1]


def pooled(scores: list[Score]) -> dict[str, float]:
    """Return F1, kinds and facts over several pairs."""
    hits, total = sum(s.hits for s in scores), sum(s.found + s.gold for s in scores)
    facts = sum(len(s.facts) for s in scores)
    wanted = facts + sum(len(s.missed) for s in scores)
    return {
        "f1": round(2 * hits / total, 4) if total else 1.0,
        "least_f1": round(min((s.f1 for s in scores), default=1.0), 4),
        "kinds": round(sum(s.kinds for s in scores) / max(hits, 1), 4),
        "facts": round(facts / wanted, 4) if wanted else 1.0,
        "facts_extra": sum(len(s.extra) for s in scores),
    }


def strangers() -> list[tuple[str, str]]:
    """Return the pairs on other matters that were not told apart."""
    found = []
    for one, two in combinations(STRANGERS, 2):
        a, b = side(one), side(two)
        if compare((a.document, a.facts), (b.document, b.facts)).related:
            found.append((one, two))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    given = parser.parse_args()
    scores = []
    for pair in pairs():
        a, b = side(pair["from"]), side(pair["to"])
        result = score(pair, compare((a.document, a.facts), (b.document, b.facts)))
        scores.append(result)
        if given.wrong:
            print(f"{pair['from']} → {pair['to']}: F1 {result.f1:.3f}")
            for row in (
                *result.wrong,
                *(f"fact missed: {m}" for m in result.missed),
                *(f"fact extra: {m}" for m in result.extra),
            ):
                print("  ", row)
    one, two = long_directives(20)
    began = time.process_time()
    found = compare(one, two)
    seconds = time.process_time() - began
    related = strangers()
    if given.wrong:
        print("related:", related)
    print(
        json.dumps(
            {
                "tuned": pooled(scores[:TUNED]),
                "unseen": pooled(scores[TUNED:]),
                "all": pooled(scores),
                "unrelated": len(related),
                "long_s": round(seconds, 2),
                "long_items": [len(found.old.items), len(found.new.items)],
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
