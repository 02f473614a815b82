"""Feedback in words: the same plain data for the page and for the PDF, so that both say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peercourse.content.contact_ways import URGENT, ways
from peercourse.content.institution import Institution
from peercourse.feedback.model import Feedback, How, OutcomeFeedback, Question, WrittenFeedback
from peercourse.grading.answers import REPLACED
from peercourse.words import Words


def wording(feedback: Feedback, institution: Institution, words: Words) -> dict[str, Any]:
    """All that stands on the page and in the PDF, as plain texts, lists and addresses.

    Args:
        feedback: what a trainee is told.
        institution: whose contacts stand at the end.
        words: the words of the interface.
    """
    return {
        "language": institution.language,
        "course": words("card.course", institution=institution.short_name),
        "preview": words("card.preview") if institution.example else "",
        "title": words("feedback.title", quiz=feedback.quiz),
        "for": words("feedback.for", trainee=feedback.trainee),
        "facts": list(_facts(feedback, words)),
        "result": {"heading": words("feedback.result"), **_result(feedback, words)},
        "outcomes": {
            "heading": words("feedback.outcomes"),
            "entries": [_outcome(one, words) for one in feedback.outcomes],
        },
        "talk": _talk(feedback, words),
        "written": {
            "heading": words("feedback.written"),
            "answer": words("feedback.answer"),
            "comment": words("feedback.comment"),
            "entries": [_written(one, words) for one in feedback.written],
        },
        "comments": {
            "heading": words("feedback.comments"),
            "entries": [_question(one.question, words) | {"text": readable(one.text)} for one in feedback.comments],
        },
        "explained": {
            "heading": words("feedback.explained"),
            "entries": [
                _question(one.question, words) | {"chosen": one.chosen, "text": one.rationale}
                for one in feedback.explained
            ],
        },
        "next": {"heading": words("feedback.next"), "lines": list(_next(feedback, words))},
        "help": {"heading": words("page.help"), "contacts": list(_contacts(institution))},
    }


def readable(text: str) -> str:
    """Somebody's words without signs that steer what shows them, such as those that turn the direction of text."""
    lines = text.replace("\r\n", "\n").strip()
    return "".join("\ufffd" if _steers(letter) else letter for letter in lines)


def _steers(letter: str) -> bool:
    return ord(letter) in REPLACED or letter == "\r" or 0xD800 <= ord(letter) <= 0xDFFF


def _facts(feedback: Feedback, words: Words) -> Iterator[dict[str, str]]:
    yield {"name": words("feedback.trainee"), "value": feedback.trainee}
    if feedback.handed_in:
        day = words.day(feedback.handed_in)
        yield {"name": words("feedback.handed_in"), "value": day}


def _result(feedback: Feedback, words: Words) -> dict[str, Any]:
    """The result in a word, its shape, and what to make of it."""
    if feedback.score is None:
        waits = words("feedback.open_says", count=feedback.waiting)
        return {"word": words("feedback.open"), "how": How.WAITING, "says": [waits]}
    points = [_points(feedback, feedback.score, words)]
    if feedback.penalty:
        points.append(words("feedback.late", count=round(feedback.penalty, 2)))
    if feedback.pass_mark is None:
        return {"word": words("feedback.counts_for_nothing"), "how": How.WELL, "says": points}
    if feedback.passed:
        meaning = words("feedback.passed_says")
        return {"word": words("feedback.passed"), "how": How.WELL, "says": [*points, meaning]}
    meaning = words("feedback.not_passed_says")
    return {"word": words("feedback.not_passed"), "how": How.AGAIN, "says": [*points, meaning]}


def _points(feedback: Feedback, score: float, words: Words) -> str:
    points = words("quiz.points", count=round(score, 2))
    if feedback.pass_mark is None:
        return words("feedback.points_alone", score=points, maximum=feedback.maximum)
    share = words.percent(feedback.pass_mark)
    return words("feedback.points", score=points, maximum=feedback.maximum, share=share)


def _outcome(one: OutcomeFeedback, words: Words) -> dict[str, Any]:
    said = {
        How.WELL: words("feedback.how.well"),
        How.PARTLY: words("feedback.how.partly"),
        How.AGAIN: words("feedback.how.again"),
        How.WAITING: words("feedback.how.waiting"),
    }
    back = None
    if one.back:
        # A language may put the page anywhere in the sentence, so it is cut where the page's title stands.
        again = one.how in (How.AGAIN, How.PARTLY)
        sentence = words("feedback.back", page="\0") if again else words("feedback.taught", page="\0")
        before, _, after = sentence.partition("\0")
        back = {"before": before, "title": one.back.title, "address": one.back.address, "after": after}
    return {"how": one.how, "word": said[one.how], "text": one.text or words("feedback.gone"), "back": back}


def _question(question: Question, words: Words) -> dict[str, str]:
    heading = words("quiz.question", number=question.number)
    return {"question": heading, "setting": question.setting, "stem": question.stem}


def _talk(feedback: Feedback, words: Words) -> dict[str, Any]:
    noted = {question.number: words("feedback.noted_says") for question in feedback.noted}
    chosen = {question.number: words("feedback.chosen_says") for question in feedback.harmful}
    found = sorted((*feedback.harmful, *feedback.noted), key=lambda question: question.number)
    return {
        "heading": words("feedback.talk"),
        "says": words("feedback.talk_says", count=len(found)),
        "ask": words("feedback.talk_ask"),
        "entries": [_question(question, words) | {"seen": (chosen | noted)[question.number]} for question in found],
    }


def _written(one: WrittenFeedback, words: Words) -> dict[str, Any]:
    if one.score is None:
        state = words("feedback.how.waiting")
    else:
        score = words("quiz.points", count=round(one.score, 2))
        state = words("feedback.points_alone", score=score, maximum=one.maximum)
    blank = "" if one.words else words("feedback.blank")
    texts = {"words": readable(one.words), "blank": blank, "comment": readable(one.comment)}
    return _question(one.question, words) | {"state": state} | texts


def _next(feedback: Feedback, words: Words) -> Iterator[str]:
    if any(one.how in (How.AGAIN, How.PARTLY) for one in feedback.outcomes):
        yield words("feedback.next_pages")
    if feedback.score is None:
        yield words("feedback.next_waiting")
    elif feedback.passed is False:
        yield words("feedback.next_again")
    else:
        yield words("feedback.next_on")
    yield words("feedback.next_unclear")


def _contacts(institution: Institution) -> Iterator[dict[str, Any]]:
    for name, contact in institution.contacts.by_name().items():
        yield {
            "urgent": name in URGENT,
            "label": contact.label,
            "ways": [{"text": way.text, "address": way.address} for way in ways(contact)],
            "hours": contact.hours,
        }
