"""The process that parses RDF: ``python -m farspan.sources.kb.rdf_worker FORMAT labels|triples`` reads it from standard input.

It has no network, a bound on its memory, and writes an object of JSON a line: what parsing takes and breaks stays here.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XL: Final = "http://www.w3.org/2008/05/skos-xl#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OBO: Final = "http://www.geneontology.org/formats/oboInOwl#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SCHEMA: Final = ("http://schema.org/", "https://schema.org/")
FOAF: Final = "http://xmlns.com/foaf/0.1/"
MEMORY: Final = 4 << 30

# Of these the first that an entity has is where its preferred labels are.
PREFERRED: Final = ((SKOS + "prefLabel", XL + "prefLabel"), (RDFS + "label",), *(((base + "name"),) for base in (*SCHEMA, FOAF)))
OTHER: Final = (
    *(base + name for base in (SKOS, XL) for name in ("altLabel", "hiddenLabel")),
    *(base + "alternateName" for base in SCHEMA),
)
SYNONYMS: Final = {f"{OBO}has{scope.title()}Synonym": scope for scope in ("exact", "narrow", "broad", "related")}
UP: Final = (SKOS + "broader", SKOS + "broaderTransitive", SKOS + "broaderGeneric", RDFS + "subClassOf", RDF + "type")
DOWN: Final = (SKOS + "narrower", SKOS + "narrowerTransitive")


def concepts(graph: Any) -> Iterator[dict[str, Any]]:
    """Every named entity of the graph that has a label, with its labels and what it stands below, in the order of addresses."""
    from rdflib import Literal, URIRef  # noqa: PLC0415

    below: dict[str, list[str]] = {}
    for predicate in DOWN:
        for parent, child in graph.subject_objects(URIRef(predicate)):
            below.setdefault(str(child), []).append(str(parent))
    for subject in sorted({item for item in graph.subjects() if isinstance(item, URIRef)}):

        def labels(predicates: Iterable[str], subject: Any = subject) -> list[list[str]]:
            found = (value for predicate in predicates for value in graph.objects(subject, URIRef(predicate)))
            texts = (text for value in found for text in _literals(graph, value))
            return sorted([text.language or "", str(text)] for text in texts if isinstance(text, Literal))

        preferred = next((found for group in PREFERRED if (found := labels(group))), [])
        others = labels(OTHER)
        scoped = {scope: labels([predicate]) for predicate, scope in SYNONYMS.items()}
        if not preferred and not others:
            continue
        ups = (str(value) for predicate in UP for value in graph.objects(subject, URIRef(predicate)) if isinstance(value, URIRef))
        yield {
            "id": str(subject),
            "preferred": preferred,
            "others": others,
            "scoped": {scope: found for scope, found in scoped.items() if found},
            "parents": sorted({*ups, *below.get(str(subject), [])}),
            "keys": sorted(str(value) for value in graph.objects(subject, URIRef(SKOS + "notation"))),
            "deprecated": any(str(value).lower() == "true" for value in graph.objects(subject, URIRef(OWL + "deprecated"))),
        }


def _literals(graph: Any, value: Any) -> Iterable[Any]:
    """The label itself, or the literal forms of a label of SKOS-XL, which is an entity of its own."""
    from rdflib import Literal, URIRef  # noqa: PLC0415

    return [value] if isinstance(value, Literal) else graph.objects(value, URIRef(XL + "literalForm"))


def triples(graph: Any) -> Iterator[dict[str, str]]:
    """Every statement between two named entities, in the order of addresses."""
    from rdflib import URIRef  # noqa: PLC0415

    found = ((s, p, o) for s, p, o in graph if isinstance(s, URIRef) and isinstance(o, URIRef))
    for subject, predicate, object_ in sorted((str(s), str(p), str(o)) for s, p, o in found):
        yield {"subject": subject, "relation": predicate, "object": object_}


def main() -> int:
    """Parse standard input and write what is in it; 1 with a reason on stderr if it cannot be parsed."""
    _confine()
    from rdflib import Dataset  # noqa: PLC0415

    name, what = sys.argv[1:3]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    dataset = Dataset(default_union=True)
    try:
        dataset.parse(data=sys.stdin.buffer.read(), format=name, publicID="http://none.invalid/")
    except RecursionError:
        sys.stderr.write("it is nested too deeply")
        return 1
    except MemoryError:
        sys.stderr.write("it takes more memory than is allowed")
        return 1
    except Exception as error:  # noqa: BLE001  (parsers raise whatever they like)
        sys.stderr.write(" ".join(f"{error}".split())[:300] or type(error).__name__)
        return 1
    rows: Iterable[dict[str, Any]] = concepts(dataset) if what == "labels" else triples(_three(dataset))
    for row in rows:
        sys.stdout.buffer.write(orjson.dumps(row) + b"\n")
    return 0


def _three(dataset: Any) -> Iterator[tuple[Any, Any, Any]]:
    return ((s, p, o) for s, p, o, _ in dataset.quads())


def _confine() -> None:
    """No connection can be opened (JSON-LD may name a context elsewhere), and memory is bounded where the system can do that."""

    def refuse(*_: object, **__: object) -> Any:
        raise OSError("it asks for another address; Farspan reads only what is in the file")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main())
