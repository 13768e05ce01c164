"""The inner loops, compiled: n-gram lookup, the search of the lexicon through the channel, and the beam.

Everything here works on plain arrays and says nothing of files or Unicode. Compiled code is cached beside this file
(numba, ``cache=True``), so only the first run after an installation waits for the compiler.

Layout of one order of the language model: entries sorted by bucket, each ``fingerprint << 8 | quantised log
probability``; ``offsets[b] : offsets[b + 1]`` is bucket ``b``. About three entries a bucket, five bytes an entry.
A 24-bit fingerprint makes about one unseen n-gram in five million look seen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]

BITS = 14
#: One step of the quantised logarithms, in nats.
STEP = 0.07
BREAK, COMMA = 0, 1
FAR = np.float32(1e9)


@njit(cache=True)
def mix(key):  # type: ignore[no-untyped-def]  # compiled: numba infers the types
    """Scramble a 64-bit key."""
    k = np.uint64(key)
    k ^= k >> np.uint64(31)
    k *= np.uint64(0x9E3779B97F4A7C15)
    k ^= k >> np.uint64(29)
    k *= np.uint64(0xBF58476D1CE4E5B9)
    k ^= k >> np.uint64(32)
    return k


@njit(cache=True)
def find(key, offsets, entries, bits):  # type: ignore[no-untyped-def]
    """Return the index of an n-gram in its order, -1 when it is not there."""
    h = mix(key)
    bucket = np.int64(h >> np.uint64(64 - bits))
    fingerprint = np.uint32(h & np.uint64(0xFFFFFF))
    for k in range(offsets[bucket], offsets[bucket + 1]):
        if entries[k] >> np.uint32(8) == fingerprint:
            return k
    return -1


@njit(cache=True)
def domain_find(key, keys):  # type: ignore[no-untyped-def]
    """Return the place of a key in the open table of the office's own n-grams, -1 when it is not there."""
    size = len(keys)
    at = np.int64(mix(key) & np.uint64(size - 1))
    while keys[at] != -1:
        if keys[at] == key:
            return at
        at = (at + 1) & (size - 1)
    return -1


@njit(cache=True)
def domain_add(grams, weights, keys, counts):  # type: ignore[no-untyped-def]
    """Put n-grams (with their order in the top bits) into the open table."""
    size = len(keys)
    for k in range(len(grams)):
        at = np.int64(mix(grams[k]) & np.uint64(size - 1))
        while keys[at] != -1 and keys[at] != grams[k]:
            at = (at + 1) & (size - 1)
        keys[at] = grams[k]
        counts[at] += weights[k]


@njit(cache=True)
def logp(a, b, c, w, lm, dom):  # type: ignore[no-untyped-def]
    """Return log P(w | a b c), the general model mixed with the office's own counts where it has any."""
    uni, uback, off2, ent2, back2, bits2, off3, ent3, back3, bits3, off4, ent4, bits4 = lm
    base = len(uni)
    a0, b0, c0, w0 = a, b, c, w
    if a0 >= base:
        a0 = 3
    if b0 >= base:
        b0 = 3
    if c0 >= base:
        c0 = 3
    if w0 >= base:
        w0 = 3
    two = (np.int64(c0) << BITS) | w0
    three = (np.int64(b0) << (2 * BITS)) | two
    four = (np.int64(a0) << (3 * BITS)) | three
    k = find(four, off4, ent4, bits4)
    if k >= 0:
        p = -STEP * (ent4[k] & np.uint32(255))
    else:
        k = find(four >> BITS, off3, ent3, bits3)
        p = 0.0
        if k >= 0:
            p -= STEP * back3[k]
        k = find(three, off3, ent3, bits3)
        if k >= 0:
            p -= STEP * (ent3[k] & np.uint32(255))
        else:
            k = find(three >> BITS, off2, ent2, bits2)
            if k >= 0:
                p -= STEP * back2[k]
            k = find(two, off2, ent2, bits2)
            if k >= 0:
                p -= STEP * (ent2[k] & np.uint32(255))
            else:
                p += uback[c0] + uni[w0]
    if w >= base:
        p -= 6.0  # the share of one new word of the office among all unknown ones
    keys, counts, strengths = dom
    if len(keys) > 1:
        q = np.exp(p)
        context = np.int64(c)
        for n in range(2, 5):
            if n == 3:
                context |= np.int64(b) << BITS
            elif n == 4:
                context |= np.int64(a) << (2 * BITS)
            at = domain_find((np.int64(n) << 56) | context, keys)
            if at < 0:
                break
            total = counts[at]
            own = 0
            at = domain_find((np.int64(n + 3) << 56) | (context << BITS) | w, keys)
            if at >= 0:
                own = counts[at]
            kappa = strengths[n - 2] + strengths[n + 1] * total
            q = (own + kappa * q) / (total + kappa)
        p = np.log(q)
    return p


