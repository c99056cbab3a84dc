"""`accredwatch review settle`, `void`, `restore`, `log`: what people decide, and what they decided."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy.orm import Session

from accredwatch.cli.console import local, output, print_json, printable
from accredwatch.cli.database import open_database
from accredwatch.cli.state import state
from alerts.render import as_json as to_json
from alerts.wording import number
from foundation.clock import SystemClock
from foundation.errors import ConfigError
from storage import decisions
from storage.answers import Decision, Dispute
from storage.decisions import Decreed, Person
from storage.views import Statement
from storage.vocabulary import Subscription

By = Annotated[str | None, typer.Option(help="Who decides; else the login name.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_WHICH = "say which side is right: either --value N or --report ID"
Work = Callable[[Session, Person, list[Subscription]], Decreed]


def add_to(group: typer.Typer) -> None:
    """Add the commands to `accredwatch review`."""
    for command in (settle, void, restore):
        group.command()(command)
    group.command("log")(log)


def settle(
    context: typer.Context,
    dispute: Annotated[int, typer.Argument(metavar="DISPUTE", help="Id of an open dispute, as review lists it.")],
    value: Annotated[int | None, typer.Option(help="The total that is right; some side states it.")] = None,
    report: Annotated[int | None, typer.Option(help="The report that is right, instead of its total.")] = None,
    note: Annotated[str | None, typer.Option(help="Why; it is kept, and told with the alert.")] = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Settle a dispute: one side's total stands, the others count no more; that is told."""
    if (value is None) == (report is None):
        raise ConfigError(_WHICH)

    def work(session: Session, person: Person, wanted: list[Subscription]) -> Decreed:
        right = decisions.value_in(session, dispute, report) if report is not None else value
        if right is None:
            raise ConfigError(_WHICH)
        return decisions.settle(session, dispute, person, wanted, value=right)

    made = _decide(context, by, note, work)
    _show(made, f"dispute {dispute} is settled: {_after(made)}", as_json=as_json)


def void(
    context: typer.Context,
    report: Annotated[int, typer.Argument(metavar="REPORT", help="Id of a report, as timeline and alerts name it.")],
    note: Annotated[str, typer.Option(help="Why; it is kept, and told with the alerts.")],
    by: By = None,
    as_json: Json = False,
) -> None:
    """Void a report that was misread or is none: it states nothing any more; whoever was told of it is told so."""
    made = _decide(context, by, note, lambda s, person, wanted: decisions.void(s, report, person, wanted))
    _show(made, f"report {report} is void: {_after(made)}", as_json=as_json)


def restore(
    context: typer.Context,
    report: Annotated[int, typer.Argument(metavar="REPORT", help="Id of a voided report.")],
    note: Annotated[str | None, typer.Option(help="Why; it is kept.")] = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Let a voided report count again; what it changes is told as if it had just come."""
    made = _decide(context, by, note, lambda s, person, wanted: decisions.restore(s, report, person, wanted))
    _show(made, f"report {report} counts again: {_after(made)}", as_json=as_json)


def log(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """List what people decided: who, when, why, and what was so before and after."""
    with open_database(state(context).settings()) as database, database.read() as session:
        found = decisions.decisions(session, limit=limit)
    if as_json:
        for decision in found:
            print_json(to_json(decision))
        return
    for decision in found:
        output().print(decision_words(decision))
    if not found:
        output().print("Nothing was decided.")


def login_name() -> str:
    """Who runs this. Raises ConfigError where the account has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise ConfigError("this account has no login name: say with --by who decides") from error


def decision_words(decision: Decision) -> Text:
    """A decision in a line or two."""
    about = (("dispute", decision.dispute), ("report", decision.report), ("item", decision.review_item))
    whose = " ".join(f"{name} {id_}" for name, id_ in about if id_ is not None)
    change = ""
    before, after = decision.details.get("before"), decision.details.get("after")
    if isinstance(before, dict) and isinstance(after, dict) and "total" in before:
        change = f"; total before: {_total(before)}, after: {_total(after)}"
    note = f": {printable(decision.note)}" if decision.note else ""
    return Text.assemble(
        (f"{decision.id}  ", "bold"),
        (f"{decision.kind.value} {whose}", "yellow"),
        f"  {local(decision.made_at)} Almaty, by {printable(decision.by)}{note}{change}",
    )


def dispute_words(dispute: Dispute) -> Text:
    """A dispute with its sides: what was told, and who has changed his mind since."""
    text = Text.assemble(
        (f"{dispute.id}  ", "bold"),
        ("dispute", "red" if dispute.closed_at is None else "green"),
        (f"  {dispute.election}, {dispute.scope} {dispute.status} as of {dispute.day}\n", "bold"),
    )
    for side in dispute.now or dispute.sides:
        text.append(f"   {_said(side)}\n")
    for side in dispute.sides if dispute.now else ():
        if all((s.source, s.value) != (side.source, side.value) for s in dispute.now):
            text.append(f"   before: {_said(side)}\n", style="dim")
    text.append(f"   since {local(dispute.opened_at)} Almaty\n", style="dim")
    if dispute.closed_at is not None:
        stands = f": {dispute.value:,} stands" if dispute.value is not None else ""
        text.append(f"   {dispute.outcome} {local(dispute.closed_at)}{stands}\n", style="green")
    return text


def _said(side: Statement) -> str:
    said = f"{number(side.value, side.approx)} says {side.source}, {side.day}, report {side.report}"
    return f"{said}: “{printable(side.sentence)}”" if side.sentence else said


def _decide(context: typer.Context, by: str | None, note: str | None, work: Work) -> Decreed:
    settings = state(context).settings()
    person = Person(by=by or login_name(), note=note, now=SystemClock().now())
    wanted = [channel.subscription() for channel in settings.enabled_channels]
    with open_database(settings) as database, database.write() as session:
        return work(session, person, wanted)


def _after(made: Decreed) -> str:
    after = made.decision.details["after"]
    return f"the accredited total is {_total(after)}" if isinstance(after, dict) else ""


def _total(of: dict[str, object]) -> str:
    return "unknown" if of.get("total") is None else f"{of['total']:,}"


def _show(made: Decreed, words: str, *, as_json: bool) -> None:
    if as_json:
        print_json(to_json(made))
        return
    told = f"; {made.alerts} {'alert' if made.alerts == 1 else 'alerts'} queued" if made.changes else ""
    output().print(printable(words + told))
