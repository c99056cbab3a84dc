"""A report for people: the text with its evidence marked, the figures, the checks in words."""

from __future__ import annotations

from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from accredwatch.cli.console import local, printable, table
from alerts.wording import number
from extract.model import Article, Basis, Check, Figure, Report, Term, Verdict, Where
from storage.views import AcrossCheck, AcrossTerm

_SCOPES = {
    "total": "all international observers",
    "organizations": "from international organizations",
    "countries": "from states",
    "diplomats": "diplomats",
    "domestic": "domestic observers",
    "domestic_organizations": "domestic associations",
    "journalists": "foreign journalists",
}
_CHECKS = {
    "subtotals": "organizations and states against the total",
    "parts": "named parts against their whole",
    "batch": "earlier total and new batch against the total",
    "names": "the stated number of senders against the names",
    "reading": "decided by the sum",
}
_TOTALS = frozenset({"earlier total", "new batch", "total"})
_VERDICTS = {Verdict.HOLDS: ("holds", "green"), Verdict.FAILS: ("FAILS", "red"), Verdict.UNKNOWN: ("open", "yellow")}


def scope_words(scope: str) -> str:
    """Whom a scope counts: 'country:FI' is 'state FI'."""
    if scope in _SCOPES:
        return _SCOPES[scope]
    kind, _, name = scope.partition(":")
    return f"{'state' if kind == 'country' else kind} {name}".strip()


def check_words(check: Check) -> str:
    """A check as a calculation: '322 organizations + 31 countries = 353, not 398 (total): 45 are missing'."""
    if check.kind == "reading":
        return _decided_words(check)
    parts = " + ".join(f"{part.value} {scope_words(part.label)}" for part in check.parts) or "nothing listed"
    whole = f"{check.whole.value} {scope_words(check.whole.label)}"
    if check.verdict is Verdict.HOLDS:
        return f"{parts} = {whole}"
    if check.verdict is Verdict.UNKNOWN:
        return f"{parts} against {whole}: the text does not give every term"
    summed = sum(part.value for part in check.parts)
    gap = check.difference if check.difference is not None else check.whole.value - summed
    slip = f"; likely slip: {check.likely_slip}" if check.likely_slip else ""
    return f"{parts} is not {whole}: {_gap(gap)}{slip}"


def across_words(check: AcrossCheck) -> str:
    """'earlier total 165 (qazaq_tv, 2023-03-02, report 12) + new batch 49 ... is not total 212: 2 too many'."""
    parts = " + ".join(_across_term(part) for part in check.parts)
    whole = f"{check.whole.label} {check.whole.value}"
    if check.verdict is Verdict.HOLDS:
        return f"{parts} = {whole}"
    if check.difference is None:
        return f"{parts} against {whole}: the articles do not tell every term"
    return f"{parts} is not {whole}: {_gap(check.difference)}"


def across_line(check: AcrossCheck) -> Text:
    """The line of the view on the sum with an earlier article."""
    word, style = _VERDICTS[check.verdict]
    return Text.assemble((f"{word:6}", style), f"against earlier articles: {printable(across_words(check))}")


def _across_term(term: AcrossTerm) -> str:
    told = f" ({term.source}, {term.day}, report {term.report})" if term.report is not None else ""
    return f"{term.label} {term.value}{told}"


def _gap(difference: int) -> str:
    return f"{abs(difference)} {'missing' if difference > 0 else 'too many'}"


def _decided_words(check: Check) -> str:
    """'103 is read as the new batch, because 175 + 103 = 278'; of a part, whose whole it belongs to."""
    read = [_read_as(part, check.whole) for part in check.parts if part.decided]
    last = check.parts[-1]
    if last.label == "withdrawn":
        return f"{', '.join(read)}, because {check.whole.value} - {last.value} = {check.parts[0].value}"
    terms = " + ".join(str(part.value) for part in check.parts)
    return f"{', '.join(read)}, because {terms} = {check.whole.value}"


def _read_as(part: Term, whole: Term) -> str:
    if part.label in _TOTALS:
        return f"{part.value} is read as the {part.label}"
    return f"{part.value} ({scope_words(part.label)}) is read as a part of the {whole.value}"


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
    for start, end, positions in _spans(report.figures, where):
        text.append(plain[position:start])
        text.append(f"[{positions}: ", style="bold cyan")
        text.append(plain[start:end], style="bold yellow")
        text.append("]", style="bold cyan")
        position = end
    return text.append(plain[position:])


def _spans(figures: tuple[Figure, ...], where: Where) -> list[tuple[int, int, str]]:
    """Stretches of evidence with the numbers of their figures; those that overlap are one."""
    spans: list[tuple[int, int, list[int]]] = []
    found = [(f.evidence.start, f.evidence.end, n) for n, f in enumerate(figures, 1) if f.evidence.where is where]
    for start, end, position in sorted(found):
        if spans and start < spans[-1][1]:
            first, last, positions = spans[-1]
            spans[-1] = (first, max(last, end), [*positions, position])
        else:
            spans.append((start, end, [position]))
    return [(start, end, ",".join(str(n) for n in sorted(positions))) for start, end, positions in spans]


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
    return Text.assemble(
        (f"{word:6}", style), f"{_CHECKS.get(check.kind, check.kind)}: {printable(check_words(check))}"
    )


def _day(day: date | None, otherwise: str) -> str:
    return day.isoformat() if day else otherwise
