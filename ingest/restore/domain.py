"""Adaptation: what an office's own clean directives teach the restorer.

The general model reads "trực tuyến" as something else because law seldom says it; an office's directives say it on
every page. Their n-grams are counted (no weights are trained) and mixed with the general model in ``kernel.logp``:
after a context seen often in the office's texts its own counts weigh more, after one never seen nothing changes. It is
the hierarchical interpolation of MacKay and Peto (1995) with the general 4-gram model as the base of every level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ingest.restore import counts, kernel
from ingest.restore.candidates import Damage
from ingest.restore.model import Model
from ingest.restore.places import places_of
from ingest.restore.tokens import MIXED, SPECIALS, UNKNOWN, model_word, shape_of

#: A word that the general model does not know is learned when the office wrote it this often.
LEAST = 2


def adapt(model: Model, texts: Iterable[str]) -> Model:
    """Return ``model`` with the words and n-grams of clean texts mixed in; the same texts give the same model."""
    parts: list[list[str | int]] = []
    seen: Counter[str] = Counter()
    spelled: Counter[str] = Counter()
    for text in texts:
        lines = text.replace("\f", "\n").split("\n")
        last = kernel.BREAK
        for place in places_of(lines, Damage.STRIPPED):
            if place.fresh or not parts:
                parts.append([])
                last = kernel.BREAK
            part = parts[-1]
            if place.slot.before >= 0 and last != place.slot.before and part:
                part.append(place.slot.before)
            word = model_word(place.core)
            part.append(word)
            seen[word] += 1
            if shape_of(place.core) == MIXED:
                spelled[place.core] += 1
            last = place.slot.after
            if last >= 0:
                part.append(last)
    room = (1 << kernel.BITS) - 1 - len(model.words)
    new = [(-n, w) for w, n in seen.items() if n >= LEAST and w.isalpha() and w not in model.number]
    words = [w for _, w in sorted(new)[:room]]
    known = model.number | {w: k for k, w in enumerate(words, len(model.words))}
    known |= {word: k for k, word in enumerate(SPECIALS)}
    numbered = [[known.get(w, UNKNOWN) if isinstance(w, str) else w for w in part] for part in parts]
    mixed = sorted(c for c, n in spelled.items() if n >= LEAST and c.lower() in known)
    return model.with_domain(words, mixed, counts.table(numbered))
