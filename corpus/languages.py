"""Tell the language of a text."""

from simplemma import langdetect

LANGUAGES = ("en", "fr", "es", "pt", "de", "it")
_MIN_SHARE = 0.4
_SAMPLE = 4000
_LONGEST = 60
"""Longest run of letters that is taken for a word; the time to look one up grows with it."""


def detect_language(text: str) -> str:
    """Return the BCP 47 tag of the language that knows most of the words, else ``und``."""
    words = (word for word in text[:_SAMPLE].split() if len(word) <= _LONGEST)
    shares = langdetect(" ".join(words), lang=LANGUAGES)
    language, share = shares[0]
    return language if language != "unk" and share >= _MIN_SHARE else "und"
