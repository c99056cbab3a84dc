"""The questions of `accredwatch init`, on a terminal; what is given by an option is not asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from getpass import getpass
from typing import Any
from urllib.parse import quote
from zoneinfo import available_timezones

from rich.console import Console
from rich.prompt import Confirm, Prompt

from accredwatch.setup.answers import DEFAULT_DATABASE, Answers, database_url
from foundation.errors import AccredwatchError

_LANGUAGES = ["en", "ru", "kk"]


def ask(console: Console, given: Mapping[str, Any], sources: Mapping[str, str]) -> Answers:
    """Ask for everything that is not `given` (by the names of Answers), until each answer can be used.

    `sources` are the names of those that can be chosen, by key. Raises ConfigError for what is given.
    """
    asking = _Asking(console, sources, dict(given))
    asking.about("contact", lambda: _text(console, "Your mail address or web page, for the outlets' administrators"))
    asking.about("database", lambda: _database(console))
    asking.about("sources", lambda: _sources(console, sources))
    asking.about("channel_url", lambda: _channel(console))
    if asking.answers.get("channel_url"):
        asking.about("language", lambda: _choice(console, "Language of alerts", _LANGUAGES))
    asking.about("time_zone", lambda: _time_zone(console))
    asking.about("web", lambda: Confirm.ask("Make a token for the page, to decide there", console=console))
    return asking.result()


class _Asking:
    """One question after the other; an answer that cannot be used is asked for again."""

    def __init__(self, console: Console, sources: Mapping[str, str], answers: dict[str, Any]) -> None:
        self._console = console
        self._known = list(sources)
        self.answers = answers

    def about(self, name: str, question: Callable[[], Any]) -> None:
        if name in self.answers:
            return
        while True:
            answer = question()
            try:
                Answers(**{name: answer}).checked(self._known)
            except AccredwatchError as error:
                self._console.print(str(error).partition(": ")[2] or str(error), style="red")
                continue
            self.answers[name] = answer
            return

    def result(self) -> Answers:
        return Answers(**self.answers).checked(self._known)


def _choice(console: Console, question: str, choices: list[str]) -> str:
    return Prompt.ask(question, console=console, choices=choices, default=choices[0])


def _text(console: Console, question: str, default: str = "") -> str:
    return Prompt.ask(question, console=console, default=default, show_default=bool(default)).strip()


def _required(console: Console, question: str) -> str:
    while not (answer := Prompt.ask(question, console=console, default="", show_default=False).strip()):
        console.print("is needed", style="red")
    return answer


def _hidden(console: Console, question: str, *, needed: bool = True) -> str:
    # It asks once the terminal has stopped showing what is typed, so that nothing typed early is seen.
    while not (answer := getpass(f"{question} (not shown): ").strip()) and needed:
        console.print("is needed", style="red")
    return answer


def _database(console: Console) -> str:
    kind = _choice(console, "Database", ["sqlite", "postgresql"])
    if kind == "sqlite":
        file = DEFAULT_DATABASE.removeprefix("sqlite:///")
        return database_url(_text(console, "Its file", file))
    return _hidden(console, "Its URL, as in postgresql://USER:PASSWORD@HOST/NAME")


def _sources(console: Console, sources: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key for key, name in sources.items() if Confirm.ask(f"Crawl {name}", console=console, default=True))


def _time_zone(console: Console) -> str:
    while (zone := _text(console, "Time zone of alerts and page", "Asia/Almaty")) not in available_timezones():
        console.print("is no time zone; write one such as Asia/Almaty or Europe/Vienna", style="red")
    return zone


def _channel(console: Console) -> str:
    kinds: dict[str, Callable[[Console], str]] = {
        "none": lambda _: "",
        "mail": _mail,
        "telegram": _telegram,
        "webhook": _webhook,
        "other": _other,
    }
    return kinds[_choice(console, "Where alerts go", list(kinds))](console)


def _mail(console: Console) -> str:
    host = _required(console, "Mail server")
    user = _required(console, "Its user")
    password = _hidden(console, "Password")
    sender = _required(console, "Sender's address")
    to = _required(console, "Recipient's address")
    return f"mailtos://{_part(user)}:{_part(password)}@{host}?from={_part(sender)}&to={_part(to)}"


def _telegram(console: Console) -> str:
    token = _hidden(console, "The bot's token")
    return f"tgram://{token}/{_required(console, 'Chat id')}"


def _webhook(console: Console) -> str:
    address = _required(console, "Address (https://...)")
    secret = _hidden(console, "Secret that signs it, or nothing", needed=False)
    return f"webhook+{address}" + (f"#{_part(secret)}" if secret else "")


def _other(console: Console) -> str:
    return _hidden(console, "Apprise URL, see https://github.com/caronc/apprise/wiki")


def _part(text: str) -> str:
    return quote(text, safe="")
