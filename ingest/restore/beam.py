"""The beam over the lattice, compiled: the best way through it, and how the other readings of a slot compare."""

from __future__ import annotations

import numpy as np
from numba import njit

from ingest.restore.kernel import BREAK, FAR, follow, history, logp


@njit(cache=True)
def take(e, arcs, mark, past, a, b, c, ctx, lm, dom, shapes):  # type: ignore[no-untyped-def]
    """Return what arc ``e`` and the mark after it add to the score, and the context behind them.

    ``past`` is ``kernel.history`` of ``a b c``, which all arcs of a state share.
    """
    _, w1, s1, w2, s2, cost = arcs
    total = -np.float64(cost[e])
    w, shape = w1[e], s1[e]
    if w >= 0:
        total += follow(past, w, lm, dom) + case(w, ctx, shape, shapes)
        a, b, c, ctx = b, c, w, min(shape, 2) + 1
    w, shape = w2[e], s2[e]
    if w >= 0:
        total += logp(a, b, c, w, lm, dom) + case(w, ctx, shape, shapes)
        a, b, c, ctx = b, c, w, min(shape, 2) + 1
    if mark >= 0:
        total += logp(a, b, c, mark, lm, dom)
        a, b, c = b, c, mark
        if mark == BREAK:
            ctx = 0
    return total, a, b, c, ctx


@njit(cache=True, inline="always")
def case(w, ctx, shape, shapes):  # type: ignore[no-untyped-def]
    """Return log P(case of a word | case of the word before)."""
    return np.float64(shapes[min(w, len(shapes) - 1), ctx, shape]) if w > 3 else 0.0


@njit(cache=True)
def trace(from_slot, from_arc, from_state, best):  # type: ignore[no-untyped-def]
    """Return the arc taken at each slot on the way that ends in state ``best``; -1 inside longer arcs."""
    at = len(from_slot) - 1
    taken = np.full(at, -1, np.int32)
    while at > 0:
        taken[from_slot[at, best]] = from_arc[at, best]
        at, best = from_slot[at, best], from_state[at, best]
    return taken


@njit(cache=True)
def by_score(scores, size, order):  # type: ignore[no-untyped-def]
    """Put the first ``size`` places of ``scores`` into ``order``, the best first (insertion sort: they are few)."""
    for s in range(size):
        at = s
        while at > 0 and scores[order[at - 1]] < scores[s]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = s


