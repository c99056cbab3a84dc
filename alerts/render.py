"""A stored change, a notice on a source, or several in one message become what is sent.

The first line of a rendered template is the title, the rest the body. Everything that comes from a page is made
inert before a template sees it, and the sandbox keeps a template from more than it is given: a mistake in either
alone harms nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime

import structlog

from alerts.digest import drafts_of_digest, together
from alerts.fitting import write
from alerts.material import drafts
from alerts.message import Json, Message
from alerts.sandbox import Sandbox
from alerts.style import Style
from alerts.templating import Filled, built_in, edited
from alerts.text import clean, safe_url
from foundation.errors import DeliveryError
from storage.source_views import Notice
from storage.views import Alert, Confirmation, RecordedChange
from storage.vocabulary import ChangeKind, NoticeKind

log = structlog.get_logger(__name__)

_WARNINGS = frozenset({ChangeKind.CONFLICT, ChangeKind.CORRECTED, ChangeKind.WITHDRAWN})


def render(alert: Alert, style: Style) -> Message:
    """The alert as a message in the style of its channel, with those that it carries.

    Where an edited template fails, the built-in ones write the message, and the log tells. Raises DeliveryError,
    permanent, if they fail too.
    """
    text = _written(alert, style)
    return Message(
        title=text.title,
        body=text.body,
        key=alert.key,
        fields=message_fields(alert),
        warning=any(map(_is_warning, together(alert))),
    )


def render_strictly(alert: Alert, style: Style) -> Filled:
    """Title and body by the style's templates alone. Raises DeliveryError, permanent, if one fails."""
    environment = edited(style.language, style.templates) if style.templates else built_in(style.language)
    return _write(alert, style, environment)


def _written(alert: Alert, style: Style) -> Filled:
    if style.templates is not None:
        try:
            return render_strictly(alert, style)
        except DeliveryError as error:
            log.warning("alert_template_failed", channel=alert.channel, key=alert.key, alert=alert.id, error=str(error))
    return _write(alert, style, built_in(style.language))


def _write(alert: Alert, style: Style, environment: Sandbox) -> Filled:
    made = drafts_of_digest(alert, style, environment) if alert.carries else drafts(alert, style)
    return write(made, style, environment)


def _is_warning(alert: Alert) -> bool:
    if alert.notice is not None:
        return alert.notice.kind is not NoticeKind.RECOVERED
    return alert.change is not None and alert.change.change.kind in _WARNINGS


def message_fields(alert: Alert) -> dict[str, Json]:
    """What programs get of an alert; of one that carries others, those of each with its key, oldest first."""
    if alert.carries:
        return {"kind": "digest", "alerts": [{"key": one.key, **_own_fields(one)} for one in together(alert)]}
    return _own_fields(alert)


def _own_fields(alert: Alert) -> dict[str, Json]:
    if alert.notice is not None:
        return notice_fields(alert.notice)
    if alert.change is None:
        return {}
    seen_to = {"acknowledged_by": alert.acknowledged_by, "acknowledged_note": alert.acknowledged_note}
    return {**alert_fields(alert.change, alert.confirmation), **seen_to}


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
