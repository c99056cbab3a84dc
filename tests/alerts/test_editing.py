"""Templates that people edit: they win, they are checked beforehand, and their faults lose no alert."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from alerts.editing import copy_templates, problems
from alerts.examples import NAMES, example, example_digest
from alerts.render import render, render_strictly
from alerts.settings import AlertSettings, Channel
from alerts.style import LANGUAGES, Style
from alerts.templating import TemplateFailed
from foundation.errors import ConfigError
from storage.vocabulary import ChangeKind, NoticeKind
from tests.alerts.desk import Desk
from tests.alerts.receivers import WebhookReceiver

TITLE = '{% extends "alert.txt.j2" %}\n{% block title %}\n{{ change.figure.value | number }} now\n{% endblock %}\n'
ALERT = example(ChangeKind.NEW_TOTAL)


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_wins_by_its_name_and_the_rest_is_ours(tmp_path: Path) -> None:
    put(tmp_path, "new_total.txt.j2", TITLE)
    style = Style(names=NAMES, templates=tmp_path)
    assert render(ALERT, style).title == "KZ 2023-03-19: 793 now"
    assert render(ALERT, style).body.endswith("Report 17, alert 6f1c2e9a-0000-4000-8000-000000000001")
    other = example(ChangeKind.NEW_PART)
    assert render(other, style) == render(other, Style(names=NAMES))


def test_a_languages_own_file_goes_before_the_one_for_all(tmp_path: Path) -> None:
    put(tmp_path, "new_total.txt.j2", TITLE)
    put(tmp_path, "ru/new_total.txt.j2", TITLE.replace("now", "сейчас"))
    titles = [render(ALERT, Style(language, templates=tmp_path)).title for language in LANGUAGES]
    assert titles == ["KZ 2023-03-19: 793 now", "РК, 19.03.2023: 793 сейчас", "ҚР, 19.03.2023: 793 now"]


def test_an_edit_counts_from_the_next_alert_on(tmp_path: Path) -> None:
    path = put(tmp_path, "new_total.txt.j2", TITLE)
    style = Style(templates=tmp_path)
    assert render(ALERT, style).title.endswith("793 now")
    before = path.stat().st_mtime
    put(tmp_path, "new_total.txt.j2", TITLE.replace("now", "then"))
    os.utime(path, (before + 5, before + 5))
    assert render(ALERT, style).title.endswith("793 then")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("{% if %}", 1, "TemplateSyntaxError"),
        ('{% extends "alert.txt.j2" %}\n{% block title %}{{ change.figur.value }}{% endblock %}', 2, "UndefinedError"),
        ("one\n{{ 'x' * 9 }}", 2, "SecurityError"),
        ("one\n\n{{ change.__class__.__mro__ }}", 3, "SecurityError"),
        ('{% include "new_total.txt.j2" %}', 1, "RecursionError"),
        ('{% include "../../../etc/passwd" %}', 1, "TemplateNotFound"),
        ("{{ report | day }}", 1, "AttributeError"),
    ],
)
def test_a_template_that_fails_loses_no_alert_and_is_told(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = put(tmp_path, "new_total.txt.j2", text)
    style = Style(names=NAMES, templates=tmp_path)
    with capture_logs() as logged:
        message = render(ALERT, style)
    assert message == render(ALERT, Style(names=NAMES))
    (told,) = logged
    assert (told["event"], told["log_level"], told["channel"]) == ("alert_template_failed", "warning", "desk")
    assert f"{path}, line {line}: {reason}" in told["error"]
    (found, *_) = problems(tmp_path, "en")
    assert found.startswith(f"{path}, line {line}: {reason}")
    with pytest.raises(TemplateFailed) as caught:
        render_strictly(ALERT, style)
    assert caught.value.permanent


def test_a_file_that_is_no_utf8_and_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "new_total.txt.j2").write_bytes(b"\xff\xfe")
    assert render(ALERT, Style(templates=tmp_path)) == render(ALERT, Style())
    assert "UnicodeDecodeError" in problems(tmp_path, "en")[0]
    gone = tmp_path / "gone"
    assert render(ALERT, Style(templates=gone)) == render(ALERT, Style())
    assert problems(gone, "en") == (
        f"there is no folder of templates {gone}; make it with `accredwatch alerts templates {gone}`",
    )


def test_a_slip_in_a_files_name_is_found(tmp_path: Path) -> None:
    path = put(tmp_path, "ru/new_totals.txt.j2", TITLE)
    put(tmp_path, "_own.j2", "{% macro now() %}now{% endmacro %}")
    assert problems(tmp_path, "kk") == ()
    (found,) = problems(tmp_path, "ru")
    assert found.startswith(f"{path}: no template has this name; did you mean new_total.txt.j2")


def test_the_copy_is_whole_writes_the_same_and_spoils_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    written = copy_templates(folder)
    assert {path.parent.name for path in written} == set(LANGUAGES)
    for language in LANGUAGES:
        assert problems(folder, language) == ()
        for alert in (*(example(kind) for kind in (*ChangeKind, *NoticeKind)), example_digest()):
            ours, theirs = Style(language, names=NAMES), Style(language, names=NAMES, templates=folder)
            assert render(alert, theirs) == render(alert, ours)
    (folder / "en" / "short.txt.j2").unlink()
    put(folder, "ru/new_total.txt.j2", TITLE)
    with pytest.raises(ConfigError, match="is there already"):
        copy_templates(folder)
    assert (folder / "ru" / "new_total.txt.j2").read_text(encoding="utf-8") == TITLE
    assert not (folder / "en" / "short.txt.j2").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="templates cannot be written there"):
        copy_templates(tmp_path / "file")


def test_an_alert_arrives_though_its_template_fails(tmp_path: Path, receiver: WebhookReceiver) -> None:
    put(tmp_path, "texts/new_total.txt.j2", "{{ nothing }}")
    desk = Desk.open(tmp_path, receiver.url, settings=AlertSettings(templates=str(tmp_path / "texts")))
    try:
        desk.publish()
        with capture_logs() as logged:
            assert desk.deliver().sent == 1
    finally:
        desk.close()
    assert [entry["event"] for entry in logged if entry["log_level"] == "warning"] == ["alert_template_failed"]
    assert b"101 observers accredited" in receiver.requests[0].body


def test_a_channels_folder_goes_before_the_one_of_all_and_starts_at_the_configuration(tmp_path: Path) -> None:
    channel = Channel.model_validate({"name": "desk", "url": "json://h", "templates": "own"})
    assert channel.style({}, tmp_path, "all").templates == tmp_path / "own"
    other = Channel.model_validate({"name": "desk", "url": "json://h"})
    assert other.style({}, tmp_path, "all").templates == tmp_path / "all"
    assert other.style({}, tmp_path).templates is None
