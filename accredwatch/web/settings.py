"""The table [web] of config.toml: where the page is served and who may see it."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator, model_validator

from foundation.settings import Table

SHORTEST_TOKEN = 16


class WebSettings(Table):
    """The table [web] of config.toml."""

    host: str = "127.0.0.1"
    """The address to listen on; nothing but this machine by default."""
    port: int = Field(default=8350, ge=0, le=65535)
    """0 for any that is free."""
    token: SecretStr = SecretStr("")
    """Whoever knows it may do what the review page offers. Needed wherever others than this machine can connect."""
    public: bool = False
    """Whether everybody who can connect may read without the token; actions need it all the same."""
    public_url: str = ""
    """Where others find the page, behind a reverse proxy: what feeds and alerts link to. Empty for host and port."""
    time_zone: str = "Asia/Almaty"
    """In which instants are written for a viewer who has chosen none."""

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can connect."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def login(self) -> bool:
        """Whether a token is asked for at all."""
        return bool(self.token.get_secret_value())

    @field_validator("token")
    @classmethod
    def _is_no_guess(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SHORTEST_TOKEN:
            raise ValueError(f"has less than {SHORTEST_TOKEN} characters; `openssl rand -hex 16` makes a good one")
        return value

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is no time zone; write one such as Asia/Almaty or Europe/Vienna") from error
        return value

    @model_validator(mode="after")
    def _is_not_open_to_strangers(self) -> Self:
        if not self.on_loopback and not self.login:
            raise ValueError(
                f"host {self.host} lets other machines connect: set a token (ACCREDWATCH_WEB__TOKEN_FILE), or keep"
                " 127.0.0.1 and put a reverse proxy in front"
            )
        return self
