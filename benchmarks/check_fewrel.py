"""Relations of FewRel found again where they stand: `python -m benchmarks.check_fewrel FILE`.

FILE is FewRel's val_wiki.json. Its own triples are the knowledge base; every sentence must get its relation back, between the
very characters of its two entities.
"""

from __future__ import annotations

import sys

from farspan.formats import read_documents
from farspan.model import Document, Triple
from farspan.relations.kb import knowledge_base
from farspan.relations.reading import gold_triples
from farspan.relations.relating import Relater, RelationPlan


def main() -> int:
    """1 if a relation is not found in its place."""
    documents = list(read_documents([sys.argv[1]], input_format="fewrel"))
    kb = knowledge_base(Triple(*triple, source=document.id) for document in documents for triple in gold_triples(document))
    relater = Relater(kb, RelationPlan())
    found = (document for related in relater.relate(documents) for document in related.documents(kb))
    missed = 0
    for given, made in zip(documents, found, strict=True):
        missed += not places(given) <= places(made)
    print(f"{len(documents):,} sentences, {missed:,} without their relation in its place")
    return int(missed > 0)


def places(document: Document) -> set[tuple[int, int, str, int, int]]:
    """The characters of subject and object, and the relation, of all relations."""
    spans = document.spans
    return {
        (spans[one.subject].start, spans[one.subject].end, one.relation, spans[one.object].start, spans[one.object].end)
        for one in document.relations
    }


if __name__ == "__main__":
    sys.exit(main())
