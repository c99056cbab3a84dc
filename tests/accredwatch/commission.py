"""Pages of an election commission's site, made by us: markup of a common kind, sentences of our own."""

from __future__ import annotations

TITLE = "The Commission accredits forty-two observers of foreign states"
FIRST = (
    "The Central Election Commission of the Republic of Kazakhstan accredited 42 observers of foreign states at its "
    "meeting on 1 March 2023 for the elections to the Mazhilis."
)

ARTICLE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Commission</title></head>
<body>
<div class="header"><a href="/eng/">Home</a> <a href="/eng/news/releases/">Releases</a></div>
<div class="news-detail">
  <span class="news-date-time">01.03.2023</span>
  <h1>{TITLE}</h1>
  <div class="news-text">
    <p>{FIRST}</p>
    <p>Among them are 30 observers from Finland and 12 from Georgia. The members of the Commission spoke in favour.</p>
    <p>The Commission goes on to look at the documents that the Ministry of Foreign Affairs hands over to it.</p>
  </div>
</div>
<div class="footer"><p>Beibitshilik street. All rights reserved.</p></div>
</body></html>
"""

ANOTHER = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Commission</title></head>
<body><div class="news-detail"><span class="news-date-time">01.03.2023</span><h1>{title}</h1><div class="news-text">
<p>The Commission has sent its answers to the regions, where the members of precinct commissions learn by them.</p>
<p>Questions may be put to it in writing, in either language, until the last week before the day of voting.</p>
</div></div></body></html>
"""

OTHERS = (
    "Training of members of precinct commissions goes on in the regions",
    "Answers of the Commission to questions of voters about the lists",
    "On the ballot paper of the elections to the local representative bodies",
)


def releases(numbers: range = range(9001, 9005)) -> str:
    """The list of releases, latest first, that leads to the article and to others."""
    titles = (TITLE, *OTHERS)
    items = "".join(
        f'<div><span>01.03.2023</span> <a href="/eng/news/releases/index.php?ID={number}">{title}</a></div>'
        for number, title in zip(numbers, titles, strict=True)
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Releases</title></head><body>
<div class="menu"><a href="/eng/">Home</a><a href="/eng/about/index.php">About the Commission and its members</a></div>
<div class="list">{items}</div>
<a href="https://akorda.example/eng/news?ID=5">The site of somebody else entirely, elsewhere</a></body></html>"""
