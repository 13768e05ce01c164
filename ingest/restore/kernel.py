"""The inner loops, compiled: n-gram lookup and the search of the lexicon through the channel (the beam: ``beam``).

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
def history(a, b, c, lm, dom):  # type: ignore[no-untyped-def]
    """Return what ``follow`` needs of the three words before: all that does not depend on the word that follows.

    (keys of the last one, two and three words, what backing off from three, two and one costs, whether the three stand
    in the model, and how often the office wrote the last one, two and three; -1 where it never did).
    """
    _, uback, off2, ent2, back2, bits2, off3, ent3, back3, bits3, _, _, _ = lm
    base = len(uback)
    c0 = np.int64(c) if c < base else np.int64(3)
    b0 = np.int64(b) if b < base else np.int64(3)
    a0 = np.int64(a) if a < base else np.int64(3)
    two = (b0 << BITS) | c0
    three = (a0 << (2 * BITS)) | two
    k3 = find(three, off3, ent3, bits3)
    k2 = find(two, off2, ent2, bits2)
    drop3 = -STEP * back3[k3] if k3 >= 0 else 0.0
    drop2 = -STEP * back2[k2] if k2 >= 0 else 0.0
    one_seen, two_seen, three_seen = -1.0, -1.0, -1.0
    keys, counts, _ = dom
    if len(keys) > 1:
        context = np.int64(c)
        at = domain_find((np.int64(2) << 56) | context, keys)
        if at >= 0:
            one_seen = np.float64(counts[at])
            context |= np.int64(b) << BITS
            at = domain_find((np.int64(3) << 56) | context, keys)
            if at >= 0:
                two_seen = np.float64(counts[at])
                at = domain_find((np.int64(4) << 56) | context | (np.int64(a) << (2 * BITS)), keys)
                if at >= 0:
                    three_seen = np.float64(counts[at])
    words = (np.int64(a) << (2 * BITS)) | (np.int64(b) << BITS) | np.int64(c)
    return c0, two, three, drop3, drop2, np.float64(uback[c0]), k3 >= 0, words, one_seen, two_seen, three_seen


@njit(cache=True)
def follow(past, w, lm, dom):  # type: ignore[no-untyped-def]
    """Return log P(w | history), the general model mixed with the office's own counts where it has any."""
    uni, _, off2, ent2, _, bits2, off3, ent3, _, bits3, off4, ent4, bits4 = lm
    one, two, three, drop3, drop2, drop1, known, words, one_seen, two_seen, three_seen = past
    base = len(uni)
    w0 = np.int64(w) if w < base else np.int64(3)
    k = np.int64(-1)
    if known:  # the model keeps no n-gram without the context that it extends
        k = find((three << BITS) | w0, off4, ent4, bits4)
    if k >= 0:
        p = -STEP * (ent4[k] & np.uint32(255))
    else:
        p = drop3
        k = find((two << BITS) | w0, off3, ent3, bits3)
        if k >= 0:
            p -= STEP * (ent3[k] & np.uint32(255))
        else:
            p += drop2
            k = find((one << BITS) | w0, off2, ent2, bits2)
            if k >= 0:
                p -= STEP * (ent2[k] & np.uint32(255))
            else:
                p += drop1 + uni[w0]
    if w >= base:
        p -= 6.0  # the share of one new word of the office among all unknown ones
    if one_seen >= 0:
        keys, counts, strengths = dom
        q = np.exp(p)
        for n in range(2, 5):
            total = one_seen if n == 2 else two_seen if n == 3 else three_seen
            if total < 0:
                break
            context = words & ((np.int64(1) << ((n - 1) * BITS)) - 1)
            own = 0.0
            at = domain_find((np.int64(n + 3) << 56) | (context << BITS) | w, keys)
            if at >= 0:
                own = counts[at]
            kappa = strengths[n - 2] + strengths[n + 1] * total
            q = (own + kappa * q) / (total + kappa)
        p = np.log(q)
    return p


@njit(cache=True)
def logp(a, b, c, w, lm, dom):  # type: ignore[no-untyped-def]
    """Return log P(w | a b c)."""
    return follow(history(a, b, c, lm, dom), w, lm, dom)


@njit(cache=True, inline="always")
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


#: Costs of the dear search, -log P: a letter lost, a letter too many, any letter for any other.
LOST, EXTRA, OTHER = np.float32(5.5), np.float32(6.0), np.float32(7.0)
#: States kept for one place in a word.
ROOM = 500


@njit(cache=True, inline="always")
def enter(to, node, total, base, space, states, size, best):  # type: ignore[no-untyped-def]
    """Keep the state "``to`` letters read, at ``node``" if it is new or cheaper than before."""
    stamp, slot = space
    state_node, state_cost = states
    row = to & 3
    if stamp[row, node] == base + to:
        k = slot[row, node]
        if total >= state_cost[to, k]:
            return
    elif size[to] < ROOM:
        k = size[to]
        size[to] += 1
        stamp[row, node] = base + to
        slot[row, node] = k
        state_node[to, k] = node
    else:
        return
    state_cost[to, k] = total
    if total < best[to]:
        best[to] = total


