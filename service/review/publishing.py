"""Let decisions take effect in the graph."""

from collections.abc import Collection

from ontology.namespaces import Minter
from service.config import Settings
from service.ingest.once import reingest_once
from service.ingest.report import IngestReport
from service.ingest.selection import Selection
from service.records.curation import curation_graph
from service.review.decisions import DecisionStore
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.texts import TextStore


def publish_decisions(settings: Settings, documents: Collection[str]) -> IngestReport:
    """Write the graphs of documents anew, and the graph of all decisions.

    Documents whose text is not kept as it was read take their decisions when they are next
    ingested; those that were never ingested are left alone.
    """
    report = reingest_once(settings, selection=Selection(documents=frozenset(documents)))
    publish_curation(settings)
    return report


def publish_curation(settings: Settings) -> None:
    """Write the graph of all decisions."""
    folder, minter = DataFolder(settings.data_dir), Minter(settings.base)
    decisions = DecisionStore(folder.decisions)
    texts = TextStore(folder.texts)
    try:
        made = decisions.decisions()
        quoted = frozenset(
            document
            for document in {decision.document for decision in made}
            if (study := texts.case_study(document)) and study.source.display != "none"
        )
        graph = curation_graph(made, minter, quoted=quoted)
    finally:
        decisions.close()
        texts.close()
    merged = settings.default_graph == "merged"
    with open_store(folder, merged=merged, base=settings.base) as store:
        store.replace_graphs({minter.service_graph("curation"): graph})
