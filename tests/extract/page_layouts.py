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
        "comments": [
            "I stood in line with my neighbours last time and saw two guests with a notebook, they were very polite.",
            "Somebody please count what all of these badges cost us, and then print the bill beside the article.",
            "My brother has been a member of a local commission for 12 years and says the paperwork only grows.",
            "A good piece, but the picture is from another year, look at the posters behind the table.",
            "Why is there no word about our district? We have 4 stations and a single road that leads to them.",
        ],
        "comments_heading": "Comments (5)",
        "bio": "Reports on parliament and the regions. Has written 212 stories for this site since 2012.",
        "digest": "One letter every morning, read by 9,400 people. No spam, and you can unsubscribe at any time.",
        "video_off": "The video cannot be played in your browser. Open it on our channel.",
        "imprint": "Editorial office: 7 Fair Street, office 30, Astana 010000. Phone: +7 (7172) 00-01-02.",
        "cookies": "We use cookies to count our visitors. By staying on the site you agree to our privacy policy.",
        "excerpts": [
            "The ski team came home with three medals, and its trainer spoke of the snow, the wax and a lot of luck.",
            "A bridge over the river is to open in autumn; 40 builders work on it in two shifts, the akimat says.",
            "Farmers of the north have gathered 90 percent of the harvest and complain of rain and of dear fuel.",
        ],
        "next_heading": "Skiers win three medals",
        "views": "5 204 views",
        "print": "Print version",
        "office": "Central Election Commission - Press releases",
        "documents": "Documents",
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
        "comments": [
            "В прошлый раз стояли с соседями в очереди и видели двух гостей с блокнотом, очень вежливые люди.",
            "Посчитайте кто-нибудь, во что нам обходятся все эти бейджи, и напечатайте счёт рядом со статьёй.",
            "Мой брат 12 лет сидит в участковой комиссии и говорит, что бумаг становится только больше.",
            "Статья хорошая, но снимок не этого года, посмотрите на плакаты за столом.",
            "Почему ни слова про наш район? У нас 4 участка и одна дорога, которая к ним ведёт.",
        ],
        "comments_heading": "Комментарии (5)",
        "bio": "Пишет о парламенте и регионах. С 2012 года опубликовала на этом сайте 212 материалов.",
        "digest": "Одно письмо каждое утро, его читают 9 400 человек. Без спама, отписаться можно в любой момент.",
        "video_off": "Ваш браузер не поддерживает видео. Откройте его на нашем канале.",
        "imprint": "Адрес редакции: 010000, Астана, улица Ярмарочная, 7, офис 30. Тел.: +7 (7172) 00-01-02.",
        "cookies": "Мы используем cookie, чтобы считать посетителей. Оставаясь на сайте, вы соглашаетесь с этим.",
        "excerpts": [
            "Лыжники вернулись домой с тремя медалями, тренер говорил о снеге, мази и немалой доле везения.",
            "Мост через реку откроют осенью: 40 строителей работают на нём в две смены, сообщили в акимате.",
            "На севере убрали 90 процентов урожая, крестьяне жалуются на дожди и на дорогое топливо.",
        ],
        "next_heading": "Лыжники завоевали три медали",
        "views": "5 204 просмотра",
        "print": "Версия для печати",
        "office": "Центральная избирательная комиссия - Пресс-релизы",
        "documents": "Документы",
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
        "comments": [
            "Өткенде көршілермен кезекте тұрып, блокнот ұстаған екі қонақты көрдік, өте сыпайы кісілер екен.",
            "Осы төсбелгілердің бәрі бізге қаншаға түсетінін біреу есептеп, мақаланың жанына жазып қойсашы.",
            "Ағам учаскелік комиссияда 12 жыл отыр, қағаз жыл сайын көбейіп барады дейді.",
            "Мақала жақсы, бірақ сурет биылғы емес, үстелдің артындағы плакаттарға қараңызшы.",
            "Біздің аудан туралы неге бір сөз жоқ? Бізде 4 учаске, оларға апаратын бір-ақ жол бар.",
        ],
        "comments_heading": "Пікірлер (5)",
        "bio": "Парламент пен өңірлер туралы жазады. 2012 жылдан бері осы сайтта 212 материалы шықты.",
        "digest": "Таңертең бір хат, оны 9 400 адам оқиды. Спам жібермейміз, қалаған кезде бас тартуға болады.",
        "video_off": "Браузеріңіз бейнені көрсете алмайды. Оны біздің арнадан ашыңыз.",
        "imprint": "Редакция мекенжайы: 010000, Астана, Жәрмеңке көшесі, 7, 30-кеңсе. Тел.: +7 (7172) 00-01-02.",
        "cookies": "Келушілерді санау үшін cookie қолданамыз. Сайтта қала отырып, сіз бұған келісесіз.",
        "excerpts": [
            "Шаңғышылар үш медальмен оралды, бапкер қар, майлау және сәттілік жайын ұзақ айтып берді.",
            "Өзен үстіндегі көпір күзде ашылады: онда 40 құрылысшы екі ауысыммен жұмыс істеп жатыр.",
            "Солтүстікте егіннің 90 пайызы жиналды, диқандар жаңбыр мен қымбат отынға шағымданады.",
        ],
        "next_heading": "Шаңғышылар үш медаль жеңіп алды",
        "views": "5 204 қаралым",
        "print": "Басып шығару нұсқасы",
        "office": "Орталық сайлау комиссиясы - Баспасөз хабарламалары",
        "documents": "Құжаттар",
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