@njit(cache=True, inline="always")
def walk(node, a, b, c, first, codes, nodes):  # type: ignore[no-untyped-def]
    """Go down the trie by one to three letters (0: none); -1 where the lexicon has no such word."""
    node = child(node, a, first, codes, nodes)
    if node >= 0 and b > 0:
        node = child(node, b, first, codes, nodes)
        if node >= 0 and c > 0:
            node = child(node, c, first, codes, nodes)
    return node


@njit(cache=True)
def lose(j, trie, base, space, states, size, best, width):  # type: ignore[no-untyped-def]
    """From every state at place ``j``: a letter of the word was lost."""
    first, codes, nodes, _ = trie
    for s in range(size[j]):
        node, total = states[0][j, s], states[1][j, s] + LOST
        for k in range(first[node], first[node + 1]):
            if codes[k] > 2 and total <= best[j] + width:
                enter(j, nodes[k], total, base, space, states, size, best)


@njit(cache=True)
def mistake(j, trie, base, space, states, size, best, width):  # type: ignore[no-untyped-def]
    """From every state at place ``j``: the next letter is one too many, or stands for any other.

    Comes after the blocks, so that the many states it makes do not crowd out what the channel knows.
    """
    first, codes, nodes, _ = trie
    for s in range(size[j]):
        node, cost = states[0][j, s], states[1][j, s]
        if cost > best[j] + width:
            continue
        if cost + EXTRA <= best[j + 1] + width:
            enter(j + 1, node, cost + EXTRA, base, space, states, size, best)
        for k in range(first[node], first[node + 1]):
            if codes[k] > 2 and cost + OTHER <= best[j + 1] + width:
                enter(j + 1, nodes[k], cost + OTHER, base, space, states, size, best)


@njit(cache=True)
def leaves(n, states, size, term):  # type: ignore[no-untyped-def]
    """Return the spellings that end at the states of the last place, and their costs."""
    found = np.zeros(size[n], np.int32)
    price = np.zeros(size[n], np.float32)
    count = 0
    for s in range(size[n]):
        if term[states[0][n, s]] >= 0:
            found[count] = term[states[0][n, s]]
            price[count] = states[1][n, s]
            count += 1
    return found[:count], price[:count]


@njit(cache=True)
def single(j, prices, trie, base, space, states, size, best, width):  # type: ignore[no-untyped-def]
    """From every state at place ``j``: the next letter stands for one letter, at the price of its row in ``prices``.

    Goes by the children of a node, which are fewer than the letters that may have been meant: mostly there is one.
    """
    first, codes, nodes, _ = trie
    for s in range(size[j]):
        node, cost = states[0][j, s], states[1][j, s]
        if cost > best[j] + width:
            continue
        for k in range(first[node], first[node + 1]):
            total = cost + prices[codes[k]]
            if total < FAR and total <= best[j + 1] + width:
                enter(j + 1, nodes[k], total, base, space, states, size, best)


@njit(cache=True)
def blocks(j, length, rows, channel, trie, base, space, states, size, best, width):  # type: ignore[no-untyped-def]
    """From every state at place ``j``: the next ``length`` letters stand for one to three letters."""
    first, codes, nodes, _ = trie
    _, _, c1, c2, c3, costs, _ = channel
    to = j + length
    for s in range(size[j]):
        cost = states[1][j, s]
        if cost > best[j] + width:
            continue
        for e in range(rows[0], rows[1]):
            if cost + costs[e] > best[to] + width:
                break
            node = walk(states[0][j, s], c1[e], c2[e], c3[e], first, codes, nodes)
            if node >= 0:
                enter(to, node, cost + costs[e], base, space, states, size, best)


@njit(cache=True)
def search(word, trie, channel, stamp, slot, clock, width, loose):  # type: ignore[no-untyped-def]
    """Return the lexicon entries that the channel can turn into ``word`` and what each costs (-log P).

    ``word`` are letter codes with the end marks. States are (letters read, trie node); a step reads a block of one to
    three letters and goes down the trie by a block of one to three. ``loose`` allows any letter for any other, one too
    many and one lost, all dear.
    """
    keys, starts, prices = channel[0], channel[1], channel[6]
    n = len(word)
    states = np.zeros((n + 1, ROOM), np.int32), np.zeros((n + 1, ROOM), np.float32)
    space = stamp, slot
    size = np.zeros(n + 1, np.int32)
    best = np.full(n + 1, FAR, np.float32)
    base = clock[0]
    clock[0] += n + 1
    size[0] = 1
    best[0] = 0.0
    for j in range(n):
        if loose and j > 0:
            lose(j, trie, base, space, states, size, best, width)
        single(j, prices[word[j]], trie, base, space, states, size, best, width)
        key = np.int64(0)
        for length in range(1, min(3, n - j) + 1):
            key = (key << 10) | word[j + length - 1]
            at = np.searchsorted(keys, key)
            if at < len(keys) and keys[at] == key:
                rows = starts[at], starts[at + 1]
                blocks(j, length, rows, channel, trie, base, space, states, size, best, width)
        if loose and 0 < j < n - 1:
            mistake(j, trie, base, space, states, size, best, width)
    return leaves(n, states, size, term=trie[3])
