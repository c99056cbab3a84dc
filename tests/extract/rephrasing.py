"""The same said in other words: verbs, the old and new names of states and bodies; and others in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from extract.model import Article
from extract.words.names import find_names
from extract.words.spans import NameKind
from extract.words.tokens import tokenize
from tests.extract.corpora import Story
from tests.extract.relations import Said
from tests.extract.rewriting import Rewriting, everywhere

Words = Mapping[str, str]


def put(table: Words) -> Rewriting:
    """Whole words replaced, the longest first; those of a sentence's beginning too."""
    known = {**{word[0].upper() + word[1:]: new[0].upper() + new[1:] for word, new in table.items()}, **table}
    longest = "|".join(re.escape(w) for w in sorted(known, key=len, reverse=True))
    return partial(re.sub, rf"(?<!\w)(?:{longest})(?!\w)", lambda found: known[found.group()])


def _forms(stem: str, other: str, endings: str) -> dict[str, str]:
    return {stem + e: other + e for e in ("", *endings.split())}


ACCREDITED: dict[str, dict[str, Words]] = {
    "en": {
        "registered": {"accredited": "registered"},
        "approved": {"accredited": "approved"},
        "cleared": {"was accredited": "was cleared", "were accredited": "were cleared"}
        | {f"{verb} been accredited": f"{verb} been cleared" for verb in ("has", "have", "had")},
        "confirmed": {"were accredited": "were confirmed", "have been accredited": "have been confirmed"},
        "accreditation": {
            "were accredited": "received accreditation",
            "have been accredited": "were given accreditation",
        },
    },
    "ru": {
        "зарегистрированы": _forms("аккредитован", "зарегистрирован", "а о ы")
        | _forms("аккредитованн", "зарегистрированн", "ые ых ым ыми ый ого")
        | _forms("аккредитовал", "зарегистрировал", "а о и"),
        "утверждены": {f"аккредитован{e}": f"утвержден{e}" for e in ("", "а", "о", "ы")}
        | {f"аккредитовал{e}": f"утвердил{e}" for e in ("", "а", "о", "и")},
        "прошли": {"аккредитованы": "прошли аккредитацию", "были аккредитованы": "прошли аккредитацию"},
    },
    "kk": {
        "тіркелді": {"аккредиттелді": "тіркелді", "аккредиттелген": "тіркелген", "аккредиттеді": "тіркеді"},
        "бекітілді": {"аккредиттелді": "бекітілді", "аккредиттелген": "бекітілген", "аккредиттеді": "бекітті"},
        "өтті": {"аккредиттелді": "аккредитациядан өтті", "аккредиттелген": "аккредитациядан өткен"},
    },
}
"""Ways to say 'accredited' by their key word; participles and verbs in each other's forms."""

PROPOSED: dict[str, dict[str, Words]] = {
    "en": {
        "nominated": {"proposed": "nominated", "recommended": "nominated"},
        "put forward": {"proposed": "put forward", "nominated": "put forward"},
        "recommended": {"proposed": "recommended", "nominated": "recommended"},
    },
    "ru": {
        "предложены": _forms("представлен", "предложен", "а о ы") | _forms("рекомендован", "предложен", "а о ы"),
        "рекомендованы": _forms("предложен", "рекомендован", "а о ы") | _forms("выдвинут", "рекомендован", "а о ы"),
    },
    "kk": {
        "ұсынылған": {"ұсынылды": "ұсынылған", "ұсынды": "ұсынған"},
        "ұсынып отыр": {"ұсынды": "ұсынып отыр", "ұсынған еді": "ұсынды"},
    },
}

