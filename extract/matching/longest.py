"""Find the longest names that stand in a row of folded tokens."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Hit = TypeVar("Hit")


def scan(
    tokens_folded: Sequence[str],
    has_prefix: Callable[[str], bool],
    names: Callable[[str], tuple[Hit, ...]],
) -> list[tuple[int, int, tuple[Hit, ...]]]:
    """Return (start, end, hits) of the longest match at each token, left to right, none nested.

    ``end`` is exclusive. ``has_prefix`` tells whether some name goes on after a key.
    """
    found: list[tuple[int, int, tuple[Hit, ...]]] = []
    start, count = 0, len(tokens_folded)
    while start < count:
        key = tokens_folded[start]
        best_end, best = 0, names(key)
        if best:
            best_end = start + 1
        end = start + 1
        while end < count and has_prefix(key):
            key = f"{key} {tokens_folded[end]}"
            end += 1
            hits = names(key)
            if hits:
                best_end, best = end, hits
        if best_end:
            found.append((start, best_end, best))
            start = best_end
        else:
            start += 1
    return found
