"""Several alerts in one message: a digest, or the news of one meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from alerts.message import Json, Message
from alerts.text import safe_url, shorten
from storage.views import Alert

KIND = "digest"
"""The `kind` of such a message for programs."""
TITLE_LIMIT = 70


def bundle(alert: Alert, render_one: Callable[[Alert], Message]) -> Message:
    """The message of an alert and of those that it carries, each told as `render_one` tells it alone.

    Programs get every alert with its own key and the fields that it has alone. Raises what `render_one` raises.
    """
    alone = [replace(alert, carries=()), *alert.carries]
    told = [render_one(one) for one in alone]
    lines = (_line(one, message) for one, message in zip(alone, told, strict=True))
    alerts: list[Json] = [{"key": message.key, **message.fields} for message in told]
    return Message(
        title=shorten(f"{len(told)} news, the latest: {told[-1].title}", TITLE_LIMIT),
        body="\n".join((*lines, "", f"Alert {alert.key}")),
        key=alert.key,
        fields={"kind": KIND, "alerts": alerts},
        warning=any(message.warning for message in told),
    )


def acknowledgement(alert: Alert) -> dict[str, Json]:
    """Who has seen to the alert's news, for programs; null where nobody has."""
    return {"acknowledged_by": alert.acknowledged_by}


def _line(alert: Alert, message: Message) -> str:
    """The alert's title, and where to read on."""
    if alert.change is None:
        return f"- {message.title}"
    url = safe_url(alert.change.article.url)
    return "\n  ".join(filter(None, (f"- {message.title} (report {alert.change.report})", url)))
