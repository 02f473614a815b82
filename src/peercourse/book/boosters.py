"""Booster pages: ``booster MONTH`` draws a set of practice, ``booster-calendar`` makes a calendar file of the dates."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.conversations import cards, conversations_of
from peercourse.book.course import course_in
from peercourse.book.errors import mistake
from peercourse.book.own_words import own_words
from peercourse.book.practice import OWN_WORDS_FILES, PRACTICE_STYLE, SELF_CHECK_FILES, form, practice_seed
from peercourse.book.self_check import self_check
from peercourse.book.slip import slip
from peercourse.content.course import Course
from peercourse.content.practice_checks import placed
from peercourse.practice.booster import MONTHS, Booster, boosters
from peercourse.words import Words


class BoosterDirective(SphinxDirective):
    """``booster MONTH``: about ten minutes of practice, drawn from all modules."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Slips, self-checks and a prompt; then a conversation for those who have longer."""
        course = course_in(self.env)
        pools = {module.settings.id: module.practice for module in course.modules}
        sets = boosters(pools, course.words, _kept_out(course))
        month = self.arguments[0]
        if month not in map(str, sets):
            raise mistake(self, f"'{month}' is no month of a booster; write one of {', '.join(map(str, sets))}")
        return [
            form(_set(sets[int(month)], course), *SELF_CHECK_FILES, *OWN_WORDS_FILES),
            form(self._longer(int(month), course)),
        ]

    def _longer(self, month: int, course: Course) -> str:
        offered = [one for one in conversations_of(course) if one.conversation.booster]
        if not offered:
            return ""
        chosen = offered[MONTHS.index(month) % len(offered)]
        heading = course.words.html("booster.longer")
        return f"<section><h2>{heading}</h2>{cards([chosen], self.env.docname, course)}</section>"


class CalendarDirective(SphinxDirective):
    """``booster-calendar``: a day to choose and a button that makes the calendar file."""

    def run(self) -> list[nodes.Node]:
        """The form."""
        return [form(_calendar(course_in(self.env).words), "store.js", "calendar.js", PRACTICE_STYLE)]


def _kept_out(course: Course) -> frozenset[str]:
    """Self-checks of pages that keep theirs out: nobody meets them in a booster without the page's note."""
    return frozenset(
        check
        for module in course.modules
        for page in (*module.lessons, *module.pages)
        if not page.header.boosters
        for check, _ in placed(page, "self-check")
    )


def _set(booster: Booster, course: Course) -> str:
    words = course.words
    seeds = {module.settings.id: practice_seed(module) for module in course.modules}
    parts = [
        ("booster.slips", "".join(slip(pair, words) for _, pair in booster.slips)),
        ("booster.checks", "".join(self_check(item, seeds[module], words) for module, item in booster.self_checks)),
        ("booster.own_words", "".join(own_words(prompt, words) for _, prompt in booster.own_words)),
    ]
    minutes = words.html("booster.minutes", count=max(1, round(booster.minutes(words))))
    sections = (f"<section><h2>{words.html(heading)}</h2>{html}</section>\n" for heading, html in parts if html)
    return f'<p class="lesson-facts">{minutes}</p>\n{"".join(sections)}'


def _calendar(words: Words) -> str:
    months = " ".join(map(str, MONTHS))
    return (
        f'<noscript><p class="notice">{words.html("booster.calendar_without_script")}</p></noscript>'
        f'<form class="calendar" method="dialog" data-calendar="{months}" novalidate hidden><div class="field">'
        f'<label for="calendar-start">{words.html("booster.calendar_start")}</label> '
        '<input id="calendar-start" type="date" required></div>'
        f'<div class="actions"><button type="submit" class="primary">{words.html("booster.calendar_button")}</button>'
        '</div><p class="kept" role="status"></p></form>\n'
    )


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("booster", BoosterDirective)
    app.add_directive("booster-calendar", CalendarDirective)
