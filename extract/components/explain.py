"""Tell what became of each candidate."""

from collections.abc import Iterator

from spacy.tokens import Doc

from extract.components.mentions import case_study_of, drafts_of


def explain(doc: Doc) -> Iterator[str]:
    """Yield one tab-separated line a candidate: text, place, kind, text, score, rule, fate."""
    document = case_study_of(doc).id
    for draft in drafts_of(doc, rejected=True):
        if draft.rejected:
            fate = f"rejected: {draft.rejected}"
        elif draft.entity is None:
            fate = "unlinked"
        else:
            fate = f"{draft.assertion} {draft.entity.iri}"
        quoted = " ".join(draft.text.split())
        place = f"{draft.start}:{draft.end}"
        yield "\t".join(
            (document, place, draft.kind, quoted, f"{draft.score:.2f}", draft.rule, fate)
        )