@njit(cache=True)
def child(node, code, first, codes, nodes):  # type: ignore[no-untyped-def]
    """Return the child of a trie node by letter, -1 when there is none."""
    lo, hi = first[node], first[node + 1]
    while lo < hi:
        mid = (lo + hi) >> 1
        if codes[mid] < code:
            lo = mid + 1
        else:
            hi = mid
    if lo < first[node + 1] and codes[lo] == code:
        return nodes[lo]
    return -1


@njit(cache=True)
def search(word, trie, channel, stamp, slot, clock, width, loose):  # type: ignore[no-untyped-def]
    """Return the lexicon entries that the channel can turn into ``word`` and what each costs (-log P).

    ``word`` are letter codes with the end marks. States are (letters read, trie node); a step reads a block of one to
    three letters and goes down the trie by a block of one to three. ``loose`` allows any letter for any other, one too
    many and one lost, all dear.
    """
    first, codes, nodes, term = trie
    keys, starts, c1, c2, c3, costs = channel
    n = len(word)
    room = 700
    state_node = np.zeros((n + 1, room), np.int32)
    state_cost = np.zeros((n + 1, room), np.float32)
    size = np.zeros(n + 1, np.int32)
    best = np.full(n + 1, FAR, np.float32)
    base = clock[0]
    clock[0] += n + 1
    size[0] = 1
    best[0] = 0.0
    for j in range(n):
        limit = best[j] + width
        if loose and 0 < j < n:
            for s in range(size[j]):
                total = state_cost[j, s] + np.float32(5.5)
                node = state_node[j, s]
                for k in range(first[node], first[node + 1]):
                    if total <= limit and codes[k] > 2 and size[j] < room and stamp[j & 3, nodes[k]] != base + j:
                        at = size[j]
                        size[j] += 1
                        stamp[j & 3, nodes[k]] = base + j
                        slot[j & 3, nodes[k]] = at
                        state_node[j, at] = nodes[k]
                        state_cost[j, at] = total
        for length in range(1, 4):
            if j + length > n:
                break
            key = np.int64(0)
            for k in range(length):
                key = (key << 10) | word[j + k]
            at = np.searchsorted(keys, key)
            known = at < len(keys) and keys[at] == key
            to = j + length
            row = to & 3
            for s in range(size[j]):
                cost = state_cost[j, s]
                if cost > limit:
                    continue
                node = state_node[j, s]
                e, last = 0, 0
                if known:
                    e, last = starts[at], starts[at + 1]
                extra = 0
                if loose and length == 1 and 0 < j < n - 1:
                    extra = 1 + first[node + 1] - first[node]
                while e < last or extra > 0:
                    if e < last:
                        total = cost + costs[e]
                        if total > best[to] + width:
                            e = last
                            continue
                        to_node = child(node, c1[e], first, codes, nodes)
                        if to_node >= 0 and c2[e] > 0:
                            to_node = child(to_node, c2[e], first, codes, nodes)
                            if to_node >= 0 and c3[e] > 0:
                                to_node = child(to_node, c3[e], first, codes, nodes)
                        e += 1
                    else:
                        extra -= 1
                        if extra == 0:
                            to_node = node
                            total = cost + np.float32(6.0)
                        else:
                            to_node = nodes[first[node] + extra - 1]
                            total = cost + np.float32(7.0)
                            if codes[first[node] + extra - 1] < 3:
                                continue
                        if total > best[to] + width:
                            continue
                    if to_node < 0:
                        continue
                    if stamp[row, to_node] == base + to:
                        k = slot[row, to_node]
                        if total < state_cost[to, k]:
                            state_cost[to, k] = total
                    elif size[to] < room:
                        k = size[to]
                        size[to] += 1
                        stamp[row, to_node] = base + to
                        slot[row, to_node] = k
                        state_node[to, k] = to_node
                        state_cost[to, k] = total
                    else:
                        continue
                    if total < best[to]:
                        best[to] = total
    found = np.zeros(size[n], np.int32)
    price = np.zeros(size[n], np.float32)
    count = 0
    for s in range(size[n]):
        if term[state_node[n, s]] >= 0:
            found[count] = term[state_node[n, s]]
            price[count] = state_cost[n, s]
            count += 1
    return found[:count], price[:count]


