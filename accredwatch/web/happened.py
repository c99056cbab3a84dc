"""What a decision did, in a sentence."""

from __future__ import annotations

from accredwatch.web.report_filters import totals
from storage.answers import Decision
from storage.vocabulary import DecisionKind


def sentence(made: Decision, alerts: int) -> str:
    """'Dispute 3 is settled: 786 stands. Accredited in all: 793 → 786. 1 alert is queued.'"""
    if made.kind is DecisionKind.CLOSE:
        return f"Question {made.review_item} is closed, by {made.by}."
    words = {
        DecisionKind.SETTLE: f"Dispute {made.dispute} is settled{_value(made)}",
        DecisionKind.VOID: f"Report {made.report} is void",
        DecisionKind.RESTORE: f"Report {made.report} counts again",
    }
    told = f"{alerts} {'alert is' if alerts == 1 else 'alerts are'} queued" if alerts else "No channel is told"
    return f"{words[made.kind]}, by {made.by}. Accredited in all: {totals(made)}. {told}."


def _value(made: Decision) -> str:
    after = made.details.get("after")
    value = after.get("value") if isinstance(after, dict) else None
    return f": {value:,} stands" if isinstance(value, int) else ""
