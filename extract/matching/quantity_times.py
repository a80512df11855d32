"""Read the year or span of years that stands by a number."""

import re

_YEAR = r"(?:1[5-9]|20)\d{2}"
_TIME = re.compile(
    rf"\b(?:(?P<open>since|desde|depuis)\s+(?:\w+\s+){{0,2}}?(?P<from>{_YEAR})"
    rf"|(?:between|from|entre|de)\s+(?P<a>{_YEAR})\s+(?:and|to|y|a|et|à)\s+(?P<b>{_YEAR})"
    rf"|(?:in|over|during|\()?\s*(?P<c>{_YEAR})\s?[-–]\s?(?P<d>{_YEAR})"
    rf"|(?:by|until|hasta|pour|jusqu['’]en|para)\s+(?:\w+\s+){{0,2}}?(?P<until>{_YEAR})"
    rf"|(?:in|en|em|during|of|de)\s+(?:the\s+)?(?:[^\W\d_]+\s+(?:de\s+|of\s+)?)?(?P<in>{_YEAR}))\b",
    re.IGNORECASE,
)


def time_near(text: str, start: int, end: int) -> str:
    """Return the EDTF time that the sentence around gives, the nearest after the number first."""
    stop = min(
        (p for p in (text.find(". ", end), text.find("\n", end)) if p >= 0), default=len(text)
    )
    begin = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1
    for part in (text[end : min(stop, end + 80)], text[max(begin, start - 60) : start]):
        found = _TIME.search(part)
        if found:
            return _edtf(found)
    return ""


def _edtf(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups["from"]:
        return f"{groups['from']}/.."
    if groups["a"]:
        return f"{groups['a']}/{groups['b']}"
    if groups["c"]:
        return f"{groups['c']}/{groups['d']}"
    if groups["until"]:
        return f"../{groups['until']}"
    return str(groups["in"])
