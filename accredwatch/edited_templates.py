"""Whether the templates that the configuration names can write every alert."""

from __future__ import annotations

from accredwatch.config import Settings
from alerts.editing import problems


def template_problems(settings: Settings) -> list[str]:
    """What is wrong with the templates of enabled channels, each with file and line; each folder and language once."""
    styles = [channel.style({}, settings.base, settings.alerts.templates) for channel in settings.enabled_channels]
    used = dict.fromkeys((style.templates, style.language) for style in styles if style.templates is not None)
    return list(dict.fromkeys(problem for folder, language in used for problem in problems(folder, language)))


def has_templates(settings: Settings) -> bool:
    """Whether an enabled channel uses templates of its own."""
    return any(channel.templates or settings.alerts.templates for channel in settings.enabled_channels)
