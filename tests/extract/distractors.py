"""Paragraphs that newspapers put beside the numbers of observers: none counts observers of this poll."""

from __future__ import annotations

OTHER_MATTERS: dict[str, tuple[str, ...]] = {
    "en": (
        "More than 10,000 polling stations will open across the country, 77 of them abroad.",
        "According to the voter lists, 11,953,465 citizens are entitled to vote.",
        "Questions are answered at +7 (7172) 74-58-12 around the clock.",
        "It is the 12th national vote since independence and the 3rd in this decade.",
        "In the 2005 presidential election, 1,624 international observers were at work.",
        "On Saturday, forecasters expect snow, fog and frost down to 18 degrees in 14 regions.",
        "Six candidates have been registered, and 155,000 signatures were gathered in support of one of them.",
        "Earlier, 25 kilometres of roads were repaired in the region for 3.2 billion tenge.",
        "The number of polling stations has reached 10,101.",
        "Turnout was 69.44 percent, and five members of the public were fined.",
        "The ballot paper is 21 by 30 centimetres and is printed in 2 languages.",
        "In room 412, documents are received from 9:00 to 18:30 by 14 employees.",
        "Members of the 232 district commissions were trained at 48 seminars.",
    ),
    "ru": (
        "По всей стране откроются более 10 000 избирательных участков, в том числе 77 за рубежом.",
        "По данным списков, право голоса имеют 11 953 465 граждан.",
        "Телефон единого контакт-центра: +7 (7172) 74-58-12, короткий номер 109.",
        "Это уже 12-я по счету кампания за годы независимости и 3-я в этом десятилетии.",
        "На президентских выборах 2005 года работали 1624 международных наблюдателя.",
        "В субботу синоптики ожидают снег, туман и мороз до 18 градусов в 14 областях.",
        "Зарегистрированы шесть кандидатов, в поддержку одного из них собрано 155 тысяч подписей.",
        "Ранее в области за 3,2 млрд тенге отремонтировали 25 километров дорог.",
        "Количество избирательных участков достигло 10 101.",
        "Явка составила 69,44 процента, пять граждан оштрафованы.",
        "Бюллетень имеет размер 21 на 30 сантиметров и печатается на 2 языках.",
        "В кабинете 412 документы с 9:00 до 18:30 принимают 14 сотрудников.",
        "Члены 232 окружных комиссий прошли обучение на 48 семинарах.",
    ),
    "kk": (
        "Сайлау учаскелерінің саны 10 101-ге жетті.",
        "Сайлаушылар тізімі бойынша 11 953 465 азаматтың дауыс беруге құқығы бар.",
        "Байланыс орталығының телефоны: +7 (7172) 74-58-12, қысқа нөмірі 109.",
        "Бұл – тәуелсіздік жылдарындағы 12-ші науқан.",
        "2005 жылғы президент сайлауында 1624 халықаралық байқаушы жұмыс істеді.",
        "Сенбіде синоптиктер 14 облыста қар, тұман және 18 градус аяз болады деп күтеді.",
        "Алты кандидат тіркелді, олардың бірін қолдап 155 мың қол жиналды.",
        "Бұған дейін облыста 3,2 млрд теңгеге 25 шақырым жол жөнделді.",
        "30 мыңнан астам полицей кезекшілікке шығады, бес азаматқа айыппұл салынды.",
        "412-кабинетте құжаттарды сағат 9:00-ден 18:30-ға дейін 14 қызметкер қабылдайды.",
        "232 округтік комиссияның мүшелері 48 семинарда оқудан өтті.",
    ),
}
"""The last election of these, of 2005, is another one for what was published since 2010."""

OTHER_COUNTRIES: dict[str, tuple[str, ...]] = {
    "en": (
        "In Kyrgyzstan, 333 international observers were accredited for the presidential election there.",
        "The parliamentary elections in Georgia were watched by 1,024 foreign observers from 48 countries.",
        "Meanwhile, Uzbekistan’s Central Election Commission has accredited 515 observers for the vote there.",
    ),
    "ru": (
        "На президентских выборах в Кыргызстане было аккредитовано 333 международных наблюдателя.",
        "За парламентскими выборами в Грузии следили 1024 иностранных наблюдателя из 48 стран.",
        "Тем временем Центризбирком Узбекистана аккредитовал 515 наблюдателей на выборы в этой стране.",
    ),
    "kk": (
        "Қырғызстандағы президент сайлауына 333 халықаралық байқаушы аккредиттелген.",
        "Грузиядағы парламент сайлауын 48 елден келген 1024 шетелдік байқаушы бақылады.",
        "Өзбекстанның Орталық сайлау комиссиясы ондағы сайлауға 515 байқаушыны аккредиттеді.",
    ),
}
"""Figures of observers of another country's poll."""

OTHER_TIMES: dict[str, tuple[str, ...]] = {
    "en": (
        "In the 1999 presidential election, 185 observers from 24 states had been accredited.",
        "For comparison, 1,624 observers had been accredited for the election of 2005.",
    ),
    "ru": (
        "На президентских выборах 1999 года было аккредитовано 185 наблюдателей от 24 государств.",
        "Для сравнения: на выборы 2005 года было аккредитовано 1624 наблюдателя.",
    ),
    "kk": (
        "1999 жылғы президент сайлауына 24 мемлекеттен 185 байқаушы аккредиттелген еді.",
        "Салыстыру үшін: 2005 жылғы сайлауға 1624 байқаушы аккредиттелген.",
    ),
}
"""Figures of observers of polls long ago."""

MEDIA: dict[str, tuple[str, ...]] = {
    "en": (
        "In addition, {} foreign journalists have been accredited.",
        "The Foreign Ministry has accredited {} journalists of foreign media.",
    ),
    "ru": (
        "Кроме того, аккредитовано {} иностранных журналистов.",
        "Министерство иностранных дел аккредитовало {} журналистов зарубежных СМИ.",
    ),
    "kk": (
        "Сонымен қатар {} шетелдік журналист аккредиттелді.",
        "Сыртқы істер министрлігі шетелдік БАҚ-тың {} журналисін аккредиттеді.",
    ),
}
"""Media people, {} of them: figures of their own."""
