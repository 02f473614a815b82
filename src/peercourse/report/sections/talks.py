"""Replies that could hurt: whom to talk to before they support anybody."""

from __future__ import annotations

from peercourse.report.blocks import Block, Paragraph, Section, Table
from peercourse.report.cohort import Cohort
from peercourse.report.harm import harmful_replies
from peercourse.report.wording import count

WHAT_IT_IS = (
    "Talk to each of them, alone, before they support anybody: what did they want to do for the colleague, and what "
    "might the colleague have heard? A choice on paper, perhaps late at night, says nothing about what somebody is "
    "like, and it is no diagnosis. Many of these replies are what kind people say."
)
WRITTEN = (
    "Written answers are not in this table. A reply that could hurt and that you read in one is noted where you marked "
    "it. Replies of the measure before and after are not in it either: it is about the course and about nobody in it."
)


def talks_section(cohort: Cohort) -> Section:
    """A row for each reply, by trainee."""
    replies = harmful_replies(cohort)
    people = len({reply.trainee for reply in replies})
    rows = tuple((reply.trainee, reply.reply, reply.slip, reply.quiz, reply.stem) for reply in replies)
    blocks: list[Block]
    if rows:
        blocks = [
            Paragraph(f"{count(people, 'trainee')} chose {count(len(rows), 'reply', 'replies')} that could hurt."),
            Paragraph(WHAT_IT_IS, "note"),
            Table("Replies that could hurt", ("trainee", "the reply", "kind", "quiz", "question"), rows),
        ]
    else:
        blocks = [Paragraph("Nobody chose a reply that could hurt.")]
    return Section("To talk about before anybody supports a colleague", (*blocks, Paragraph(WRITTEN)), "talks")
