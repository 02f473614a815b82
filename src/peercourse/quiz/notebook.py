"""A bank as an nbgrader source notebook.

For each item: a locked stem, an answer cell, and a locked test cell whose hidden part is the item type's own scoring
function, the key as a literal and one call. Under nbgrader's defaults the kernel makes that call; the safe scorer
(:mod:`peercourse.grading.scorer`) makes the same call without a kernel. A written item has its marking guide inside
the locked stem, where nbgrader hides it from trainees and gives it back to graders.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

import nbformat
from nbformat import NotebookNode

from peercourse.quiz.bank import Quiz, Scenario
from peercourse.quiz.item import Face, Item, Literals, Score
from peercourse.quiz.sheet import LINES, Line, Sheet
from peercourse.quiz.types.written import Written
from peercourse.quiz.wording import plain_markdown, points_in_words

TRAINEE_CELL = "trainee-id"
TRAINEE_VARIABLE = "trainee_id"
SCHEMA_VERSION = 3


def source_notebook(quiz: Quiz) -> NotebookNode:
    """The notebook with keys and guides, for ``grading/source``. The same bank gives the same bytes."""
    notebook: NotebookNode = nbformat.v4.new_notebook()
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "peercourse": {"quiz": quiz.id, "version": quiz.version},
        }
    )
    notebook.cells = [_locked("introduction", _introduction(quiz)), _trainee_cell()]
    if isinstance(quiz, Sheet):
        notebook.cells += [cell for name, line in LINES.items() for cell in _line_cells(name, line)]
    for scenario in quiz.scenarios:
        notebook.cells.append(_locked(f"{scenario.id}-story", _story(scenario)))
        for item in scenario.items:
            notebook.cells += _item_cells(item, quiz.seed)
    return notebook


def answer_variable(item_id: str) -> str:
    """Name of the variable that holds an item's answer."""
    return "answer_" + item_id.replace("-", "_")


def answer_source(item_id: str, answer: Literals) -> str:
    """Source of an answer cell that holds this answer."""
    return f"{answer_variable(item_id)} = {answer!r}" if answer else blank_source(item_id, answer)


def blank_source(item_id: str, blank: Literals) -> str:
    """Source of an untouched answer cell."""
    return f"{answer_variable(item_id)} = {blank!r}".replace("''", '""')


def plain_source(function: Score) -> str:
    """A scoring function's source without docstring and annotations, so that it runs in a bare kernel."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)  # noqa: S101  (a scoring function is a plain function)
    definition.returns = None
    for argument in definition.args.args:
        argument.annotation = None
    if ast.get_docstring(definition) is not None:
        definition.body = definition.body[1:]
    return ast.unparse(tree)


def _metadata(grade_id: str, **flags: Any) -> dict[str, Any]:
    settings = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    return {"nbgrader": {**settings, "grade_id": grade_id, "schema_version": SCHEMA_VERSION}}


def _markdown(grade_id: str, source: str, **flags: Any) -> NotebookNode:
    cell: NotebookNode = nbformat.v4.new_markdown_cell(source, id=grade_id, metadata=_metadata(grade_id, **flags))
    return cell


def _code(grade_id: str, source: str, **flags: Any) -> NotebookNode:
    cell: NotebookNode = nbformat.v4.new_code_cell(source, id=grade_id, metadata=_metadata(grade_id, **flags))
    return cell


def _locked(grade_id: str, source: str) -> NotebookNode:
    return _markdown(grade_id, source, locked=True)


def _introduction(quiz: Quiz) -> str:
    who, after = ("your", "") if not isinstance(quiz, Sheet) else ("the", ", and the observer’s ID below it")
    return "\n".join(
        [
            f"# {plain_markdown(quiz.title)}",
            "",
            f"About {quiz.minutes} minutes. {_what_counts(quiz)} Version {quiz.version}.",
            "",
            f"Write {who} trainee ID between the quotes in the next cell{after}, then answer in the cell below each "
            "question. "
            "Leave all other cells as they are. Save, and hand in this file.",
        ]
    )


def _what_counts(quiz: Quiz) -> str:
    if isinstance(quiz, Sheet):
        return (
            "For the observer of a role play. Passed where nothing is harmful, at most "
            f"{quiz.rule.not_shown} behaviours are not shown and at least {quiz.rule.full} are full."
        )
    if quiz.pass_mark is None:
        return "For the evaluation of the course; nobody passes or fails."
    return f"{points_in_words(quiz.maximum)}. Passed from {quiz.pass_mark:.0%}."


def _trainee_cell() -> NotebookNode:
    return _code(
        TRAINEE_CELL,
        _with_solution(f'{TRAINEE_VARIABLE} = ""', f'{TRAINEE_VARIABLE} = "example"'),
        solution=True,
    )


def _line_cells(name: str, line: Line) -> list[NotebookNode]:
    """A line of the sheet: its answer is kept and earns no points, so there is no test."""
    cell = _code(name, _with_solution(blank_source(name, ""), answer_source(name, "example")), solution=True)
    cell.metadata["peercourse"] = {"holds": line.holds}
    return [_locked(f"{name}-stem", f"**{plain_markdown(line.stem)}**\n\nWrite it between the quotes."), cell]


def _story(scenario: Scenario) -> str:
    people = "; ".join(f"{plain_markdown(name)}: {plain_markdown(who)}" for name, who in scenario.people.items())
    return f"## {plain_markdown(scenario.setting)}\n\n*{people}*\n\n{plain_markdown(scenario.story)}"


def _stem(face: Face) -> str:
    lines = [f"**{plain_markdown(face.stem)}** ({points_in_words(face.points)})", ""]
    lines += [f"- **{row.label}** {plain_markdown(row.text)}" for row in face.rows]
    if face.rows and face.choices:
        lines.append("")
    lines += [f"- **{choice.label}** {plain_markdown(choice.text)}" for choice in face.choices]
    example = f" For example: `{face.example!r}`" if face.example else ""
    return "\n".join([*lines, "", f"{face.instruction}{example}"])


def _item_cells(item: Item, seed: str) -> list[NotebookNode]:
    face = item.face(seed)
    if isinstance(item, Written):
        # nbgrader looks for the marks anywhere in a line; as comments they do not show on the marking page.
        guide = f"<!-- ### BEGIN MARK SCHEME -->\n\n{item.guide()}\n\n<!-- ### END MARK SCHEME -->"
        return [
            _locked(f"{item.id}-stem", f"{_stem(face)}\n\n{guide}"),
            _markdown(item.id, str(face.blank), grade=True, solution=True, points=face.points),
        ]
    solution = answer_source(item.id, item.best_answer(seed))
    return [
        _locked(f"{item.id}-stem", _stem(face)),
        _code(item.id, _with_solution(blank_source(item.id, face.blank), solution), solution=True),
        _code(f"{item.id}-score", _test(item, seed), grade=True, locked=True, points=face.points),
    ]


def _with_solution(blank: str, solution: str) -> str:
    """An answer cell's source: nbgrader cuts the region out for the release."""
    return f"{blank}\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION"


def _test(item: Item, seed: str) -> str:
    function = type(item).score
    assert function is not None  # noqa: S101  (only written items have none, and they have no test)
    return "\n".join(
        [
            "# Scored after you hand in. Leave this cell as it is.",
            "### BEGIN HIDDEN TESTS",
            plain_source(function),
            f"{function.__name__}({answer_variable(item.id)}, {item.key(seed)!r})",
            "### END HIDDEN TESTS",
        ]
    )
