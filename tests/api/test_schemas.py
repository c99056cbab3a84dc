"""The JSON Schemas fit what is really written, and notice what is not."""

from __future__ import annotations

import json
from typing import Any

import httpx
import jsonschema_rs
import pytest

from accredwatch.cli import main
from accredwatch.schemas import SchemaName, schema
from alerts.message import Message
from alerts.render import alert_fields, notice_fields
from alerts.webhook import payload
from extract import read
from extract.serialize import to_dict
from storage import queries
from storage.database import Database
from storage.notices import tell
from storage.source_views import NoticeDetails
from storage.views import Confirmation
from storage.vocabulary import NoticeKind
from tests.storage.campaign import march

STORY = (
    "CEC accredits 120 observers\n\nThe Central Election Commission of Kazakhstan has accredited 120 international"
    " observers for the parliamentary elections of March 19, 2023. Of them, 80 represent five international"
    " organizations and 45 represent 12 states, its secretary said on March 1, 2023.\n"
)


def validator(name: SchemaName) -> Any:  # noqa: ANN401 - its type is private
    return jsonschema_rs.Draft202012Validator(schema(name), validate_formats=True)


def sent(fields: Any) -> Any:  # noqa: ANN401 - JSON
    return json.loads(payload(Message(title="Title", body="Text", key="key", fields=fields)))


def test_what_was_read_fits_and_a_mistake_does_not() -> None:
    written = json.loads(json.dumps(to_dict(*read(STORY, url="https://paper.example/1"))))
    fits = validator(SchemaName.REPORT)

    assert written["figures"]
    assert written["checks"]
    assert [error.message for error in fits.iter_errors(written)] == []
    for name, wrong in (("as_of", "1 March"), ("figures", [{"value": "120"}]), ("relevant", None)):
        assert not fits.is_valid({**written, name: wrong}), name
    assert not fits.is_valid({name: value for name, value in written.items() if name != "headline"})
    assert not fits.is_valid({**written, "figures": [{**written["figures"][0], "status": "invited"}]})


def test_every_alert_on_a_change_fits(campaign: Database) -> None:
    fits = validator(SchemaName.WEBHOOK)
    with campaign.read() as session:
        changes = queries.changes(session)
    confirmation = Confirmation(wanted=2, sources=("kazinform",), until=march(18))

    assert len({recorded.change.kind for recorded in changes}) >= 6
    for recorded in changes:
        for confirmed in (None, confirmation):
            body = sent(alert_fields(recorded, confirmed))
            assert [error.message for error in fits.iter_errors(body)] == [], recorded.change.kind
            assert not fits.is_valid({**body, "status": "invited"})
            assert not fits.is_valid({name: value for name, value in body.items() if name != "change_id"})


def test_a_notice_and_a_test_message_fit(sqlite_database: Database) -> None:
    fits = validator(SchemaName.WEBHOOK)
    with sqlite_database.write() as session:
        details = NoticeDetails(seen="https://kazinform.example/ answers 500")
        notice = tell(
            session, "kazinform", NoticeKind.FAILING, since=march(1), details=details, subscriptions=(), now=march(2)
        )

    body = sent(notice_fields(notice))
    assert [error.message for error in fits.iter_errors(body)] == []
    assert not fits.is_valid({**body, "since": "yesterday"})
    assert fits.is_valid(sent({"kind": "test"}))
    assert not fits.is_valid(sent({"kind": "news"}))


@pytest.mark.parametrize("name", SchemaName)
def test_the_command_prints_what_the_interface_answers(
    name: SchemaName, client: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", name.value]) == 0
    assert json.loads(capfd.readouterr().out) == schema(name) == client.get(f"/api/v1/schemas/{name}").json()
