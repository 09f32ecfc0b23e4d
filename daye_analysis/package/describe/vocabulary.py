"""The full addresses of the vocabulary terms that the definition names by prefix."""

from __future__ import annotations

SCHEMA_ORG = "https://schema.org/"
DUBLIN_CORE_TERMS = "http://purl.org/dc/terms/"
_SDMX = "http://purl.org/linked-data/sdmx/2009/"

# The RDF form of the SDMX content-oriented guidelines names its concepts in camel case, by the part they play.
_SDMX_TERMS = {
    "OBS_VALUE": f"{_SDMX}measure#obsValue",
    "OBS_STATUS": f"{_SDMX}attribute#obsStatus",
    "UNIT_MEASURE": f"{_SDMX}attribute#unitMeasure",
    "UNIT_MULT": f"{_SDMX}attribute#unitMult",
    "REF_AREA": f"{_SDMX}dimension#refArea",
    "TIME_PERIOD": f"{_SDMX}dimension#timePeriod",
}


def term_address(term: str) -> str:
    """Return the address of `term` (`schema:name`, `dcterms:title`, `sdmx:OBS_VALUE`); KeyError if unknown."""
    prefix, _, name = term.partition(":")
    if prefix == "schema":
        return SCHEMA_ORG + name
    if prefix == "dcterms":
        return DUBLIN_CORE_TERMS + name
    if prefix == "sdmx":
        return _SDMX_TERMS[name]
    raise KeyError(term)
