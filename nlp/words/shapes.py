"""How near two words are: by their letters, and by the shapes that a reader of pictures takes for each other."""

from __future__ import annotations

#: Letters that an OCR takes for each other, by their shape; over folded text.
SHAPES = str.maketrans(
    {"b": "h", "k": "h", "l": "i", "j": "i", "t": "i", "r": "i", "f": "i", "1": "i", "u": "n", "c": "o", "e": "o",
     "a": "o", "6": "o", "0": "o", "w": "vv", "m": "nn", "q": "g", "9": "g", "y": "v"}
)  # fmt: skip


def distance(a: str, b: str) -> int:
    """Return how many letters must change, come or go (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]
