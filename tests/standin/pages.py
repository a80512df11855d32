"""Write solutions as the API's records and as pages, in the shapes and with the traps that the
site is known to have."""

import html
import json
from typing import Any

from tests.standin.texts import Facts, title_and_paragraphs

_LABELS = {
    "en": ("Published", "Last edited", "Scale of implementation", "Sustainable development goals",
           "Aichi targets", "Location", "Impacts", "Challenges addressed", "SDG", "Target"),
    "fr": ("Publié", "Dernière modification", "Échelle de la mise en œuvre",
           "Objectifs de développement durable", "Objectifs d’Aichi", "Emplacement", "Impacts",
           "Défis à relever", "ODD", "Objectif"),
    "es": ("Publicado", "Última edición", "Escala de aplicación",
           "Objetivos de Desarrollo Sostenible", "Metas de Aichi", "Ubicación", "Impactos",
           "Desafíos afrontados", "ODS", "Meta"),
}  # fmt: skip
_DATES = {
    "en": ("29 July 2022", "21 February 2023"),
    "fr": ("29 juillet 2022", "21 février 2023"),
    "es": ("29 julio 2022", "21 febrero 2023"),
}


def make_record(
    seed: int, facts: Facts, lang: str, base: str, *, paragraphs_most: int = 2
) -> dict[str, Any]:
    """Return the ``solution`` of the API in a language; every third has no geofield."""
    title, paragraphs = title_and_paragraphs(seed, facts, lang)
    names = {"en": facts.country[1], "fr": facts.country[2], "es": facts.country[3]}
    point = {"type": "Point", "coordinates": [facts.country[4], facts.country[5]]}
    return {
        "id": str(10_000 + facts.number),
        "url": f"{base}/{lang}/solution/{facts.slug}",
        "title": title.replace('"', "&quot;"),
        "summary": "".join(f"<p>{text}</p>\n" for text in paragraphs[:paragraphs_most]),
        "preview_image": {"src": f"{base}/sites/default/files/{facts.number}.jpg"},
        "classifications": {
            "theme": list(facts.themes),
            "ecosystem": [facts.ecosystem],
            "region": [facts.region],
            "challenges": list(facts.challenges),
            "sdg": [f"SDG {number} - Goal {number}" for number in facts.sdg],
            "aichi_targets": [f"Target {facts.aichi}: A target"],
        },
        "contributors": [
            {
                "contributor": {
                    "name": f"Contributor {facts.number}",
                    "organisation": f"{facts.place} Conservation Trust",
                }
            }
        ],
        "field_location": f"{facts.place} National Park, {names[lang]}",
        "field_location_geofield": json.dumps(point) if facts.number % 3 else None,
    }


def make_page(seed: int, facts: Facts, lang: str, base: str) -> str:
    """Return the page of a solution: a call to action before the body, labels, an icon's word."""
    title, paragraphs = title_and_paragraphs(seed, facts, lang)
    label = _LABELS[lang]
    lines = [facts.region, label[2], "Local", facts.ecosystem, *facts.themes]
    fields = "".join(f"<div><div>{html.escape(line)}</div></div>" for line in lines)
    goals = "".join(f"<div>{label[8]} {number} - X</div>" for number in facts.sdg)
    challenges = "".join(f"<div>{html.escape(name)}</div>" for name in facts.challenges)
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">
<title>{html.escape(title)} | PANORAMA</title>
<link rel="canonical" href="https://panorama.solutions/{lang}/solution/{facts.slug}"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/x">Explore</a></li></ul></nav>
<article><p>Be part of a community of people who share solutions. <a href="/user/register">Join
us</a></p><h1>{html.escape(title)}</h1>
<figure><img src="x.jpg" alt=""><figcaption>A corridor (© {facts.place} Trust)</figcaption></figure>
<div>{label[0]}: {_DATES[lang][0]}</div><div>{label[1]}: {_DATES[lang][1]}</div>
<div><i>remove_red_eye</i> 2934 Views</div>
<div class="summary">{"".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)}</div>
{fields}<h3>{label[7]}</h3>{challenges}<h3>{label[3]}</h3>{goals}
<h3>{label[4]}</h3><div>{label[9]} {facts.aichi}: X</div>
<h3>{label[5]}</h3><div>{facts.place} | {facts.country[1]}</div>
<h2>{label[6]}</h2><p>{paragraphs[-1]}</p></article>
<footer><p>Do you want to share your inspirational story? <a href="/en/solution/add">Add</a></p>
</footer></body></html>"""


CHALLENGE = """<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>
<script>window._cf_chl_opt={cvId:'3'};</script><noscript>Enable JavaScript</noscript>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>"""
