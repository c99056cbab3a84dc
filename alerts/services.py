"""The services of Apprise: the plugin that a URL names."""

from __future__ import annotations

import logging

import apprise
from apprise.common import PersistentStoreMode


def plugin_of(url: str) -> apprise.NotifyBase | None:
    """A fresh plugin for the URL; None if no service has URLs of this kind, or it lacks a part."""
    _quiet()
    return apprise.Apprise.instantiate(url, asset=asset())


def asset() -> apprise.AppriseAsset:
    """What plugins go by: our name, no memory of their own, no secrets in their logs."""
    return apprise.AppriseAsset(
        app_id="accredwatch",
        app_desc="accredwatch",
        app_url="",
        async_mode=False,
        secure_logging=True,
        storage_mode=PersistentStoreMode.MEMORY,
        service_timeout=0,
    )


def _quiet() -> None:
    # Both write URLs, and so tokens, at level DEBUG; Apprise's warnings repeat what delivery logs itself.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    logging.getLogger("urllib3").setLevel(logging.WARNING)