NAMES: dict[str, dict[str, Words]] = {
    "en": {
        "Turkey": {"Türkiye": "Turkey", "Turkey": "Türkiye"},
        "Astana": {"Astana": "Nur-Sultan", "Nur-Sultan": "Astana"},
        "states": {
            "Czech Republic": "Czechia",
            "Kyrgyzstan": "Kirghizia",
            "Moldova": "Moldavia",
            "the Netherlands": "Holland",
            "Great Britain": "the United Kingdom",
            "United Kingdom": "UK",
            "the United States": "the USA",
            "the USA": "the United States of America",
            "South Korea": "the Republic of Korea",
            "Republic of Korea": "South Korea",
            "Iran": "the Islamic Republic of Iran",
            "China": "the People’s Republic of China",
        },
        "bodies": {
            "Organization of Turkic States": "Turkic Council",
            "Turkic Council": "Organization of Turkic States",
            "Shanghai Cooperation Organization": "Shanghai Cooperation Organisation",
            "Organization of Islamic Cooperation": "Organisation of Islamic Cooperation",
        },
    },
    "ru": {
        "states": {
            **{
                f"Кыргызстан{a}": f"Киргизи{b}"
                for a, b in (("", "я"), ("а", "и"), ("у", "и"), ("ом", "ей"), ("е", "и"))
            },
            **{f"Молдов{a}": f"Молдави{b}" for a, b in (("а", "я"), ("ы", "и"), ("е", "и"), ("у", "ю"), ("ой", "ей"))},
            **{f"Нидерланд{a}": f"Голланди{b}" for a, b in (("ы", "я"), ("ов", "и"), ("ам", "и"), ("ами", "ей"))},
            "Великобритании": "Соединенного Королевства",
            "Южной Кореи": "Республики Корея",
            "Республики Корея": "Южной Кореи",
            "США": "Соединенных Штатов Америки",
            "Китая": "КНР",
        },
        "Astana": {"Астана": "Нур-Султан", "Астане": "Нур-Султане", "Астаны": "Нур-Султана"},
        "bodies": {
            "Организации тюркских государств": "Тюркского совета",
            "Организация тюркских государств": "Тюркский совет",
            "Тюркского совета": "Организации тюркских государств",
            "Тюркский совет": "Организация тюркских государств",
            "ОБСЕ/БДИПЧ": "БДИПЧ ОБСЕ",
            "БДИПЧ ОБСЕ": "БДИПЧ/ОБСЕ",
            "БДИПЧ/ОБСЕ": "ОБСЕ/БДИПЧ",
        },
    },
    "kk": {
        "Astana": {f"Астана{e}": f"Нұр-Сұлтан{e}" for e in ("", "ның", "да", "дағы")},
        "bodies": {
            **{f"Түркі мемлекеттері ұйымы{e}": f"Түркі кеңесі{e}" for e in ("", "нан", "ның", "нің")},
            **{
                f"Түркі кеңесі{a}": f"Түркі мемлекеттері ұйымы{b}"
                for a, b in (("", ""), ("нен", "нан"), ("нің", "ның"))
            },
        },
        "states": {
            **{f"Ресей{a}": f"Ресей Федерациясы{b}" for a, b in (("ден", "нан"), ("дің", "ның"))},
            **{f"Қытай{a}": f"Қытай Халық Республикасы{b}" for a, b in (("дан", "нан"), ("дың", "ның"))},
            **{f"Қырғызстан{a}": f"Қырғыз Республикасы{b}" for a, b in (("нан", "нан"), ("ның", "ның"))},
            **{f"Әзірбайжан{a}": f"Әзербайжан{a}" for a in ("", "нан", "ның", "дан")},
        },
    },
}
"""Other names of the same, old and new."""


class Circle(NamedTuple):
    """States whose names decline alike, each to be replaced by the next; `endings` a regular expression."""

    names: str
    endings: str