@njit(cache=True)
def step(a, b, c, ctx, w, shape, lm, dom, shapes):  # type: ignore[no-untyped-def]
    """Return log P of a word and its case after a context."""
    p = logp(a, b, c, w, lm, dom)
    if w > 3:
        p += shapes[min(w, len(shapes) - 1), ctx, shape]
    return p


@njit(cache=True)
def decode(start, arcs, before, after, fresh, lm, dom, shapes, width, drop):  # type: ignore[no-untyped-def]
    """Return the best way through the lattice, as the arc taken at each slot (-1: inside a longer arc), and its score.

    ``arcs`` are (span, word1, shape1, word2, shape2, cost), sorted by slot; ``start[i] : start[i + 1]`` leave slot i.
    ``before`` and ``after`` are the marks around each slot, ``fresh[i]`` tells that a new sentence part begins there.
    """
    span, w1, s1, w2, s2, cost = arcs
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
    size[0] = 1
    score[0, 0] = 0.0
    for i in range(n):
        top = -FAR
        for s in range(size[i]):
            top = max(top, score[i, s])
        for s in range(size[i]):
            if score[i, s] < top - drop:
                continue
            a, b, c, ctx, base = ctx_a[i, s], ctx_b[i, s], ctx_c[i, s], ctx_s[i, s], score[i, s]
            if fresh[i]:
                a, b, c, ctx = BREAK, BREAK, BREAK, 0
            elif before[i] >= 0 and c != before[i]:
                base += logp(a, b, c, before[i], lm, dom)
                a, b, c = b, c, before[i]
                if c == BREAK:
                    ctx = 0
            for e in range(start[i], start[i + 1]):
                to = i + span[e]
                x, y, z, sh = a, b, c, ctx
                total = base - cost[e]
                for part in range(2):
                    w = w1[e] if part == 0 else w2[e]
                    shape = s1[e] if part == 0 else s2[e]
                    if w < 0:
                        continue
                    total += step(x, y, z, sh, w, shape, lm, dom, shapes)
                    x, y, z = y, z, w
                    sh = min(shape, 2) + 1
                mark = after[to - 1]
                if mark >= 0:
                    total += logp(x, y, z, mark, lm, dom)
                    x, y, z = y, z, mark
                    if mark == BREAK:
                        sh = 0
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
                    if total <= low:
                        continue
                    place = worst
                ctx_a[to, place], ctx_b[to, place], ctx_c[to, place], ctx_s[to, place] = x, y, z, sh
                score[to, place] = total
                from_state[to, place], from_arc[to, place], from_slot[to, place] = s, e, i
    taken = np.full(n, -1, np.int32)
    best = 0
    for s in range(size[n]):
        if score[n, s] > score[n, best]:
            best = s
    final = score[n, best]
    at = n
    while at > 0:
        taken[from_slot[at, best]] = from_arc[at, best]
        at, best = from_slot[at, best], from_state[at, best]
    return taken, final


@njit(cache=True)
def judge(start, arcs, before, after, fresh, taken, lm, dom, shapes):  # type: ignore[no-untyped-def]
    """Return for every arc its score within the best way: its own words and the next three, all else as decided.

    Arcs of another span than the one taken get -FAR. The softmax over a slot is the confidence of the reading there.
    """
    span, w1, s1, w2, s2, cost = arcs
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
        for e in range(start[i], start[i + 1]):
            if span[e] != span[chosen]:
                continue
            x, y, z, sh = a, b, c, ctx
            total = -np.float32(cost[e])
            for part in range(2):
                w = w1[e] if part == 0 else w2[e]
                shape = s1[e] if part == 0 else s2[e]
                if w < 0:
                    continue
                total += step(x, y, z, sh, w, shape, lm, dom, shapes)
                x, y, z = y, z, w
                sh = min(shape, 2) + 1
            if after[to - 1] >= 0:
                total += logp(x, y, z, after[to - 1], lm, dom)
                x, y, z = y, z, after[to - 1]
                if z == BREAK:
                    sh = 0
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
