"""A report for people: the text with its evidence marked, the figures, the checks in words."""

from __future__ import annotations

from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from accredwatch.cli.console import local, printable, table
from accredwatch.report_words import CHECKS, across_words, check_words, scope_words, spans
from alerts.wording import number
from extract.model import Article, Basis, Check, Report, Verdict, Where
from storage.views import AcrossCheck

_VERDICTS = {Verdict.HOLDS: ("holds", "green"), Verdict.FAILS: ("FAILS", "red"), Verdict.UNKNOWN: ("open", "yellow")}


def across_line(check: AcrossCheck) -> Text:
    """The line of the view on the sum with an earlier article."""
    word, style = _VERDICTS[check.verdict]
    return Text.assemble((f"{word:6}", style), f"against earlier articles: {printable(across_words(check))}")


def render(name: str, article: Article, report: Report, *, stored: bool = False) -> RenderableType:
    """The whole view of one input; what is `stored` no longer tells whether the text states the voting day."""
    parts: list[RenderableType] = [Text(printable(name), style="dim"), _marked(article, report, Where.TITLE)]
    parts += [_origin(article), Text(), _marked(article, report, Where.BODY), Text()]
    if report.relevant or report.figures:
        parts += [_figures(report), Text(), *_facts(report, stored=stored)]
    if not report.relevant:
        parts.append(Text("States no figure of election observers in Kazakhstan.", style="yellow"))
    parts += [_check(check) for check in report.checks]
    if report.unknown_names:
        parts.append(Text(f"In no table of names: {printable(', '.join(report.unknown_names))}", style="yellow"))
    return Group(*parts, Text())


def _origin(article: Article) -> Text:
    published = article.published
    zone = str(published.tzinfo) if published and published.tzinfo else ""
    when = local(published) + (" Almaty" if zone else "") if published else "publication day unknown"
    origin = f" (from {article.published_from.value})" if article.published_from else ""
    return Text(
        printable(" · ".join(filter(None, [article.source, article.language, when + origin, article.url]))), "dim"
    )


def _marked(article: Article, report: Report, where: Where) -> Text:
    """Title or body, each piece of evidence in brackets that begin with the numbers of the figures it states."""
    plain = printable((article.title or "(no title)") if where is Where.TITLE else article.body)
    text = Text(style="bold" if where is Where.TITLE else "")
    position = 0
    for span in spans((figure.evidence for figure in report.figures), where):
        numbers = ",".join(str(figure + 1) for figure in span.figures)
        text.append(plain[position : span.start])
        text.append(f"[{numbers}: ", style="bold cyan")
        text.append(plain[span.start : span.end], style="bold yellow")
        text.append("]", style="bold cyan")
        position = span.end
    return text.append(plain[position:])


def _figures(report: Report) -> Table:
    made = table("", "observers", "whose", "status", "basis", "", numbers=("", "observers"))
    for position, figure in enumerate(report.figures, 1):
        main = position - 1 == report.headline
        basis = "in all" if figure.basis is Basis.CUMULATIVE else "new"
        cells = (
            str(position),
            number(figure.value, figure.approx),
            scope_words(figure.scope),
            figure.status.value,
            basis,
        )
        made.add_row(*cells, "<- headline" if main else "", style="bold" if main else None)
    return made


def _facts(report: Report, *, stored: bool) -> list[Text]:
    election = report.election
    kind = election.type.value if election.type else "unknown"
    origin = " (stated in the text)" if election.stated else " (known from elsewhere)"
    told = origin if election.date and not stored else ""
    lines = [f"election: {kind}, {_day(election.date, 'day unknown')}{told}"]
    lines.append(f"as of: {_day(report.as_of, 'not stated')}")
    if report.deadline:
        lines.append(f"accreditation ends: {_day(report.deadline, '')}")
    if report.complete:
        lines.append("accreditation is over")
    for count, named, what in (
        (report.organization_count, report.organizations_named, "organizations"),
        (report.country_count, report.countries_named, "states"),
    ):
        if count is not None or named:
            stated = "" if count is None else f"{count} stated; "
            lines.append(f"{what}: {stated}{len(named)} named{': ' if named else ''}{', '.join(named)}")
    return [Text(line) for line in lines]


def _check(check: Check) -> Text:
    word, style = _VERDICTS[check.verdict]
    return Text.assemble((f"{word:6}", style), f"{CHECKS.get(check.kind, check.kind)}: {printable(check_words(check))}")


def _day(day: date | None, otherwise: str) -> str:
    return day.isoformat() if day else otherwise