@njit(cache=True)
def decode(start, arcs, before, after, fresh, lm, dom, shapes, width, drop):  # type: ignore[no-untyped-def]
    """Return the best way through the lattice, as the arc taken at each slot (-1: inside a longer arc), and its score.

    ``arcs`` are (span, word1, shape1, word2, shape2, cost), sorted by slot; ``start[i] : start[i + 1]`` leave slot i.
    ``before`` and ``after`` are the marks around each slot, ``fresh[i]`` tells that a new sentence part begins there.
    States go best first, and an arc whose bare cost already puts it out of the beam is not looked up in the language
    model: log probabilities only lower the score.
    """
    span, cost = arcs[0], arcs[5]
    n = len(before)
    ctx_a = np.zeros((n + 1, width), np.int32)
    ctx_b = np.zeros((n + 1, width), np.int32)
    ctx_c = np.zeros((n + 1, width), np.int32)
    ctx_s = np.zeros((n + 1, width), np.int32)
    score = np.full((n + 1, width), -FAR, np.float32)
    from_state = np.zeros((n + 1, width), np.int32)
    from_arc = np.full((n + 1, width), -1, np.int32)
    from_slot = np.zeros((n + 1, width), np.int32)
    size = np.zeros(n + 1, np.int32)
    #: The best score at a place, and the least that a new state needs to be kept there.
    top = np.full(n + 1, -FAR, np.float64)
    least = np.full(n + 1, -FAR, np.float64)
    order = np.zeros(width, np.int32)
    size[0] = 1
    score[0, 0] = top[0] = 0.0
    for i in range(n):
        by_score(score[i], size[i], order)
        for rank in range(size[i]):
            s = order[rank]
            if score[i, s] < top[i] - drop:
                break
            a, b, c, ctx, base = ctx_a[i, s], ctx_b[i, s], ctx_c[i, s], ctx_s[i, s], np.float64(score[i, s])
            if fresh[i]:
                a, b, c, ctx = BREAK, BREAK, BREAK, 0
            elif before[i] >= 0 and c != before[i]:
                base += logp(a, b, c, before[i], lm, dom)
                a, b, c = b, c, before[i]
                if c == BREAK:
                    ctx = 0
            past = history(a, b, c, lm, dom)
            for e in range(start[i], start[i + 1]):
                to = i + span[e]
                if base - cost[e] <= max(least[to], top[to] - drop):
                    continue
                gain, x, y, z, sh = take(e, arcs, after[to - 1], past, a, b, c, ctx, lm, dom, shapes)
                total = base + gain
                if total <= max(least[to], top[to] - drop):
                    continue
                place, worst, low = -1, 0, FAR
                for k in range(size[to]):
                    if ctx_c[to, k] == z and ctx_b[to, k] == y and ctx_a[to, k] == x and ctx_s[to, k] == sh:
                        place = k
                        break
                    if score[to, k] < low:
                        low = score[to, k]
                        worst = k
                if place >= 0:
                    if total <= score[to, place]:
                        continue
                elif size[to] < width:
                    place = size[to]
                    size[to] += 1
                else:
                    place = worst
                ctx_a[to, place], ctx_b[to, place], ctx_c[to, place], ctx_s[to, place] = x, y, z, sh
                score[to, place] = total
                from_state[to, place], from_arc[to, place], from_slot[to, place] = s, e, i
                top[to] = max(top[to], total)
                if size[to] == width:
                    least[to] = score[to].min()
    best = int(np.argmax(score[n]))
    return trace(from_slot, from_arc, from_state, best), score[n, best]


@njit(cache=True)
def judge(start, arcs, before, after, fresh, taken, lm, dom, shapes):  # type: ignore[no-untyped-def]
    """Return for every arc its score within the best way: its own words and the next three, all else as decided.

    Arcs of another span than the one taken get -FAR. The softmax over a slot is the confidence of the reading there.
    """
    span, w1 = arcs[0], arcs[1]
    n = len(before)
    out = np.full(len(span), -FAR, np.float32)
    a, b, c, ctx = BREAK, BREAK, BREAK, 0
    i = 0
    while i < n:
        if fresh[i]:
            a, b, c, ctx = BREAK, BREAK, BREAK, 0
        elif before[i] >= 0 and c != before[i]:
            a, b, c = b, c, before[i]
            if c == BREAK:
                ctx = 0
        chosen = taken[i]
        to = i + span[chosen]
        next_a, next_b, next_c, next_s = a, b, c, ctx
        past = history(a, b, c, lm, dom)
        for e in range(start[i], start[i + 1]):
            if span[e] != span[chosen]:
                continue
            total, x, y, z, sh = take(e, arcs, after[to - 1], past, a, b, c, ctx, lm, dom, shapes)
            if e == chosen:
                next_a, next_b, next_c, next_s = x, y, z, sh
            left = 3
            j = to
            while left > 0 and j < n and not fresh[j]:
                if before[j] >= 0 and z != before[j]:
                    total += logp(x, y, z, before[j], lm, dom)
                    x, y, z = y, z, before[j]
                    left -= 1
                f = taken[j]
                total += logp(x, y, z, w1[f], lm, dom)
                x, y, z = y, z, w1[f]
                left -= 1
                j += span[f]
                if after[j - 1] >= 0:
                    total += logp(x, y, z, after[j - 1], lm, dom)
                    x, y, z = y, z, after[j - 1]
                    left -= 1
            out[e] = total
        a, b, c, ctx = next_a, next_b, next_c, next_s
        i = to
    return out
