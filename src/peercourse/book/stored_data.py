"""The place on the page "Your data" that ``web/your-data.js`` fills with what this device keeps."""

from __future__ import annotations

from peercourse.words import Words


def stored_data(words: Words) -> str:
    """The empty list, and a sentence for browsers without JavaScript."""
    missing = words.html("stored_data.without_script")
    return f'<div id="stored-data"><noscript><p class="notice">{missing}</p></noscript></div>\n'
