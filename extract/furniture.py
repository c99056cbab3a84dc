"""Lines that stand around or inside an article without being part of it, in pages as in plain text.

What is decided here is decided by the line alone (or by its neighbours), whatever outlet it comes from.
"""

from __future__ import annotations

import re

from extract.date_line import find_stamp

_PROSE_LENGTH = 60
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*$|[:;]$")
_ITEM = re.compile(r"(?:[-–—•·*▪◦]\s*\S|\d{1,2}[.)]\s)")
_SHORT = 300

_HEADINGS = re.compile(
    r"""(?xi)^\W*(?:
      (?:read|see|watch)\s+(?:also|more|next|too) | also\s+read | related(?:\s+(?:news|articles?|stories|topics|posts|materials?|links))?
    | (?:most\s+)?(?:popular|read|recent|viewed|shared)(?:\s+(?:news|now|posts|stories|articles))? | (?:latest|top|other|more|breaking|main)\s+(?:news|stories|posts|articles)
    | trending(?:\s+now)? | recommended(?:\s+for\s+you)? | you\s+(?:may|might)\s+(?:also\s+)?like(?:\s+this)? | currently\s+reading | don['’]t\s+miss
    | news(?:\s+partners?)? | editor['’]?s['’]?\s+(?:pick|choice)s? | more\s+(?:on|from|in)\s+.{1,30} | (?:upcoming\s+)?events | comments?(?:\s*\(?\d+\)?)? | leave\s+a\s+(?:reply|comment)
    | view\s+more | previous\s+(?:post|article) | next\s+(?:post|article) | share(?:\s+(?:this|on|via|the)(?:\s+\w+)?)? | tags? | topics?
    | (?:читайте|смотрите|читать|смотреть)\s+(?:также|ещ[её]|далее|по\s+теме) | (?:новости|материалы|статьи|ещ[её]|читайте)?\s*по\s+теме | похожие\s+(?:новости|статьи|материалы|публикации)
    | (?:самое\s+)?популярн(?:ое|ые)(?:\s+(?:новости|сейчас))? | сейчас\s+читают | (?:последние|главные|другие|свежие|важные)\s+новости | (?:самое\s+)?(?:читаемое|обсуждаемое|интересное|важное)
    | новости(?:\s+партн[её]ров)? | лента(?:\s+новостей)? | рекомендуем(?:ое|ые)?(?:\s+(?:к\s+прочтению|почитать))? | комментарии(?:\s*\(?\d+\)?)? | поделиться(?:\s+\w+){0,3} | теги | ключевые\s+слова
    | (?:тағы|сондай-ақ|әрі\s+қарай)\s+(?:да\s+)?(?:оқыңыз|оқи\s+отырыңыз|қараңыз) | (?:осы\s+)?тақырып(?:қа|та)?\s*(?:орай|бойынша)? | ұқсас\s+(?:жаңалықтар|материалдар) | танымал(?:\s+жаңалықтар)?
    | қазір\s+оқып\s+жатыр | (?:соңғы|басты|өзге|басқа)\s+жаңалықтар | жаңалықтар | ең\s+көп\s+оқылған(?:дар)? | пікір(?:лер)?(?:\s*\(?\d+\)?)? | бөлісу | тегтер | айдарлар? | серіктес\s+жаңалықтары
    )\s*[:.…>»]*$"""
)
_POINTERS = re.compile(
    r"""(?xi)^\W*(?:
      (?:read|see|watch)\s+also | also\s+read | read\s+(?:more|next) | related(?:\s+(?:news|articles?|stories))? | tags? | topics? | share | source\s*:\s*https?
    | (?:читайте|смотрите)\s+также | читать\s+(?:далее|также) | (?:материалы\s+)?по\s+теме | теги | ключевые\s+слова | рубрика | поделиться
    | (?:тағы|сондай-ақ)\s+(?:да\s+)?оқыңыз | оқи\s+отырыңыз | тегтер | айдар | бөлісу
    )\s*[:：]"""
)
_INVITES = re.compile(
    r"""(?xi)
      ^get\s+.{3,60}\s+(?:stories|news)\s+(?:sent\s+)?(?:directly\s+)?(?:to\s+you|in\s+your) | \bsign\s+up\s+(?:for|via|to)\b.{0,80}\b(?:newsletter|subscribe|website|email)
    | ^(?:please\s+)?(?:subscribe|follow|join)\s+(?:to\s+|us\b|our\b) | \bnewsletter\b.{0,40}\b(?:subscribe|sign|inbox) | (?:news|stories|updates)\s+(?:in|on)\s+our\s+(?:telegram|whatsapp|facebook|instagram)
    | ^(?:все\w*\s+|самые\s+|больше\s+|ещё\s+|главные\s+)?(?:\w+\s+){0,3}(?:новост\w+|материал\w+)\s.{0,60}\b(?:telegram|телеграм|whatsapp|instagram|канал)
    | ^(?:подпи(?:шитесь|сывайтесь|саться)|присоединяйтесь|читайте\s+нас|следите\s+за\s+(?:нами|новостями|нашими))\b | ^(?:оставайтесь|будьте)\s+(?:с\s+нами|в\s+курсе)
    | ^(?:нашли|заметили)\s+ошибку | ^found\s+(?:a|an)\s+(?:typo|error|mistake)
    | \b(?:telegram|телеграм|whatsapp|instagram|facebook|youtube)\W*(?:-?\s*)?(?:арна|парақша|канал)\w*.{0,60}(?:жазыл|қосыл|оқыңыз|көп|жаңалық) | (?:арна|парақша)\w*\s+(?:жазылыңыз|қосылыңыз|тіркеліңіз) | ^жазылыңыз | ^бізге\s+(?:жазылыңыз|қосылыңыз)
    | ^©|^copyright\b|^\(c\)\s|\ball\s+rights\s+reserved\b|\bвсе\s+права\s+защищены\b|\bбарлық\s+құқықтар\s+қорғалған\b
    """
)
_LITTER = re.compile(
    r"(?i)^\W*(?:none|null|undefined|nan|\d+|image\s*\d*|фото|photo|video|видео|advertisement|реклама|жарнама|a[+-])?\W*$"
)
_CREDIT = re.compile(
    r"""(?xi)(?:^|[.!?…»”")]\s+|\(\s*)(?:
      (?:photos?|image|images|picture|illustration|video|screenshot)(?:\s+credits?|\s+source|\s+courtesy)?\s*(?::|\s(?:by|from|courtesy)\b|/|©|\|)
    | (?:фото|иллюстрация|видео|скриншот|коллаж|изображение)(?:\s*:|\s+(?:из|с)\s+|\s*/|\s*©|\s+(?:пресс-служб|автор)) | источник\s+фото | сурет(?:\s*:|ті\s+түсірген) | (?:фото|сурет|видео)\s*дереккөзі
    | ©\s*\w | credit\s*: )"""
)
_CREDIT_ALONE = re.compile(
    r"(?i)^(?:(?:\w+\s){0,2}(?:photo|image)s?|(?:фото|сурет)\s+\S+(?:\s+\S+)?|(?:pixabay|unsplash|freepik|depositphotos)(?:\.com)?)$"
)
_BYLINE = re.compile(
    r"""(?xi)^\W*(?:(?:by|автор(?:ы|\s+материала)?|author|reporter|journalist|текст|мақала\s+авторы|дайындаған|жариялаған|posted\s+(?:by|in|on)|published(?:\s+(?:by|on|at))?|updated(?:\s+(?:on|at))?|last\s+updated|category|категория|рубрика|раздел|санаты?|бөлім
    |опубликовано|дата(?:\s+публикации)?|обновлено|жарияланған|жарияланды|просмотр\w*|қаралым|views?|written\s+by|share)\b\s*:?|\d+\s+(?:views?|просмотр\w*|қаралым))"""
)
_CRUMBS = re.compile(r"(?:\s(?:>|»|›|&gt;)\s*.+(?:>|»|›)?|\s*(?:>|»|›))\s*$")


