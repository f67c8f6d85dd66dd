"""Abbreviations whose point does not end a sentence, by language; written without the point and in lower case."""

from __future__ import annotations

from typing import Final

from farspan.text.languages import primary_language

# Words that are whole unless a number follows: "No. 5".
BEFORE_NUMBERS: Final = frozenset(
    ("no", "nos", "nr", "num", "núm", "vol", "art", "fig", "abs", "abb", "ch", "cap", "nb", "bd", "str")
)

_ANY: Final = "cf vs etc al ed eds dr st pp"

_BY_LANGUAGE: Final = {
    "en": (
        "mr mrs ms messrs prof rev hon gen col capt lt sgt maj cmdr adm sen rep gov pres sr jr esq mt ave rd inc ltd "
        "corp co dept univ assn bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri "
        "viz approx est figs vols ca op chap sec sect"
    ),
    "de": (
        "hr fr frl prof hl bzw ca evtl ggf inkl exkl sog usw vgl zb tel aufl hrsg jh jhd mio mrd std geb gest verh mag "
        "jan feb apr jun jul aug sept okt nov dez"
    ),
    "es": (
        "sr sra srta srs sres dña prof profa gral cap tte cnel lic ing arq av avda núms pág págs tel aprox ud uds vd "
        "vds ej gob ee uu"
    ),
    "fr": "mm mme mmes mlle mlles mgr prof ste bd av env janv févr avr juil sept oct nov déc chap art éd réf tél hab apr",
    "it": "sig sigg sra prof profssa avv ing arch rag geom on sen gen col cap mons pag pagg art tel ecc ca cit",
    "pt": "sr sra srs sras srta dra prof profa eng arq gen cel cap ten av pág págs art núm tel aprox ex exmo exma ltda",
    "ca": "sr sra srta dra prof av pàg pàgs núm art tel aprox",
    "nl": "dhr mevr mw mej prof ing ir drs mr ds blz bijv ca enz evt incl excl jl jr nl resp tel zgn",
    "da": "hr fr frk prof bl ca dvs evt f.eks inkl jf kl kr mfl mht mio osv pga s skt tlf",
    "nb": "hr fr frk prof bl ca dvs evt inkl jf kl kr mfl mht mill osv pga tlf",
    "sv": "hr fr frk prof bl ca dvs ev inkl jfr kl kr mfl milj osv pga tel tex",
    "fi": "hra rva prof tri ks mm esim jne ns nk puh v klo n",
    "et": "hr pr prof lk nt jne jt ca u s a kl tel st sh vt ingl vm",
    "pl": "p prof dr mgr inż hab gen płk kpt ks św al ul pl os tzn tj np m.in itd itp nr str tel r w ok tys mln mld zob por im",
    "cs": "p pí prof doc mgr ing mudr judr phdr sv č čís str tel tj tzv např apod atd resp popř r stol mil mld",
    "sk": "p pí prof doc mgr ing mudr sv č čís str tel tj tzv napr atď resp r stor mil mld",
    "sl": "g ga gdč prof doc mag št str tel npr itd idr itn oz t.i sv ul",
    "hr": "g gđa prof doc mr br str tel npr itd tj sv ul tzv",
    "sr": "г гђа проф др бр стр нпр итд тј св ул тзв g gđa prof br str npr itd tj sv ul",
    "hu": "prof id ifj özv pl stb ill kb ld vö old sz tel u du de ui",
    "ro": "d dl dna prof ing gen col cpt str nr pag art etc ex sf",
    "tr": "prof doç yrd av sn alb yb gen mah cad sok apt vb vd bkz çev s yy",
    "ru": (
        "г гг в вв р руб коп тыс млн млрд им акад проф доц канд ул пр просп пл д кв стр рис табл гл ст см ср напр др пр т п тел"
    ),
    "uk": "р рр ст м вул просп пл буд кв грн коп тис млн млрд ім акад проф доц див напр ін т п тел с",
    "bg": "г гг в вв лв ст тел ул бул пл проф доц акад инж напр др т стр вж",
    "el": "κ κα κος δρ καθ αρ σελ τηλ π.χ δηλ κλπ κ.λπ βλ μ.χ π.μ",
    "lt": "p prof doc dr g gyv kt m mln mlrd pvz t.t t.y tūkst val vyr",
    "lv": "prof dr g.k kgs lpp milj mljrd piem plkst t.i tālr tūkst u.c utt",
}


def abbreviations(lang: str) -> frozenset[str]:
    """The abbreviations of the language `lang` (a BCP-47 tag) and those used everywhere.

    Raises OptionError for a malformed tag.
    """
    return frozenset(f"{_ANY} {_BY_LANGUAGE.get(primary_language(lang), '')}".split())
