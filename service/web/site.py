"""What every page needs, tied to the application and not to the module."""

from dataclasses import dataclass
from typing import Protocol

from flask import current_app

from corpus.documents import CaseStudy
from ontology.competency import Question
from ontology.namespaces import Minter
from service.config import Settings
from service.queries import GraphData
from service.store.protocol import Reader
from service.web.dumps import Dumps

_KEY = "ecoduct"


class TextSource(Protocol):
    """Keep the texts outside the graph."""

    def case_study(self, document: str, checksum: str | None = None) -> CaseStudy | None:
        """Return the text of a case study, of the version with this checksum; None if not kept."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """Hold the settings, the reader, the texts and the data of one application."""

    settings: Settings
    reader: Reader
    texts: TextSource
    data: GraphData
    minter: Minter
    questions: tuple[Question, ...] = ()
    dumps: Dumps | None = None


def attach_site(extensions: dict[str, object], site: Site) -> None:
    """Tie a site to an application."""
    extensions[_KEY] = site


def current_site() -> Site:
    """Return the site of the application that answers this request."""
    site: Site = current_app.extensions[_KEY]
    return site
