"""Singular forms of English, Spanish and French nouns, as candidates to look up."""

from functools import cache, lru_cache

from ontology.gazetteer.tables import read_table

_SIBILANTS = ("ches", "shes", "ses", "xes", "zes")
_SINGULAR_S = ("ss", "us", "is")


@cache
def _irregular() -> dict[str, str]:
    return {row["plural"]: row["singular"] for row in read_table("irregular_plurals")}


@cache
def clipped_nouns() -> dict[str, str]:
    """Return the full forms of nouns that are often cut short: hippo, rhino."""
    return {row["short"]: row["full"] for row in read_table("clipped_nouns")}


@lru_cache(maxsize=1 << 15)
def singular_words(word: str) -> tuple[str, ...]:
    """List the singulars that a folded word may be the plural of, likeliest first."""
    irregular = _irregular().get(word)
    if irregular is not None:
        return (irregular,)
    for plural in ("fish", "men", "mice", "geese", "wolves", "fowl"):
        if word.endswith(plural) and word != plural:
            stem = word[: -len(plural)]
            return (stem + _irregular()[plural],) if plural in _irregular() else ()
    if len(word) < 4 or not word.endswith("s") or word.endswith(_SINGULAR_S):
        return ()
    forms: list[str] = []
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("ves"):
        forms += [word[:-3] + "f", word[:-3] + "fe"]
    if word.endswith(_SIBILANTS) or word.endswith("oes"):
        forms.append(word[:-2])
    forms.append(word[:-1])
    return tuple(forms)


def singular_keys(key: str) -> tuple[str, ...]:
    """List the keys that differ from a plural key only in the number of its last word."""
    head, blank, last = key.rpartition(" ")
    return tuple(head + blank + form for form in singular_words(last))


def singular_keys_romance(key: str) -> tuple[str, ...]:
    """List the singulars of a Spanish or French phrase, in which several words take the plural."""
    words = key.split(" ")
    options = [
        next(iter(singular_words(word)), word) if word.endswith(("s", "x")) else word
        for word in words
    ]
    whole = " ".join(options)
    first = " ".join([options[0], *words[1:]])
    spanish = " ".join(
        w[:-2] if w.endswith("es") and len(w) > 4 else o
        for w, o in zip(words, options, strict=True)
    )
    return tuple(dict.fromkeys(form for form in (whole, first, spanish) if form != key))
