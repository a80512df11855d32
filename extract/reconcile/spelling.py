"""Find listed names that a misspelt one is close to, by blocks of keys that share a beginning."""

import string
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_LETTERS = string.ascii_lowercase


def block_prefixes(key: str) -> tuple[str, ...]:
    """List the beginnings that a name may have when one slip fell into the first two letters.

    Slips further back leave the first two letters as they are, which is the first block.
    """
    first, second, rest = key[0], key[1], key[2:4]
    prefixes = [first + second, second + first + rest[:1], second + rest, first + rest]
    prefixes.append(first + rest[:1] + second)
    prefixes += [c + second + rest for c in _LETTERS]
    prefixes += [c + first + second + rest[:1] for c in _LETTERS]
    prefixes += [first + c + rest for c in _LETTERS]
    prefixes += [first + c + second + rest[:1] for c in _LETTERS]
    return tuple(dict.fromkeys(prefix for prefix in prefixes if len(prefix) > 1))


def slips_allowed(key: str) -> int:
    """Return how many slips a name of its length may bear: one in five letters, three at most."""
    return min(3, len(key) // _SHORTEST if len(key) < 8 else len(key) // 5 + 1)


def similar_keys(
    keys_from: Callable[[str], Iterable[str]], key: str, *, limit: int
) -> list[tuple[str, float]]:
    """List the keys closest to ``key`` with their likeness from 0 to 1, closest first.

    ``keys_from`` gives the listed keys that start with a prefix, in any order; what ends in a
    blank is no key. A key itself listed is left out.
    """
    if len(key) < _SHORTEST:
        return []
    # Blocks overlap a little: to leave the few doubles in is cheaper than to hash every name.
    block: list[str] = []
    for prefix in block_prefixes(key):
        block += keys_from(prefix)
    found = process.extract(
        key, block, scorer=OSA.distance, score_cutoff=slips_allowed(key), limit=None
    )
    ranked = {
        (name, 1 - slips / max(len(name), len(key)))
        for name, slips, _ in found
        if name != key and name[-1] != " "
    }
    return sorted(ranked, key=lambda item: (-item[1], item[0]))[:limit]
