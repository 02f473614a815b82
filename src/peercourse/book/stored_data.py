"""The place on the page "Your data" that ``web/your-data.js`` fills with what this device keeps."""

from __future__ import annotations


def stored_data() -> str:
    """The empty list, and a sentence for browsers without JavaScript."""
    return (
        '<div id="stored-data"><noscript><p class="notice">JavaScript is off in this browser, so this course has kept '
        "nothing while it was off. To see or delete what was kept before, turn JavaScript on and come back, or clear "
        "this site's data in the browser's settings.</p></noscript></div>\n"
    )
