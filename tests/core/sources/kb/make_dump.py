"""Makes tests/data/wikidata_small.json: a dump in the exact shape of Wikidata's, with what makes real dumps hard to read.

Run from the root: python tests/core/sources/kb/make_dump.py
"""

import json
from pathlib import Path

TARGET = Path(__file__).resolve().parents[3] / "data" / "wikidata_small.json"


def snak(prop, item=None, kind="value"):
    if kind != "value":
        return {"snaktype": kind, "property": prop, "datatype": "wikibase-item"}
    value = {"entity-type": "item", "numeric-id": int(item[1:]), "id": item}
    if item == "Q4830453":
        del value["numeric-id"]
    return {
        "snaktype": "value", "property": prop, "hash": "8f7599319c8f07055134a500cf67fc22d1b3142d",
        "datavalue": {"value": value, "type": "wikibase-entityid"}, "datatype": "wikibase-item",
    }  # fmt: skip


def statement(owner, prop, item=None, rank="normal", kind="value"):
    return {
        "mainsnak": snak(prop, item, kind), "type": "statement", "id": f"{owner}$B9E2E1F0-{prop}-{item}", "rank": rank,
        "references": [{"hash": "fa278ebfc458360e5aed63d5058cca83c46134f1", "snaks": {"P143": [snak("P143", "Q328")]},
                        "snaks-order": ["P143"]}],
    }  # fmt: skip


def item(key, labels, claims=(), aliases=None, kind="item"):
    by_prop = {}
    for prop, target, *rest in claims:
        rank = rest[0] if rest else "normal"
        own = statement(key, prop, target, rank) if target[0] in "QP" else statement(key, prop, rank=rank, kind=target)
        by_prop.setdefault(prop, []).append(own)
    return {
        "type": kind, "id": key,
        "labels": {lang: {"language": lang, "value": text} for lang, text in labels.items()} or [],
        "descriptions": [],
        "aliases": {lang: [{"language": lang, "value": text} for text in own] for lang, own in (aliases or {}).items()} or [],
        "claims": by_prop or [],
        "sitelinks": [], "pageid": int(key[1:]), "ns": 0, "title": key, "lastrevid": 2100000000, "modified": "2026-01-05T11:00:00Z",
    }  # fmt: skip


ENTITIES = [
    # classes: Q515 city <- Q1549591 big city <- Q5119 capital <- Q515 (a circle), Q3957 town beside them
    item("Q515", {"en": "city", "am": "ከተማ", "et": "linn"}, [("P279", "Q486972"), ("P279", "Q5119")]),
    item("Q1549591", {"en": "big city"}, [("P279", "Q515")]),
    item("Q5119", {"en": "capital city"}, [("P279", "Q1549591"), ("P279", "Q3957", "deprecated")]),
    item("Q3957", {"en": "town"}, [("P279", "Q486972"), ("P279", "somevalue")]),
    # cities
    item("Q84", {"en": "London", "am": "ለንደን", "et": "London"}, [("P31", "Q515"), ("P17", "Q145")],
         {"en": ["London, UK", "Londinium"], "am": ["ሎንዶን"], "mul": ["LDN"]}),
    item("Q3604", {"en": "Addis Ababa", "am": "አዲስ አበባ", "et": "Addis Abeba"}, [("P31", "Q5119"), ("P31", "Q1549591")],
         {"am": ["ፊንፊኔ", "አዲስ አበባ"], "en": ["Finfinne"]}),
    item("Q1770", {"en": "Tallinn", "et": "Tallinn"}, [("P31", "Q5119", "preferred"), ("P31", "Q515")], {"et": ["Reval"]}),
    item("Q13972", {"mul": "Tartu"}, [("P31", "Q515")], {"mul": ["Dorpat"]}),
    item("Q100", {"en": "Boston"}, [("P31", "Q1549591")]),
    item("Q1", {"am": "ከንቱ", "en": "never a city"}, [("P31", "Q515", "deprecated"), ("P31", "Q3957")]),
    item("Q2", {"am": "የማይታወቅ"}, [("P31", "somevalue"), ("P31", "novalue")]),
    item("Q3", {}, [("P31", "Q515")]),
    item("Q4", {"am": "ምንም", "en": "nothing claimed"}),
    item("Q5959", {"am": "ከተማ 🏙️ \u2028 \\ \"x\"", "en": "Odd \U0001f3d9 \"city\""}, [("P31", "Q515")]),
    item("Q84", {"en": "London again", "am": "ለንደን 2"}, [("P31", "Q515")]),  # stands in the dump twice
    item("Q7777", {"en": "In a reference only", "am": "በማጣቀሻ"}, [("P31", "Q3957"), ("P1889", "Q515")]),
    item("P31", {"en": "instance of", "am": "አይነት"}, [("P31", "Q515")], kind="property"),
    # people and films
    item("Q55", {"es": "Pedro Almodóvar", "en": "Pedro Almodóvar", "mul": "Pedro Almodóvar"}, [("P31", "Q5")],
         {"es": ["Almodóvar"]}),
    item("Q56", {"mul": "Penélope Cruz"}, [("P31", "Q5")], {"es": ["Pe"]}),
    item("Q60", {"es": "Volver", "en": "Volver"}, [("P31", "Q11424"), ("P57", "Q55"), ("P161", "Q56")]),
    item("Q61", {"es": "Hable con ella", "en": "Talk to Her"},
         [("P31", "Q24862"), ("P57", "Q55"), ("P57", "Q99", "deprecated"), ("P161", "somevalue")]),
    item("Q62", {"en": "Unnamed in Spanish"}, [("P31", "Q11424"), ("P57", "Q57"), ("P57", "Q55", "preferred")]),
    item("Q24862", {"en": "short film"}, [("P279", "Q11424")]),
    item("Q64", {"et": "Ettevõte"}, [("P31", "Q4830453")]),
]  # fmt: skip


def main():
    lines = [json.dumps(entity, ensure_ascii=False, separators=(",", ":")) for entity in ENTITIES]
    TARGET.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
