"""Replies that could hurt: whom to talk to before they support anybody."""

from __future__ import annotations

from peercourse.report.blocks import Block, Paragraph, Section, Table
from peercourse.report.findings import Findings
from peercourse.report.harm import NotedReply
from peercourse.report.wording import count

WHAT_IT_IS = (
    "Talk to each of them, alone, before they support anybody: what did they want to do for the colleague, and what "
    "might the colleague have heard? A choice on paper, perhaps late at night, says nothing about what somebody is "
    "like, and it is no diagnosis. Many of these replies are what kind people say."
)
NOTED = (
    "A marker noted a reply that could hurt in these answers. What was written does not stand here: read it where it "
    "was marked, before the talk. Where two marked an answer and one of them noted it, talk about it all the same."
)
MEASURE = "Replies of the measure before and after are not in here: it is about the course and about nobody in it."


def talks_section(findings: Findings) -> Section:
    """A row for each reply that was chosen, and for each that a marker noted, by trainee."""
    people = len(findings.to_talk_to)
    if not people:
        nobody = Paragraph("Nobody chose a reply that could hurt, and no marker noted one.")
        return _section((nobody, Paragraph(MEASURE)))
    replies = len(findings.chosen) + len(findings.noted)
    blocks: list[Block] = [
        Paragraph(f"{count(people, 'trainee')} chose or wrote {count(replies, 'reply', 'replies')} that could hurt."),
        Paragraph(WHAT_IT_IS, "note"),
    ]
    if findings.chosen:
        rows = tuple((one.trainee, one.reply, one.slip, one.quiz, one.stem) for one in findings.chosen)
        head = ("trainee", "the reply", "kind", "quiz", "question")
        blocks.append(Table("Replies that could hurt", head, rows))
    if findings.noted:
        rows = tuple((one.trainee, _by(one), one.quiz, one.item, one.stem) for one in findings.noted)
        head = ("trainee", "noted by", "quiz", "item", "question")
        blocks += [Paragraph(NOTED), Table("Noted in answers in people's own words", head, rows)]
    return _section((*blocks, Paragraph(MEASURE)))


def _section(blocks: tuple[Block, ...]) -> Section:
    return Section("To talk about before anybody supports a colleague", blocks, "talks")


def _by(one: NotedReply) -> str:
    return "the marker" if one.markers == 1 else f"{one.noted} of {one.markers} markers"
