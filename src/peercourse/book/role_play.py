"""Role plays in the book: ``observation-rubric`` and ``role-play-cards``, on the screen and on paper."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.conversation_page import shown
from peercourse.book.course import course_in
from peercourse.book.errors import mistake
from peercourse.book.practice import PRACTICE_STYLE, form
from peercourse.practice.role_play import Behaviour, Card, RolePlay
from peercourse.quiz.types.observed import SHAPES
from peercourse.words import Words


class RubricDirective(SphinxDirective):
    """``observation-rubric``: every behaviour in its four levels, and when a role play is passed."""

    def run(self) -> list[nodes.Node]:
        """The sheet."""
        role_play, words = _role_play(self), course_in(self.env).words
        rule = role_play.rubric.passed
        passed = words.html("role_play.passed", count=rule.not_shown, full=rule.full)
        rows = "".join(_behaviour(behaviour, words) for behaviour in role_play.rubric.behaviours)
        return [form(f'<ol class="rubric">{rows}</ol>\n<p>{passed}</p>\n', PRACTICE_STYLE)]


class CardsDirective(SphinxDirective):
    """``role-play-cards``: every card, each of its parts closed until somebody opens it; on paper each on its own."""

    def run(self) -> list[nodes.Node]:
        """The cards."""
        role_play, words = _role_play(self), course_in(self.env).words
        names = {behaviour.id: behaviour.name for behaviour in role_play.rubric.behaviours}
        return [form("".join(_card(card, names, words) for card in role_play.cards), PRACTICE_STYLE)]


def _role_play(directive: SphinxDirective) -> RolePlay:
    found = course_in(directive.env).role_play
    if found is None:
        raise mistake(directive, "needs quizzes/role-play/ with rubric.yml and cards.yml; there is none")
    return found


def _behaviour(behaviour: Behaviour, words: Words) -> str:
    levels = "".join(
        f'<div><dt><span aria-hidden="true">{shape}</span> {words.html(f"role_play.{level}")}</dt>'
        f"<dd>{shown(getattr(behaviour, level))}</dd></div>"
        for level, shape in SHAPES.items()
    )
    absent = f"<p>{words.html('role_play.may_be_absent')}</p>" if behaviour.may_be_absent else ""
    return f"<li><h3>{shown(behaviour.name)}</h3>{absent}<dl>{levels}</dl></li>"


def _card(card: Card, names: dict[str, str], words: Words) -> str:
    def entry(name: str, text: str) -> str:
        return f"<dt>{words.html(name)}</dt><dd>{text}</dd>"

    def part(name: str, *entries: str) -> str:
        summary = words.html("role_play.part", title=card.title, part=words(name))
        where = entry("role_play.where", shown(card.setting))
        return f"<details><summary>{summary}</summary><dl>{where}{''.join(entries)}</dl></details>"

    def several(texts: tuple[str, ...]) -> str:
        return f"<ul>{''.join(f'<li>{shown(text)}</li>' for text in texts)}</ul>"

    colleague, supporter, observer = card.colleague, card.supporter, card.observer
    return (
        f'<section class="role-play"><h2>{shown(card.title)}</h2>'
        f'<p class="setting">{words.html("role_play.minutes", count=card.minutes)}</p>'
        + part(
            "role_play.colleague",
            entry("role_play.you_are", shown(colleague.you_are)),
            entry("role_play.begin", shown(colleague.begin)),
            entry("role_play.carries", shown(colleague.carries)),
            entry("role_play.opens", several(colleague.opens)),
            entry("role_play.closes", several(colleague.closes)),
            entry("role_play.if_asked", shown(colleague.if_asked)),
        )
        + part(
            "role_play.supporter",
            entry("role_play.you_know", shown(supporter.you_know)),
            entry("role_play.try_for", shown(supporter.try_for)),
        )
        + part(
            "role_play.observer",
            entry("role_play.watch", several(tuple(names[name] for name in observer.watch))),
            entry("role_play.ask", shown(observer.ask)),
        )
        + "</section>\n"
    )


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("observation-rubric", RubricDirective)
    app.add_directive("role-play-cards", CardsDirective)
