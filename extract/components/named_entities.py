"""Run the packaged statistical model's entity recogniser, where there is one."""

import logging
from importlib.util import find_spec

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

_LOGGER = logging.getLogger(__name__)
_UNUSED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_CHUNK_TOKENS = 1000
"""Tokens a call: the model's memory grows with the length of what it is given."""


@Language.factory(
    "named_entities",
    default_config={"models": {}, "enabled": True},
    assigns=["doc.ents"],
)
def make_named_entities(
    nlp: Language, name: str, models: dict[str, list[str]], enabled: bool
) -> "NamedEntities":
    """Make the recogniser of the first installed model for the language of nlp."""
    wanted = models.get(nlp.lang or "", [])
    installed = next((model for model in wanted if find_spec(model)), None)
    if not enabled or installed is None:
        if enabled and wanted:
            _LOGGER.warning(
                "no statistical model for %r (%s): working with gazetteers and rules alone; "
                "install one of them to find more names",
                nlp.lang,
                " or ".join(wanted),
            )
        return NamedEntities(None)
    return NamedEntities(spacy.load(installed, vocab=nlp.vocab, exclude=list(_UNUSED)))


class NamedEntities:
    """Set ``doc.ents`` chunk by chunk, so that memory stays bounded."""

    def __init__(self, model: Language | None) -> None:
        self._recogniser = model.get_pipe("ner") if model is not None else None

    def __call__(self, doc: Doc) -> Doc:
        if self._recogniser is None:
            return doc
        found: list[Span] = []
        for start, end in _chunks(doc):
            part = self._recogniser(doc[start:end].as_doc())
            found.extend(
                Span(doc, start + e.start, start + e.end, label=e.label) for e in part.ents
            )
        doc.set_ents(found)
        return doc


def _chunks(doc: Doc) -> list[tuple[int, int]]:
    """Cut a Doc at sentence ends into runs of about the chunk's length."""
    chunks: list[tuple[int, int]] = []
    start = end = 0
    for sentence in doc.sents:
        if sentence.end - start > _CHUNK_TOKENS and end > start:
            chunks.append((start, end))
            start = end
        end = sentence.end
    if end > start:
        chunks.append((start, end))
    return chunks
