"""Recognise pages that a guard before a site gives in place of what was asked for."""

import re
from collections.abc import Mapping

_MARKS = re.compile(
    rb"_cf_chl_opt|cf-chl-|/cdn-cgi/challenge-platform/|cf-browser-verification|"
    rb"<title>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare|"
    rb"Please Wait\.\.\. \| Cloudflare)|DDoS protection by Cloudflare",
    re.IGNORECASE,
)
_LOOKED_AT = 200_000
_MOST_TEXT = 6_000
ADVICE = (
    "a Cloudflare challenge page stands in its place; save the page from a browser, "
    "or use the source's API with a key"
)


def is_challenge(data: bytes, headers: Mapping[str, str] | None = None) -> bool:
    """Tell whether an answer is a Cloudflare challenge; also one that was saved to a file.

    A page of some length that only carries Cloudflare's script is none.
    """
    if headers and headers.get("cf-mitigated", "").lower() == "challenge":
        return True
    head = data[:_LOOKED_AT]
    if not _MARKS.search(head):
        return False
    without = re.sub(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", b" ", head, flags=re.S | re.I)
    return len(b" ".join(without.split())) < _MOST_TEXT
