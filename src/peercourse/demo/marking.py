"""Marks for the written answers of a demo, for whoever wants to see reports and not to mark hundreds of answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from peercourse.grading.answers import read_words
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import Submitted, submissions
from peercourse.grading.gradebook import open_gradebook
from peercourse.quiz.bank import Quiz
from peercourse.quiz.types.written import Written


def points_by_examples(item: Written, words: str) -> float:
    """What an answer earns that is put together out of the guide's examples.

    Args:
        item: the item, with its guide.
        words: the answer.

    Returns:
        Points of every criterion of which an example that earns stands in the answer.
    """
    met = [criterion for criterion in item.criteria if any(example in words for example in criterion.earns)]
    return sum(criterion.points for criterion in met)


def mark_written(
    folder: GradingFolder,
    quizzes: Iterable[Quiz],
    step: Callable[[int, int, str], None] = lambda _done, _all, _name: None,
) -> int:
    """Give points to every answer that waits for a marker, where nbgrader's marking pages would put them.

    Args:
        folder: the grading folder of a demo, scored.
        quizzes: what was released into it.
        step: told how many of how many submissions are done, and whose turn it is.

    Returns:
        How many answers were marked.
    """
    items = {quiz.assignment: {item.id: item for item in quiz.items()} for quiz in quizzes}
    found, marked = list(submissions(folder, folder.require())), 0
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        for number, entry in enumerate(found):
            step(number, len(found), entry.trainee)
            assignment = entry.released.assignment
            answers = _words(folder, entry)
            for notebook in gradebook.find_submission(assignment, entry.trainee).notebooks:
                for grade in notebook.grades:
                    item = items.get(assignment, {}).get(grade.name)
                    if grade.needs_manual_grade and isinstance(item, Written):
                        grade.manual_score = points_by_examples(item, answers[item.id])
                        grade.needs_manual_grade = False
                        marked += 1
        gradebook.db.commit()
    return marked


def _words(folder: GradingFolder, entry: Submitted) -> dict[str, str]:
    """What stands in each cell of a submission, by the cell's id."""
    notebook = json.loads(folder.submitted(entry.trainee, entry.released).read_text(encoding="utf-8"))
    return {cell["id"]: read_words("".join(cell["source"]))[0] for cell in notebook["cells"]}
