"""From a page or a plain text to an article: title, body, day, language, identity; nothing of what it means."""
