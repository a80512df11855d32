"""Pages of solutions, case studies, entities and single statements, by IRI."""

from collections.abc import Mapping, Sequence

from flask import render_template
from rdflib import URIRef

from ontology.thresholds import least_score
from service.queries import GraphData
from service.web.case_studies import anchor, view_case_studies
from service.web.context import Labels, current_linker, site_root
from service.web.links import local_name
from service.web.site import current_site
from service.web.solution_records import make_records
from service.web.solutions import make_cards
from service.web.statements import ONE, Statement, find_statements, pattern_about
from service.web.structured_data import mark_up_solution

_CASES = "SELECT ?caseStudy WHERE { $iri eco:describedIn ?caseStudy } ORDER BY ?caseStudy"
_PROPERTIES = """
SELECT ?property ?value WHERE { $iri ?property ?value } ORDER BY ?property ?value LIMIT 500
"""
_INCOMING = """
SELECT ?subject ?property WHERE { ?subject ?property $iri } ORDER BY ?property ?subject LIMIT 200
"""
_ONE_LANGUAGE = ("definition", "scopeNote", "note")


def find_properties(data: GraphData, iri: str) -> list[tuple[str, str, bool]]:
    """Return property, value and whether the value is an IRI; long texts in English alone."""
    table = data.table(_PROPERTIES, iri=URIRef(iri))
    return [
        (p.value, v.value, v.kind == "iri")
        for p, v in table.rows
        if p and v and (v.lang in ("", "en") or local_name(p.value) not in _ONE_LANGUAGE)
    ]


def show_solution(iri: str) -> str:
    """Show a solution: its texts, and beside them what they state."""
    data = current_site().data
    cases = [row["caseStudy"] for row in data.select(_CASES, iri=URIRef(iri))]
    views, labels = view_case_studies(data, cases)
    title = Labels([iri])(iri)
    return render_template(
        "solution.html",
        iri=iri,
        title=title,
        views=views,
        labels=labels,
        anchor=anchor,
        glance=make_cards(data, [(iri, title)])[0],
        markup=mark_up_solution(make_records(data, [(iri, title)], root=site_root())[0]),
    )


def show_case_study(iri: str) -> str:
    """Show one case study by itself."""
    views, labels = view_case_studies(current_site().data, [iri])
    title = Labels([iri])(iri)
    return render_template(
        "solution.html", iri=iri, title=title, views=views, labels=labels, anchor=anchor
    )


def find_about(data: GraphData, iri: str, *, limit: int = 2000, offset: int = 0) -> list[Statement]:
    """Return statements about an entity or what is narrower."""
    about = pattern_about(data, iri)
    if about is None:
        return []
    return find_statements(data, about.text, limit=limit, offset=offset, **about.bindings)


def label_statements(statements: Sequence[Statement]) -> Labels:
    return Labels(iri for s in statements for iri in (s.subject, s.object, s.case_study))


def show_statement(iri: str) -> str:
    """Show one statement with its sentence, score and rule."""
    site, linker = current_site(), current_linker()
    statements = find_statements(site.data, ONE, assertion=URIRef(iri))
    if not statements:
        return show_resource(iri)
    labels = label_statements(statements)
    return render_template(
        "statement.html",
        iri=iri,
        statement=statements[0],
        labels=labels,
        key=linker.key,
        anchor=anchor,
        threshold=least_score(
            local_name(statements[0].predicate), site.settings.confidence_threshold
        ),
    )


def show_resource(iri: str) -> str:
    """Show any other thing as the table of its triples."""
    data = current_site().data
    rows = find_properties(data, iri)
    incoming = data.select(_INCOMING, iri=URIRef(iri))
    labels = Labels([v for _, v, is_iri in rows if is_iri] + [row["subject"] for row in incoming])
    return render_template(
        "resource.html",
        iri=iri,
        title=Labels([iri])(iri),
        rows=rows,
        incoming=incoming,
        labels=labels,
    )


STATEMENT_COLUMNS = (
    "solution",
    "solution_title",
    "property",
    "object",
    "object_label",
    "status",
    "basis",
    "score",
    "counts_as_fact",
    "sentence",
    "rule",
    "case_study",
    "statement",
)


def statement_rows(statements: Sequence[Statement]) -> list[Mapping[str, object]]:
    """Return statements as rows of a download."""
    labels = label_statements(statements)
    return [
        {
            "solution": s.subject,
            "solution_title": labels(s.subject),
            "property": local_name(s.predicate),
            "object": s.object,
            "object_label": labels(s.object),
            "status": s.status,
            "basis": s.basis,
            "score": s.confidence,
            "counts_as_fact": s.counted,
            "sentence": " ".join(x.quote for x in s.sentences if x.quote),
            "rule": s.rule,
            "case_study": s.case_study,
            "statement": s.iri,
        }
        for s in statements
    ]
