"""Make solutions from a seed: the same seed, number and language give the same words."""

import html
import random
from dataclasses import dataclass

LANGUAGES = ("en", "fr", "es")

_TAXA = {
    "en": ("jaguar", "giant panda", "African elephant", "leatherback turtle", "snow leopard",
           "grey wolf", "mule deer", "white stork", "mountain gorilla", "dugong"),
    "fr": ("jaguar", "panda géant", "éléphant d'Afrique", "tortue luth", "panthère des neiges",
           "loup gris", "cerf mulet", "cigogne blanche", "gorille de montagne", "dugong"),
    "es": ("jaguar", "panda gigante", "elefante africano", "tortuga laúd", "leopardo de las nieves",
           "lobo gris", "ciervo mulo", "cigüeña blanca", "gorila de montaña", "dugongo"),
}  # fmt: skip
_SCIENTIFIC = ("Panthera onca", "Ailuropoda melanoleuca", "Loxodonta africana",
               "Dermochelys coriacea", "Panthera uncia", "Canis lupus", "Odocoileus hemionus",
               "Ciconia ciconia", "Gorilla beringei", "Dugong dugon")  # fmt: skip
COUNTRIES = (
    ("CR", "Costa Rica", "Costa Rica", "Costa Rica", -84.0, 10.0),
    ("KE", "Kenya", "Kenya", "Kenia", 37.9, 0.2),
    ("NP", "Nepal", "Népal", "Nepal", 84.1, 28.4),
    ("MX", "Mexico", "Mexique", "México", -102.5, 23.9),
    ("VN", "Viet Nam", "Viet Nam", "Vietnam", 108.3, 14.1),
    ("SN", "Senegal", "Sénégal", "Senegal", -14.4, 14.5),
    ("PE", "Peru", "Pérou", "Perú", -75.0, -9.2),
    ("RO", "Romania", "Roumanie", "Rumania", 24.9, 45.9),
)
_REGIONS = {"CR": "Central America", "KE": "East and South Africa", "NP": "South Asia",
            "MX": "North America", "VN": "Southeast Asia", "SN": "West and Central Africa",
            "PE": "South America", "RO": "East Europe"}  # fmt: skip
_PLACES = (
    "Alto",
    "Bravo",
    "Cedar",
    "Dorado",
    "Esker",
    "Fern",
    "Granite",
    "Heron",
    "Iris",
    "Juniper",
)
_THREATS = {
    "en": ("roads cut the habitat in two", "poaching emptied the forest", "overgrazing bared the "
           "slopes", "dams stopped the migration", "logging opened the canopy"),
    "fr": ("les routes ont coupé l'habitat en deux", "le braconnage a vidé la forêt",
           "le surpâturage a dénudé les pentes", "les barrages ont arrêté la migration",
           "l'exploitation forestière a ouvert la canopée"),
    "es": ("las carreteras partieron el hábitat en dos", "la caza furtiva vació el bosque",
           "el sobrepastoreo desnudó las laderas", "las presas detuvieron la migración",
           "la tala abrió el dosel"),
}  # fmt: skip
_ACTIONS = {
    "en": ("built wildlife crossings", "restored riparian forest", "trained community rangers",
           "removed fences", "declared a protected area"),
    "fr": ("a construit des passages à faune", "a restauré la forêt riveraine",
           "a formé des gardes communautaires", "a retiré des clôtures",
           "a créé une aire protégée"),
    "es": ("construyó pasos de fauna", "restauró el bosque ribereño",
           "capacitó a guardaparques comunitarios", "retiró cercas",
           "declaró un área protegida"),
}  # fmt: skip
_FRAMES = {
    "en": ("The {taxon} in {country}: corridor {number}",
           "The {taxon} (<em>{scientific}</em>) lives around {place} National Park in {country}. "
           "In {year}, {threat}.",
           "The {place} Conservation Trust {action} over {area} hectares, together with "
           "{households} households. By {later} the number of {taxon} sightings had risen."),
    "fr": ("{taxon}, {country} : corridor {number}",
           "L'espèce {taxon} (<em>{scientific}</em>) vit autour du parc national {place}, au pays "
           "suivant : {country}. En {year}, {threat}.",
           "Le {place} Conservation Trust {action} sur {area} hectares, avec {households} ménages. "
           "En {later}, les observations avaient augmenté dans toute la région."),
    "es": ("{taxon} en {country}: corredor {number}",
           "La especie {taxon} (<em>{scientific}</em>) vive alrededor del Parque Nacional {place} "
           "en {country}. En {year}, {threat}.",
           "El {place} Conservation Trust {action} en {area} hectáreas, junto con {households} "
           "hogares. En {later} los avistamientos habían aumentado en toda la región."),
}  # fmt: skip
_THEMES = ("Connectivity / transboundary conservation", "Species management", "Restoration",
           "Protected area governance", "Indigenous people")  # fmt: skip
_ECOSYSTEMS = ("Tropical rainforest", "Freshwater ecosystems", "Grassland ecosystems", "Coral reef")
_CHALLENGES = ("Ecosystem loss", "Poaching", "Erosion", "Floods", "Lack of technical capacity")


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what one solution is about, whatever the language."""

    number: int
    slug: str
    country: tuple[str, str, str, str, float, float]
    region: str
    place: str
    themes: tuple[str, ...]
    ecosystem: str
    challenges: tuple[str, ...]
    sdg: tuple[int, ...]
    aichi: int
    version: int


def make_facts(seed: int, number: int, version: int = 0) -> Facts:
    """Return the facts of a solution; its version changes the text, not what names it."""
    rng = random.Random(f"{seed}/{number}")
    country = rng.choice(COUNTRIES)
    taxon = _TAXA["en"][number % len(_SCIENTIFIC)]
    return Facts(
        number=number,
        slug=f"{taxon.lower().replace(' ', '-')}-corridor-{number}",
        country=country,
        region=_REGIONS[country[0]],
        place=f"{rng.choice(_PLACES)} {rng.choice(_PLACES)}",
        themes=tuple(sorted(rng.sample(_THEMES, 2))),
        ecosystem=rng.choice(_ECOSYSTEMS),
        challenges=tuple(sorted(rng.sample(_CHALLENGES, 2))),
        sdg=tuple(sorted(rng.sample((1, 2, 6, 13, 14, 15), 2))),
        aichi=rng.choice((5, 11, 12, 15)),
        version=version,
    )


def title_and_paragraphs(seed: int, facts: Facts, lang: str) -> tuple[str, tuple[str, ...]]:
    """Return the title, and paragraphs as HTML, in a language."""
    rng = random.Random(f"{seed}/{facts.number}/{facts.version}")
    names = dict(zip(LANGUAGES, facts.country[1:4], strict=True))
    kind = facts.number % len(_SCIENTIFIC)
    threat, action = rng.randrange(5), rng.randrange(5)
    values = {
        "taxon": html.escape(_TAXA[lang][kind], quote=False),
        "scientific": _SCIENTIFIC[kind],
        "country": names[lang],
        "place": facts.place,
        "number": facts.number,
        "threat": _THREATS[lang][threat],
        "action": _ACTIONS[lang][action],
        "year": rng.randint(1985, 2005),
        "later": rng.randint(2006, 2023),
        "area": rng.randint(10, 99) * 100,
        "households": rng.randint(20, 400),
    }
    title, *paragraphs = (frame.format(**values) for frame in _FRAMES[lang])
    return title[:1].upper() + title[1:], tuple(paragraphs)