CIRCLES: dict[str, tuple[Circle, ...]] = {
    "en": (
        Circle(
            "Turkey Italy Azerbaijan Poland Russia Kyrgyzstan Portugal Malaysia Armenia Spain Hungary Kenya Uzbekistan "
            "Norway Tajikistan Ghana Latvia Sweden Belarus Chile Mongolia Finland Germany Peru Japan Bulgaria Brazil "
            "Serbia Canada Slovakia Thailand France Croatia Romania Ukraine Estonia Egypt Lithuania China Cuba "
            "Indonesia Israel Austria Belgium Pakistan Palestine India Greece Vietnam Turkmenistan",
            "",
        ),
    ),
    "ru": (
        Circle(
            "Росси Итали Армени Эстони Турци Норвеги Грузи Швеци Венгри Румыни Латви Франци Болгари Греци Серби "
            "Хорвати Малайзи Инди Германи Япони Бельги Словаки Австри Испани Швейцари Монголи Португали",
            "(?:я|и|ю|ей|ею)",
        ),
        Circle(
            "Кыргызстан Вьетнам Азербайджан Иран Узбекистан Пакистан Таджикистан Катар Туркменистан Бахрейн",
            "(?:а|у|ом|е)?",
        ),
    ),
    "kk": (
        Circle(
            "Түркия Италия Жапония Армения Польша Франция Венгрия Норвегия Сербия Румыния Моңғолия Грузия Финляндия "
            "Малайзия Латвия Швеция Украина Болгария Германия Эстония Австрия Словакия Индонезия Молдова",
            "(?:ның|ға|ны|да|дан|мен|дағы)?",
        ),
        Circle("Қырғызстан Өзбекстан Пәкістан Тәжікстан Үндістан Түрікменстан", "(?:ның|ға|ды|да|нан|мен|дағы)?"),
    ),
}


def _codes(name: str, language: str) -> Iterator[str]:
    whole = name + "я" if language == "ru" and name.endswith("и") else name
    return (n.id for n in find_names(tokenize(f"из {whole} (2)"), language) if n.kind is NameKind.COUNTRY)


@cache
def next_states(language: str) -> tuple[Rewriting, dict[str, str]]:
    """Every state of a circle in its neighbour's place, and which code stands for which then."""
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    endings: dict[str, str] = {}
    for circle in CIRCLES[language]:
        listed = circle.names.split()
        for name, other in zip(listed, (*listed[1:], listed[0]), strict=True):
            names[name], endings[name] = other, circle.endings
            codes[next(_codes(name, language))] = next(_codes(other, language))
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?={endings[n]}(?!\w))" for n in names))
    return lambda text: pattern.sub(lambda found: names[found.group()], text), codes


def moved_states(story: Story, language: str) -> tuple[Article, dict[str, str]] | None:
    """The article with other states; None where one is also named in another way, so that it would be said in part."""
    rewrite, codes = next_states(language)
    article = everywhere(story, rewrite)
    text = "\n".join([story.article.title or "", story.article.body])
    tokens = tokenize(text)
    named = [(n, text[tokens[n.first].start : tokens[n.last - 1].end]) for n in find_names(tokens, language)]
    whole = all(rewrite(words) != words and len(words.split()) == 1 for n, words in named if n.id in codes)
    inside = any(rewrite(words) != words for n, words in named if n.kind is NameKind.ORGANIZATION)
    return (article, codes) if article is not None and whole and not inside else None


def renamed(words: Said, kind: str, table: Mapping[str, str]) -> Said:
    """What is said, with other senders; sums are left as they are but for their labels."""
    scopes = {f"{kind}:{old}": f"{kind}:{new}" for old, new in table.items()}
    field = {"organization": "organizations_named", "country": "countries_named"}[kind]
    figures = sorted((scopes.get(f[0], f[0]), *f[1:]) for f in words["figures"])
    main = words["main"] and (scopes.get(words["main"][0], words["main"][0]), *words["main"][1:])
    checks = [_relabelled(check, scopes) for check in words["checks"]]
    named = sorted(table.get(name, name) for name in words[field])
    return {**words, "figures": figures, "main": main, "checks": sorted(checks, key=str), field: named}


def _relabelled(check: Said, scopes: Mapping[str, str]) -> Said:
    parts = sorted(({**p, "label": scopes.get(p["label"], p["label"])} for p in check["parts"]), key=str)
    whole = {**check["whole"], "label": scopes.get(check["whole"]["label"], check["whole"]["label"])}
    slip = check["likely_slip"]
    for old, new in scopes.items():
        if slip and slip.startswith(f"{old} "):
            slip = new + slip[len(old) :]
            break
    return {**check, "parts": parts, "whole": whole, "likely_slip": slip}
