"""Case studies as pages show them: text with marks, sentences, rights and source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from service.queries import GraphData, Row, iris
from service.web.context import Labels, current_linker, predicate_label
from service.web.links import local_name
from service.web.marking import Mark, MarkedBlock, mark_text
from service.web.site import current_site
from service.web.statements import (
    OF_CASE_STUDIES,
    Sentence,
    Statement,
    find_statements,
    without_repeats,
)

_META = """
SELECT ?caseStudy ?title ?identifier ?lang ?right ?checksum ?solution ?document ?documentTitle
       ?symbol ?creator ?licence ?documentPage ?page WHERE {
  VALUES ?caseStudy { $cases }
  ?caseStudy dcterms:title ?title ; dcterms:identifier ?identifier ; eco:describes ?solution .
  OPTIONAL { ?caseStudy dcterms:language ?lang }
  OPTIONAL { ?caseStudy eco:displayRight ?right }
  OPTIONAL { ?caseStudy eco:textChecksum ?checksum }
  OPTIONAL { ?solution foaf:page ?page }
  OPTIONAL {
    ?caseStudy dcterms:source ?document .
    OPTIONAL { ?document dcterms:title ?documentTitle }
    OPTIONAL { ?document dcterms:identifier ?symbol }
    OPTIONAL { ?document dcterms:creator ?creator }
    OPTIONAL { ?document dcterms:rights ?licence }
    OPTIONAL { ?document foaf:page ?documentPage }
  }
}
ORDER BY ?caseStudy ?document
"""
_MENTIONS = """
SELECT ?mention ?entity ?kind ?confidence ?rule ?start ?end WHERE {
  ?target oa:hasSource $case ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?mention oa:hasTarget ?target ; a eco:Mention ; eco:mentionKind ?kind ;
    eco:confidence ?confidence .
  OPTIONAL { ?mention oa:hasBody ?entity }
  OPTIONAL { ?mention eco:rule ?rule }
}
ORDER BY ?start DESC(?end) ?mention
"""
_ORDER = (
    "addressesThreat",
    "addressesStress",
    "usesIntervention",
    "focalTaxon",
    "mentionsTaxon",
    "takesPlaceInCountry",
    "takesPlaceIn",
    "contributesToTarget",
    "relevantToInstrument",
    "contributesToSDG",
    "implementedBy",
    "hasPartner",
    "fundedBy",
    "hasContributor",
    "hasBeneficiary",
    "hasTargetGroup",
    "carriedOutUnder",
)


_UNFOLDED = frozenset(
    (
        "addressesThreat",
        "addressesStress",
        "usesIntervention",
        "focalTaxon",
        "takesPlaceInCountry",
        "takesPlaceIn",
        "contributesToTarget",
        "implementedBy",
        "hasPartner",
        "fundedBy",
    )
)
"""Properties whose statements a page shows at once; others wait in a fold."""
_OPEN = 4


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hold statements of one property that rest on the same sentences."""

    statements: tuple[Statement, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the statements of one property, those of one sentence together."""

    label: str
    predicate: str
    shown: tuple[Cluster, ...]
    folded: tuple[Cluster, ...]
    """What a page shows only when it is opened."""

    @property
    def hidden(self) -> int:
        """Count the statements that are folded."""
        return sum(len(cluster.statements) for cluster in self.folded)


@dataclass(frozen=True, slots=True)
class Found:
    """Count how often a text names an entity; ``iri`` is empty for unlinked mentions."""

    iri: str
    label: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class CaseStudyView:
    """Hold one case study for a template."""

    iri: str
    key: str
    meta: Row
    right: str
    blocks: tuple[MarkedBlock, ...]
    """Empty where the text may not be shown or is not kept."""
    sentences: tuple[Sentence, ...]
    """The evidence sentences in text order, quotes as far as rights go."""
    groups: tuple[Group, ...]
    uncounted: tuple[Group, ...]
    """Groups that make no fact: negated, planned, hypothetical or of low score."""
    found: tuple[Found, ...]
    kinds: tuple[str, ...]


def anchor(key: str, sentence: Sentence) -> str:
    """Return the anchor of a sentence in the page of its case study."""
    return f"{key}-{sentence.anchor}"


def group_statements(statements: Iterable[Statement]) -> tuple[Group, ...]:
    """Group statements by property, what was done first."""
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.predicate, []).append(statement)
    ranks = {name: rank for rank, name in enumerate(_ORDER)}
    ordered = sorted(groups, key=lambda p: (ranks.get(local_name(p), len(ranks)), p))
    return tuple(_make_group(p, groups[p]) for p in ordered)


def _make_group(predicate: str, statements: Sequence[Statement]) -> Group:
    found: dict[tuple[Sentence, ...], list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.sentences, []).append(statement)
    clusters = tuple(Cluster(tuple(same), sentences) for sentences, same in found.items())
    # One more is shown rather than folded alone.
    few = len(clusters) <= _OPEN + 1
    shown = 0 if local_name(predicate) not in _UNFOLDED else len(clusters) if few else _OPEN
    return Group(predicate_label(predicate), predicate, clusters[:shown], clusters[shown:])


def _mention_mark(row: Row, labels: Labels) -> Mark:
    linked = bool(row["entity"])
    kind = local_name(row["kind"])
    what = labels(row["entity"]) if linked else "not linked"
    title = f"{kind.replace('_', ' ')}: {what} · score {float(row['confidence']):.2f}"
    href = current_linker().href(row["entity"]) if linked else ""
    key = local_name(row["mention"])
    return Mark(int(row["start"]), int(row["end"]), kind, key, href, title)


def _sentence_marks(
    key: str, statements: Sequence[Statement], shown: Sequence[Statement]
) -> list[Mark]:
    """Mark the sentences of all statements; each leads to a statement that the page shows.

    A mention of a taxon that the text is about is not shown: the statement of the focus stands
    for it.
    """
    anchors = {s.iri: s.anchor for s in shown}
    focal = {(s.subject, s.object): s for s in shown if local_name(s.predicate) == "focalTaxon"}
    cited: dict[Sentence, dict[str, None]] = {}
    for statement in statements:
        stand_in = focal.get((statement.subject, statement.object), statement)
        target = anchors.get(statement.iri) or anchors.get(stand_in.iri)
        for sentence in statement.sentences:
            citing = cited.setdefault(sentence, {})
            if target:
                citing[target] = None
    return [
        Mark(
            s.start,
            s.end,
            "sentence",
            anchor(key, s),
            f"#{next(iter(citing))}" if citing else "",
            str(len(citing)),
        )
        for s, citing in cited.items()
    ]


def _unique_sentences(statements: Iterable[Statement]) -> tuple[Sentence, ...]:
    found = {s for statement in statements for s in statement.sentences}
    return tuple(sorted(found, key=lambda s: (s.start, s.end, s.quote)))


def _count_entities(rows: Sequence[Row], labels: Labels) -> tuple[Found, ...]:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        if row["entity"]:
            key = (local_name(row["kind"]), row["entity"])
            counts[key] = counts.get(key, 0) + 1
    found = [Found(iri, labels(iri), kind, n) for (kind, iri), n in counts.items()]
    return tuple(sorted(found, key=lambda f: (f.kind, -f.count, f.label, f.iri)))


def view_case_studies(
    data: GraphData, case_studies: Iterable[str]
) -> tuple[list[CaseStudyView], Labels]:
    """Return case studies for a page, with the labels of everything that they name."""
    texts, linker = current_site().texts, current_linker()
    wanted = iris(case_studies)
    metas: dict[str, Row] = {}
    for row in data.select(_META, cases=wanted) if wanted else ():
        metas.setdefault(row["caseStudy"], row)
    statements = find_statements(data, OF_CASE_STUDIES, cases=wanted) if wanted else []
    mentions = {iri: data.select(_MENTIONS, case=URIRef(iri)) for iri in metas}
    labels = Labels(
        [iri for s in statements for iri in (s.subject, s.object)]
        + [row["entity"] for rows in mentions.values() for row in rows if row["entity"]]
    )
    views = []
    for iri, meta in metas.items():
        right, key = meta["right"] or "snippets", linker.key(iri)
        own = [s for s in statements if s.case_study == iri]
        text = None
        if right == "full":
            text = texts.case_study(meta["identifier"], meta["checksum"] or None)
        counted = without_repeats(s for s in own if s.counted)
        uncounted = [s for s in own if not s.counted]
        marks = _sentence_marks(key, own, [*counted, *uncounted])
        marks += [_mention_mark(row, labels) for row in mentions[iri]]
        found = _count_entities(mentions[iri], labels)
        views.append(
            CaseStudyView(
                iri=iri,
                key=key,
                meta=meta,
                right=right,
                blocks=mark_text(text.text, marks, text.blocks) if text else (),
                sentences=_unique_sentences(own),
                groups=group_statements(counted),
                uncounted=group_statements(uncounted),
                found=found,
                kinds=tuple(dict.fromkeys(local_name(r["kind"]) for r in mentions[iri])),
            )
        )
    return views, labels
