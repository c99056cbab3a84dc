"""A stored change, or a notice on a source, becomes a message.

The first line of a rendered template is the title, the rest the body. Everything that comes from a page is made
inert before a template sees it, and the sandbox keeps a template from more than it is given: a mistake in either
alone harms nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import PackageLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError

from alerts import wording
from alerts.bundles import acknowledgement, bundle
from alerts.message import Json, Message
from alerts.notices import notice_context
from alerts.sandbox import Sandbox
from alerts.text import clean, inert, safe_url, shorten
from foundation.errors import DeliveryError
from storage.source_views import Notice
from storage.views import Alert, Change, Confirmation, Correction, Decided, RecordedChange, Settlement, Statement
from storage.vocabulary import ChangeKind, NoticeKind

TITLE_LIMIT = 70
SENTENCE_LIMIT = 500
NOTE_LIMIT = 300
NAME_LIMIT = 60
_BLANK_LINES = re.compile(r"\n{3,}")
_WARNINGS = frozenset({ChangeKind.CONFLICT, ChangeKind.CORRECTED, ChangeKind.WITHDRAWN})


def render(alert: Alert, time_zone: str, names: Mapping[str, str] | None = None) -> Message:
    """The alert as a message, instants in the zone, sources called by `names` (key to name) where they have one.

    Raises DeliveryError, permanent, if the template fails.
    """
    if alert.carries:
        return bundle(alert, lambda one: render(one, time_zone, names))
    if alert.notice is not None:
        return _notice_message(alert.key, alert.notice, time_zone, names or {})
    if alert.change is None:
        raise DeliveryError(f"alert {alert.id} tells of nothing", permanent=True)
    recorded = alert.change
    change = _inert_change(recorded.change)
    context = {
        "key": alert.key,
        "change": change,
        "election": recorded.election,
        "report": recorded.report,
        "zone": ZoneInfo(time_zone),
        "held": recorded.held,
        "article": replace(recorded.article, title=_inert(recorded.article.title), url=safe_url(recorded.article.url)),
        "names": dict(names or {}),
        "confirmation": alert.confirmation,
    }
    title, body = _fill(change.kind, context)
    return Message(
        title=title,
        body=body,
        key=alert.key,
        fields=alert_fields(recorded, alert.confirmation) | acknowledgement(alert),
        warning=change.kind in _WARNINGS,
    )


def _notice_message(key: str, notice: Notice, time_zone: str, names: Mapping[str, str]) -> Message:
    recovered = notice.kind is NoticeKind.RECOVERED
    context = {"key": key, **notice_context(notice, ZoneInfo(time_zone), names)}
    template = "recovered" if recovered else "trouble"
    title, body = _fill(template, context)
    return Message(title=title, body=body, key=key, fields=notice_fields(notice), warning=not recovered)


def _fill(template: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Title and body. Raises DeliveryError, permanent, if the template fails."""
    try:
        text = _environment().get_template(f"{template}.txt.j2").render(context)
    except (TemplateError, SecurityError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise DeliveryError(
            f"the template of {template} fails: {type(error).__name__}: {error}", permanent=True
        ) from error
    title, _, body = text.strip().partition("\n")
    return shorten(clean(title), TITLE_LIMIT), _BLANK_LINES.sub("\n\n", body).strip()


def notice_fields(notice: Notice) -> dict[str, Json]:
    """The notice with all its fields, as JSON has them: instants in UTC."""
    content = fields_of(notice)
    details = content.pop("details")
    return {"notice_id": content.pop("id"), **content, **(details if isinstance(details, dict) else {})}


def alert_fields(recorded: RecordedChange, confirmation: Confirmation | None = None) -> dict[str, Json]:
    """The change and how far it is confirmed, with all typed fields, as JSON has them: instants in UTC, days in ISO."""
    content = fields_of(recorded)
    change = content.pop("change")
    if isinstance(change, dict):
        change.pop("election")
        content.pop("held")
        content = {"change_id": content.pop("id"), **change, "increase": recorded.change.increase, **content}
    confirmed = fields_of(confirmation) | {"reached": confirmation.reached} if confirmation else None
    content["confirmation"] = confirmed
    return content


def fields_of(value: object) -> dict[str, Json]:
    """A dataclass as a JSON object. Raises TypeError for anything else."""
    content = as_json(value)
    if not isinstance(content, dict):
        raise TypeError(f"{type(value).__name__} is no dataclass, so its JSON is no object")
    return content


def as_json(value: object) -> Json:
    """Dataclasses, dates and enumerations as JSON values.

    Texts are without control and bidirectional characters, and a field `url` holds an http(s) URL or null.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date):
        return _instant(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, tuple | list):
        return [as_json(v) for v in value]
    if isinstance(value, Mapping):
        return {str(name): as_json(content) for name, content in value.items()}
    if is_dataclass(value):
        return {
            f.name: safe_url(getattr(value, f.name)) if f.name == "url" else as_json(getattr(value, f.name))
            for f in fields(value)
        }
    raise TypeError(f"{type(value).__name__} has no form in JSON here")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


@cache
def _environment() -> Sandbox:
    environment = Sandbox(
        loader=PackageLoader("alerts"),
        undefined=StrictUndefined,
        # Messages are plain text; what pages say was made inert before it comes here.
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        number=wording.number,
        signed=wording.signed,
        observers=wording.observers,
        sender=wording.sender,
        counted=wording.counted,
        poll=wording.poll,
        instant=wording.instant,
        apart=wording.apart,
        either=wording.either,
    )
    return environment


def _inert(text: str | None) -> str | None:
    return None if text is None else inert(text)


def _inert_scope(scope: str) -> str:
    """The name of a body that no table knows is the page's words."""
    kind, mark, name = scope.partition(":")
    return f"{kind}{mark}{inert(name)}"


def _inert_statement(statement: Statement) -> Statement:
    return replace(
        statement,
        scope=_inert_scope(statement.scope),
        url=safe_url(statement.url),
        title=_inert(statement.title),
        quote=shorten(inert(statement.quote), SENTENCE_LIMIT),
        sentence=shorten(inert(statement.sentence or statement.quote), SENTENCE_LIMIT),
    )


def _maybe(statement: Statement | None) -> Statement | None:
    return None if statement is None else _inert_statement(statement)


def _inert_change(change: Change) -> Change:
    check = change.check
    if check is not None:
        check = replace(
            check,
            whole=replace(check.whole, label=inert(check.whole.label)),
            parts=tuple(replace(p, label=inert(p.label)) for p in check.parts),
            likely_slip=_inert(check.likely_slip),
        )
    return replace(
        change,
        figure=_maybe(change.figure),
        previous=_maybe(change.previous),
        against=tuple(_inert_statement(s) for s in change.against),
        also=tuple(_inert_statement(s) for s in change.also),
        corrections=tuple(Correction(old=_maybe(c.old), new=_maybe(c.new)) for c in change.corrections),
        check=check,
        settlement=_inert_settlement(change.settlement),
        decided=_inert_decided(change.decided),
    )


def _inert_settlement(settlement: Settlement | None) -> Settlement | None:
    if settlement is None:
        return None
    stands, gave_way = (tuple(map(_inert_statement, side)) for side in (settlement.stands, settlement.gave_way))
    return replace(settlement, stands=stands, gave_way=gave_way)


def _inert_decided(decided: Decided | None) -> Decided | None:
    if decided is None:
        return None
    note = None if decided.note is None else shorten(inert(decided.note), NOTE_LIMIT)
    return replace(decided, by=shorten(inert(decided.by), NAME_LIMIT), note=note)
