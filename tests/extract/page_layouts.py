"""Pages that no configured outlet serves: an article of known text in the layouts of `layouts/*.html`."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.extract.corpora import Story

FOLDER = Path(__file__).with_name("layouts")
LAYOUTS = tuple(sorted(path.stem for path in FOLDER.glob("*.html") if path.stem != "parts"))
ALMATY = ZoneInfo("Asia/Almaty")
OLDER = timedelta(days=40)
"""How much older or newer the other dates on the page are: of other stories, of an edit, of a print."""
_YEAR = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}
MONTHS = {language: year.split() for language, year in _YEAR.items()}
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "menu": ["Politics", "Economy", "Society", "World", "Sport"],
        "home": "Main page",
        "news": "News",
        "read_also": "Read also",
        "popular": "Most read",
        "more": "More stories",
        "rights": "All rights reserved.",
        "printed": "Printed on",
        "close": "Close the window",
        "sign_in": "Already a subscriber? Sign in.",
        "subscribe": "Subscribe",
        "free_left": "You have 3 free articles left this month, subscribe to read without limits.",
        "letter": "Sign up for our newsletter and get the main news of the week every Friday morning.",
        "tweet": "In all 9,999 observers are accredited as of today, thanks to everybody who took part!",
        "photo": "Photo",
        "published": "Published:",
        "caption": "Members of the commission listen to a report",
    },
    "ru": {
        "menu": ["Политика", "Экономика", "Общество", "Мир", "Спорт"],
        "home": "Главная",
        "news": "Новости",
        "read_also": "Читайте также",
        "popular": "Популярное",
        "more": "Другие новости",
        "rights": "Все права защищены.",
        "printed": "Распечатано",
        "close": "Закрыть окно",
        "sign_in": "Уже подписаны? Войдите.",
        "subscribe": "Подписаться",
        "free_left": "У вас осталось 3 бесплатные статьи в этом месяце, оформите подписку и читайте без ограничений.",
        "letter": "Подпишитесь на нашу рассылку и получайте главные новости недели каждую пятницу утром.",
        "tweet": "Всего на сегодня аккредитовано 9 999 наблюдателей, спасибо всем, кто принял участие!",
        "photo": "Фото",
        "published": "Опубликовано:",
        "caption": "Члены комиссии слушают доклад",
    },
    "kk": {
        "menu": ["Саясат", "Экономика", "Қоғам", "Әлем", "Спорт"],
        "home": "Басты бет",
        "news": "Жаңалықтар",
        "read_also": "Тағы оқыңыз",
        "popular": "Танымал",
        "more": "Басқа жаңалықтар",
        "rights": "Барлық құқықтар қорғалған.",
        "printed": "Басып шығарылған",
        "close": "Терезені жабу",
        "sign_in": "Жазылғансыз ба? Кіріңіз.",
        "subscribe": "Жазылу",
        "free_left": "Бұл айда сізде 3 тегін мақала қалды, шектеусіз оқу үшін жазылыңыз.",
        "letter": "Біздің ақпараттық хатқа жазылып, аптаның басты жаңалықтарын жұма сайын таңертең алыңыз.",
        "tweet": "Бүгінде барлығы 9 999 байқаушы аккредиттелді, қатысқандардың бәріне рақмет!",
        "photo": "Фото",
        "published": "Жарияланған күні:",
        "caption": "Комиссия мүшелері баяндама тыңдап отыр",
    },
}

_TEMPLATES = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def page_in(layout: str, story: Story) -> str:
    """The story's page in a layout. Its dates are in Almaty's time; other dates on it are other days."""
    language, raw, published = story.article.language, story.raw, story.article.published
    assert published is not None
    published = published.astimezone(ALMATY)
    modified = published + OLDER
    page = {
        "number": 100,
        "language": language,
        "title": story.article.title,
        "paragraphs": story.article.paragraphs,
        "related": [*raw.get("related", ()), "Skiers win three medals"],
        "tags": raw.get("tags", ()),
        "author": "A. Writer",
        "caption": WORDS[language]["caption"],
        "words": WORDS[language],
        "published": published,
        "modified": modified,
        "day": _day(published, language),
        "modified_day": _day(modified, language),
        "written": _written(published, language),
    }
    return _TEMPLATES.get_template(f"{layout}.html").render(page=page)


def _day(moment: datetime, language: str) -> str:
    return f"{moment.day} {MONTHS[language][moment.month - 1]} {moment.year}"


def _written(moment: datetime, language: str) -> str:
    """As people of the language write a day in full."""
    if language == "kk":
        return f"{moment.year} жылғы {moment.day} {MONTHS['kk'][moment.month - 1]}"
    return f"{_day(moment, language)} г." if language == "ru" else _day(moment, language)
