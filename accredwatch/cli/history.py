"""`accredwatch timeline`, `show`, `sources`: what is recorded."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy.orm import Session

from accredwatch.cli.console import local, output, print_json, printable, table
from accredwatch.cli.database import open_database
from accredwatch.cli.decide import decision_words, dispute_words
from accredwatch.cli.report_view import across_line, render
from accredwatch.cli.state import state
from accredwatch.report_words import scope_words
from alerts.render import as_json as to_json
from alerts.render import fields_of
from alerts.wording import number
from extract.model import Article, Basis, Election, Figure, Report, Status
from foundation.clock import SystemClock
from foundation.errors import NotFound
from foundation.nearest import suggestion
from scheduler.health import Condition
from scheduler.overview import SourceStatus, source_status
from storage import queries
from storage.answers import ElectionSummary, ReportView, TimelineRow
from storage.source_views import SourceSummary
from storage.views import RecordedChange

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (timeline, show, sources):
        app.command()(command)


def timeline(
    context: typer.Context,
    election: Annotated[
        str | None,
        typer.Argument(
            metavar="[ELECTION]", help="Key of an election, or how it begins: 2023-03-19-parliamentary, 2023."
        ),
    ] = None,
    scope: Annotated[
        str | None, typer.Option(help="Only figures of this scope: total, organization:CIS, country:FI.")
    ] = None,
    status: Annotated[Status | None, typer.Option(help="Only figures of this status.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Parts and subtotals too, not only main figures.")] = False,
    as_json: Json = False,
) -> None:
    """Show the elections on record, or how the numbers of one of them grew, with who said so."""
    settings = state(context).settings()
    with open_database(settings) as database, database.read() as session:
        summaries = queries.elections(session)
        if election is None:
            _show_elections(summaries, as_json=as_json)
            return
        found = pick_election(summaries, election)
        rows = queries.timeline(session, found.election.key, scope=scope, status=status)
    if not everything and scope is None:
        rows = _main_rows(rows)
    if as_json:
        for row in rows:
            print_json(to_json(row))
        return
    _show_timeline(found, rows)


def print_timeline(session: Session, election: str) -> None:
    """Print how the numbers of an election grew, as `accredwatch timeline ELECTION` does.

    Raises NotFound if nothing of it is on record.
    """
    found = pick_election(queries.elections(session), election)
    _show_timeline(found, _main_rows(queries.timeline(session, found.election.key)))


def show(
    context: typer.Context,
    report: Annotated[int, typer.Argument(metavar="ID", help="Id of a report, as timeline and alerts name it.")],
    as_json: Json = False,
) -> None:
    """Show a report: its article with the evidence marked, its figures, checks and changes."""
    settings = state(context).settings()
    with open_database(settings) as database, database.read() as session:
        view = queries.show(session, report)
        across = queries.across(session, report)
    if as_json:
        print_json({**fields_of(view), "across": to_json(across)})
        return
    console = output()
    console.print(render(_heading(view), *_as_read(view), stored=True))
    if across is not None:
        console.print(across_line(across))
    if view.voided is not None:
        console.print(Text("VOID, it states nothing any more: ", "red") + decision_words(view.voided))
    for dispute in view.disputes:
        console.print(dispute_words(dispute))
    for change in view.changes:
        console.print(f"change {change.id}: {_change_words(change)}")


def sources(context: typer.Context, as_json: Json = False) -> None:
    """Show the sources: when each was crawled, what it brought, whether it fails."""
    settings = state(context).settings()
    with open_database(settings) as database, database.read() as session:
        summaries = {summary.state.source: summary for summary in queries.sources(session)}
        conditions = {one.source: one for one in source_status(session, settings.source, SystemClock().now())}
    if as_json:
        for source in settings.source:
            known = summaries.get(source.key)
            condition = fields_of(conditions[source.key])
            row = {key: condition[key] for key in ("source", "name", "enabled", "condition", "since", "seen")}
            print_json({**row, "record": to_json(known) if known else None})
        return
    made = table(
        "source", "name", "languages", "last success", "articles", "reports", "state", numbers=("articles", "reports")
    )
    for source in settings.source:
        known = summaries.get(source.key)
        success = local(known.state.last_success_at) if known else "-"
        counts = (str(known.articles), str(known.reports)) if known else ("0", "0")
        made.add_row(
            source.key,
            source.name,
            " ".join(source.languages),
            success,
            *counts,
            _source_state(conditions[source.key], known),
        )
    output().print(made)


def _source_state(source: SourceStatus, known: SourceSummary | None) -> Text:
    if not source.enabled:
        return Text("disabled", "dim")
    if known is None or known.state.last_attempt_at is None:
        return Text("never crawled", "yellow")
    if not source.well and source.condition is not Condition.OVERDUE:
        return _in_trouble(source)
    if known.state.consecutive_errors:
        last = known.last_run.errors[0] if known.last_run and known.last_run.errors else "see the log"
        return Text(f"failed {known.state.consecutive_errors} times: {printable(last)}", "red")
    if known.figures_outside_body:
        articles = "article" if known.figures_outside_body == 1 else "articles"
        return Text(f"figures outside the body of {known.figures_outside_body} {articles}: see `review`", "yellow")
    in_order = Text("in order" if known.state.baseline_finished_at else "first crawl not complete", "green")
    return in_order if source.well else _in_trouble(source)


def _in_trouble(source: SourceStatus) -> Text:
    words = f"{source.condition or ''} since {local(source.since)}".replace("_", " ")
    return Text(f"{words}: {printable(source.seen)}" if source.seen else words, "red")


def pick_election(summaries: tuple[ElectionSummary, ...], wanted: str) -> ElectionSummary:
    """The election of this key, or the only one whose key begins so. Raises NotFound."""
    exact = [s for s in summaries if s.election.key == wanted]
    begun = exact or [s for s in summaries if s.election.key.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    keys = [s.election.key for s in begun or summaries]
    if begun:
        raise NotFound(f"{wanted!r} begins the keys of {len(begun)} elections: {', '.join(keys)}; name one of them")
    hint = suggestion(wanted, keys) or "; no election is on record yet: run `accredwatch crawl`"
    raise NotFound(f"no election on record is called {wanted!r}{hint}")


def _show_elections(summaries: tuple[ElectionSummary, ...], *, as_json: bool) -> None:
    if as_json:
        for summary in summaries:
            print_json(to_json(summary))
        return
    if not summaries:
        output().print("Nothing is on record yet: run `accredwatch crawl`.")
        return
    made = table("election", "accredited", "as of", "sources", "reports", "", numbers=("accredited", "reports"))
    for summary in summaries:
        total = summary.accredited
        value = number(total.figure.value, total.figure.approx) if total else "-"
        day = total.figure.day.isoformat() if total else "-"
        who = ", ".join(total.sources) if total else "-"
        notes = (["complete"] if summary.complete else []) + (["DISPUTED"] if total and total.disputed else [])
        made.add_row(summary.election.key, value, day, who, str(summary.reports), " ".join(notes))
    output().print(made)
    output().print("\n`accredwatch timeline ELECTION` shows how a number came about.", style="dim")


def _main_rows(rows: tuple[TimelineRow, ...]) -> tuple[TimelineRow, ...]:
    return tuple(row for row in rows if row.headline or row.figure.scope == "total")


def _show_timeline(found: ElectionSummary, rows: tuple[TimelineRow, ...]) -> None:
    made = table("day", "observers", "", "whose", "status", "source", "report", "", numbers=("observers", "report"))
    for row in rows:
        figure = row.figure
        notes = [
            word
            for word, holds in (
                ("VOID", row.voided),
                (f"DISPUTE {row.dispute}", row.dispute is not None),
                ("CONFLICT", row.conflict and row.dispute is None),
                ("overruled", row.overruled),
                ("repeats", row.repeats),
                ("stale", row.stale and not row.overruled),
            )
            if holds
        ]
        cells = (
            figure.day.isoformat(),
            number(figure.value, figure.approx),
            _basis(figure.basis),
            "all" if figure.scope == "total" else scope_words(figure.scope),
        )
        in_question = row.conflict or row.dispute is not None
        style = "red" if in_question else "dim" if row.repeats or row.stale or row.voided else None
        made.add_row(*cells, figure.status.value, figure.source, str(figure.report), " ".join(notes), style=style)
    output().print(f"{found.election.key}{' (accreditation is over)' if found.complete else ''}\n", style="bold")
    output().print(made)
    for dispute in found.disputes:
        output().print()
        output().print(dispute_words(dispute))
    if found.disputes:
        output().print("`accredwatch review settle ID --value N` settles a dispute.", style="dim")
    output().print("\n`accredwatch show REPORT` shows a report with its evidence.", style="dim")


def _basis(basis: Basis) -> str:
    return "in all" if basis is Basis.CUMULATIVE else "new"


def _heading(view: ReportView) -> str:
    fate = ", superseded" if view.superseded else ", void" if view.voided else ""
    revision = f"revision {view.revision} of {view.revisions}{fate}"
    return (
        f"report {view.id} · {revision} · fetched {local(view.article.fetched_at)} Almaty, found via {view.found_via}"
    )


def _as_read(view: ReportView) -> tuple[Article, Report]:
    """The stored report in the types of reading, for the same view as `extract` has."""
    article = Article(
        title=view.title,
        paragraphs=tuple(view.body.split("\n")),
        language=view.article.language,
        url=view.article.url,
        source=view.article.source,
        published=view.article.published,
        published_from=view.published_from,
    )
    figures = tuple(Figure(f.scope, f.status, f.basis, f.value, f.approx, f.evidence) for f in view.figures)
    election = Election(view.election.type, view.election.date) if view.election else Election()
    report = Report(
        relevant=bool(figures),
        election=election,
        as_of=view.as_of,
        complete=view.complete,
        deadline=view.deadline,
        organization_count=view.organization_count,
        country_count=view.country_count,
        countries_named=view.countries_named,
        organizations_named=view.organizations_named,
        figures=figures,
        headline=next((n for n, figure in enumerate(view.figures) if figure.headline), None),
        checks=view.checks,
        unknown_names=view.unknown_names,
    )
    return article, report


def _change_words(recorded: RecordedChange) -> str:
    change = recorded.change
    figure = change.figure
    value = f" {number(figure.value, figure.approx)} {scope_words(figure.scope)}, {figure.status}" if figure else ""
    before = f", before: {number(change.previous.value, change.previous.approx)}" if change.previous else ""
    held = " (held: part of the first crawl)" if recorded.held else ""
    if change.settlement is not None:
        value = f" dispute {change.settlement.dispute}, {change.settlement.outcome}{value and ':'}{value}"
    return f"{change.kind}{value}{before}, {recorded.election.key}, {change.day}{held}"
