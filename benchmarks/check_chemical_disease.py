"""Chemical-disease relations by distant supervision: `python -m benchmarks.check_chemical_disease TRAIN DEV`.

TRAIN and DEV are the CDR corpus of BioCreative V as PubTator. The relations of TRAIN are the knowledge base; pairs of a chemical
and a disease that DEV's own mentions name anywhere in one document are looked up in it. A second reading of the two files, a few
lines that share nothing with the engine, must give the same pairs; every pair that differs is shown.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from farspan.formats import read_documents
from farspan.relations.options import RelationRules
from farspan.relations.reading import gold_triples, load_kb
from farspan.relations.relating import Relater, RelationPlan
from farspan.relations.scoring import score_relations

EXPECTED = ("65.62", "20.75", "31.53")  # precision, recall and F1 of these pairs, as published with the two files


def main() -> int:
    """1 if a pair or a figure differs."""
    train, dev = sys.argv[1:3]
    relater = Relater(load_kb(train), RelationPlan(RelationRules(level="document")))
    documents = list(read_documents([dev]))
    found = {fact for related in relater.relate(documents) for fact in related.facts()}
    gold = {(document.id, *(triple[0], triple[2], triple[1])) for document in documents for triple in gold_triples(document)}
    scores = score_relations(gold, found, [document.id for document in documents]).overall
    figures = tuple(f"{100 * (item.value or 0):.2f}" for item in (scores.precision, scores.recall, scores.f1))
    plain = plain_pairs(train, dev)
    differing = sorted({fact[:3] for fact in found} ^ plain)
    print(f"{scores.tp} right, {scores.fp} wrong, {scores.fn} missed: P {figures[0]}  R {figures[1]}  F1 {figures[2]}")
    for pair in differing:
        print(f"{': '.join(pair[:2])} {pair[2]}: {'only in the plain reading' if pair in plain else 'only found by the engine'}")
    print(f"{len(plain)} pairs by the plain reading, {len(differing)} differ")
    return int(bool(differing) or figures != EXPECTED)


def plain_pairs(train: str, dev: str) -> set[tuple[str, str, str]]:
    """(document, chemical, disease) of every pair of ids in a document of `dev` that is a relation of `train`."""
    known = {tuple(line[2:4]) for line in rows(train) if line[1] == "CID"}
    ids: dict[str, dict[str, set[str]]] = {}
    for line in rows(dev):
        if line[1] != "CID":
            ids.setdefault(line[0], {}).setdefault(line[4], set()).update(line[5].split("|"))
    return {
        (document, chemical, disease)
        for document, by_type in ids.items()
        for chemical in by_type.get("Chemical", ())
        for disease in by_type.get("Disease", ())
        if (chemical, disease) in known
    }


def rows(path: str) -> list[list[str]]:
    """The lines with tabs."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode()
    return [line.split("\t") for line in text.replace("\r\n", "\n").split("\n") if "\t" in line and "|t|" not in line[:20]]


if __name__ == "__main__":
    sys.exit(main())
