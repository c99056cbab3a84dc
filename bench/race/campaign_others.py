"""What the outlets write about besides: weather, roads, sport, money; numbers everywhere, and no observers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.story import Story

_PLACES: Mapping[str, tuple[str, ...]] = {
    "en": ("Aktau", "Almaty", "Atyrau", "Karaganda", "Kokshetau", "Kostanay", "Pavlodar", "Semey", "Shymkent", "Taraz"),
    "ru": ("Актау", "Алматы", "Атырау", "Караганда", "Кокшетау", "Костанай", "Павлодар", "Семей", "Шымкент", "Тараз"),
    "kk": ("Ақтау", "Алматы", "Атырау", "Қарағанды", "Көкшетау", "Қостанай", "Павлодар", "Семей", "Шымкент", "Тараз"),
}
_TEXTS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("{place}: {n} flats handed over", "{n} families in {place} got their keys today.", "Another {m} follow."),
        ("{place} to repair {n} km of roads", "Works on {n} km begin in {place}.", "They take {m} days."),
        ("Frost of {n} degrees, {place}", "Frost of {n} degrees is forecast.", "{m} buses wait."),
        ("{n} athletes in {place}", "{n} athletes of {m} clubs compete in {place}.", "It is the first."),
        ("{place}: {n} jobs created", "A plant in {place} took on {n} people.", "It makes {m} tons of pipes."),
        ("School for {n} opens, {place}", "A school for {n} pupils opened in {place}.", "It has {m} classrooms."),
    ),
    "ru": (
        ("{place}: сдано {n} квартир", "{n} семей получили ключи, город {place}.", "Еще {m} квартир сдадут летом."),
        ("{place}: отремонтируют {n} км дорог", "Начался ремонт {n} км дорог.", "Цена - {m} млн тенге."),
        ("{place}: мороз до {n} градусов", "Обещают мороз до {n} градусов.", "Туман в {m} районах."),
        ("{place}: {n} спортсменов на старте", "{n} спортсменов из {m} клубов.", "Кубок проходит впервые."),
        ("{place}: создано {n} рабочих мест", "Завод принял {n} человек.", "За месяц он выпускает {m} тонн труб."),
        ("{place}: открылась школа на {n} мест", "Школа на {n} мест открыла двери.", "В ней {m} кабинетов."),
    ),
    "kk": (
        ("{place}: {n} пәтер берілді", "Бүгін {n} отбасы пәтер кілтін алды.", "Тағы {m} пәтер жазда беріледі."),
        ("{place}: {n} шақырым жол жөнделеді", "{n} шақырым жолды жөндеу басталды.", "Құны – {m} млн теңге."),
        ("{place}: {n} градус аяз болады", "Синоптиктер {n} градус аяз болжайды.", "{m} ауданда тұман түседі."),
        ("{place}: {n} жұмыс орны ашылды", "Зауыт {n} адамды жұмысқа алды.", "Ол айына {m} тонна құбыр шығарады."),
    ),
}  # fmt: skip
_DESKS = (
    *[("kazinform", "en")] * 5,
    *[("kazinform", "ru")] * 5,
    *[("kazinform", "kk")] * 4,
    *[("astana_times", "en")] * 4,
    *[("qazaq_tv", "en")] * 2,
)
"""(outlet, language), as often as it publishes among twenty stories."""


def others(begin: date, end: date, many: int, *, seed: int) -> list[Story]:
    """So many stories from one day to the other; always the same ones for a seed, no two with the same title."""
    random = Random(seed)  # noqa: S311 - for the same stories each time
    days = (end - begin).days + 1
    made: dict[str, Story] = {}
    while len(made) < many:
        outlet, language = _DESKS[len(made) % len(_DESKS)]
        day = begin + timedelta(days=len(made) * days // many)
        published = datetime.combine(day, time(random.randrange(7, 21), random.randrange(60)), ALMATY)
        title, *paragraphs = random.choice(_TEXTS[language])
        filled = {
            "place": random.choice(_PLACES[language]),
            "n": random.randrange(7, 990),
            "m": random.randrange(3, 90),
        }
        story = Story(
            number=0,
            outlet=outlet,
            language=language,
            title=title.format_map(filled),
            paragraphs=tuple(paragraph.format_map(filled) for paragraph in paragraphs),
            published=published,
            section="society",
        )
        made.setdefault(story.title, story)
    return list(made.values())
