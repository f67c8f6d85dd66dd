"""Which language a tag such as ``en-GB`` means, and whose tokenizer rules there are for it."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from farspan.errors import OptionError

ANY: Final = "xx"

_TAG: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")

# ISO 639-2 and 639-3 codes, and retired codes, of languages that have a shorter or newer one.
_SHORTER_CODES: Final = """
afr=af amh=am ara=ar arb=ar aze=az azj=az ben=bn bod=bo tib=bo bul=bg cat=ca ces=cs cze=cs chi=zh cmn=zh zho=zh
dan=da deu=de ger=de ell=el gre=el eng=en est=et ekk=et eus=eu baq=eu fao=fo fas=fa per=fa pes=fa fil=tl fin=fi
fra=fr fre=fr gla=gd gle=ga guj=gu hat=ht heb=he iw=he hin=hi hrv=hr hun=hu hye=hy arm=hy ind=id in=id isl=is
ice=is ita=it jpn=ja kan=kn kir=ky kor=ko lat=la lav=lv lvs=lv lit=lt ltz=lb lug=lg mal=ml mar=mr mkd=mk mac=mk
mo=ro msa=ms may=ms zsm=ms mul=xx und=xx nep=ne npi=ne nld=nl dut=nl nno=nn no=nb nob=nb nor=nb pol=pl por=pt
ron=ro rum=ro rus=ru san=sa sin=si slk=sk slo=sk slv=sl spa=es sqi=sq alb=sq srp=sr swe=sv tam=ta tat=tt tel=te
tgl=tl tha=th tir=ti tsn=tn tur=tr ukr=uk urd=ur vie=vi yor=yo
"""
_SHORTER: Final = dict(pair.split("=") for pair in _SHORTER_CODES.split())


def primary_language(tag: str) -> str:
    """The primary language of a BCP-47 tag in its shortest code: ``en-GB``, ``en_GB`` and ``eng`` are ``en``, ``no`` is ``nb``.

    Raises OptionError for what is not a language tag.
    """
    found = _TAG.fullmatch(tag.strip())
    if found is None:
        raise OptionError(
            f"{tag!r} is not a language tag", remedy="write a BCP-47 tag such as en, pt-BR or am; xx is any language"
        )
    code = found[1].lower()
    return _SHORTER.get(code, code)


def rules_language(tag: str) -> str:
    """The language whose tokenizer rules are used for `tag`: its own if spaCy has them, else ``xx``, which fits any language.

    Raises OptionError for what is not a language tag.
    """
    code = primary_language(tag)
    return code if code in languages_with_rules() else ANY


def has_own_rules(tag: str) -> bool:
    """Whether the tokenizer `spacy` has rules of `tag`'s own language. Raises OptionError for what is not a language tag."""
    code = primary_language(tag)
    return code == ANY or code in languages_with_rules()


@cache
def languages_with_rules() -> frozenset[str]:
    """The codes of the languages that the installed spaCy has rules for; found without importing it."""
    spec = find_spec("spacy")
    places = spec.submodule_search_locations if spec is not None else None
    return frozenset(init.parent.name for folder in places or () for init in Path(folder).glob("lang/*/__init__.py"))