def is_prose(line: str) -> bool:
    """Whether a line is a paragraph of sentences rather than a headline, a label or an item."""
    return len(line) >= _PROSE_LENGTH and bool(_SENTENCE_END.search(line)) and line.count(" ") >= 5


def is_item(line: str) -> bool:
    """Whether a line is marked as an item of a list."""
    return _ITEM.match(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends as sentences and items of lists do, and headlines do not."""
    return _SENTENCE_END.search(line) is not None


def is_heading(line: str) -> bool:
    """Whether a line is nothing but the heading of what follows an article or interrupts it: 'Read also', 'Popular'."""
    return len(line) < 80 and _HEADINGS.match(line) is not None


def is_caption(line: str) -> bool:
    """Whether a line says what a picture shows and whose it is."""
    if len(line) > _SHORT:
        return False
    found = None
    for found in _CREDIT.finditer(line):
        pass
    if found is not None and len(line) - found.end() <= 70:
        return found.start() == 0 or line.count(". ") <= 2
    return len(line) < 60 and _CREDIT_ALONE.match(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line names author, section, date or views: 'By A in Nation on 2 August 2023', '343 views'."""
    return len(line) < 160 and _BYLINE.match(line) is not None and not _SENTENCE_END.search(line.removesuffix("г."))


def is_date_line(line: str) -> bool:
    """Whether a line is a date, with time or without, and next to nothing else."""
    if len(line) > 80:
        return False
    stamp = find_stamp(line)
    if stamp is None:
        return False
    rest = re.sub(r"[\d\W_]+", "", stamp.rest)
    return len(rest) <= 12


def is_litter(line: str) -> bool:
    """Whether a line says nothing of the story: a template's 'None', pointers, invitations to subscribe, copyright."""
    if _LITTER.match(line):
        return True
    if len(line) > _SHORT:
        return False
    return _POINTERS.match(line) is not None or _INVITES.search(line) is not None


def is_crumbs(line: str) -> bool:
    """Whether a line is a path of sections: 'Main Page > News > Elections'."""
    return len(line) < 160 and _CRUMBS.search(line) is not None


def is_furniture(line: str) -> bool:
    """Whether a line is furniture wherever it stands."""
    return is_litter(line) or is_caption(line) or is_date_line(line)
