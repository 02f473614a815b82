"""Who has earned which certificate, and what is missing. A certificate is refused unless every piece is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from peercourse.certificate.model import Completed, Kind
from peercourse.grading.result import Result

OBSERVATION = "observation"


@dataclass(frozen=True)
class Needed:
    """A quiz that has to be passed, in its present version."""

    quiz: str
    title: str
    version: int


@dataclass(frozen=True)
class Terms:
    """What a certificate asks for.

    Attributes:
        quizzes: every current graded quiz with a pass mark.
        stale: assignments whose bank was changed after it was released, so that scores are not by the present keys.
        older_versions: whether an older version of a quiz counts where no newer one was handed in.
    """

    quizzes: tuple[Needed, ...]
    stale: Collection[str] = ()
    older_versions: bool = True


@dataclass(frozen=True)
class Missing:
    """A piece that is not there.

    Attributes:
        title: of the quiz; what it is, of anything else.
        why: what is the matter with it.
        then: what comes next.
        observation: whether it is the observed role play.
    """

    title: str
    why: str
    then: str
    observation: bool = False


@dataclass(frozen=True)
class Decision:
    """What a trainee has earned.

    Attributes:
        completed: pieces that were passed.
        missing: pieces that are not there.
    """

    trainee: str
    completed: tuple[Completed, ...]
    missing: tuple[Missing, ...]

    @property
    def kind(self) -> Kind | None:
        """The certificate that was earned; None where there is none."""
        if not any(piece.kind == "quiz" for piece in self.completed):
            return None
        if not self.missing:
            return "certificate"
        return "theory-completed" if all(piece.observation for piece in self.missing) else None


def decide(trainee: str, results: Sequence[Result], terms: Terms, *, listed: bool = True) -> Decision:
    """What a trainee has earned.

    Args:
        trainee: the ID.
        results: everything that this trainee handed in.
        terms: what is asked for; at least one quiz.
        listed: whether the list of trainees, where there is one, has this ID.
    """
    pieces = [*_pieces(results, terms)]
    if not listed:
        pieces.append(Missing("trainees.csv", "the ID is not on the list", "add it there, or leave it so"))
    return Decision(
        trainee,
        tuple(piece for piece in pieces if isinstance(piece, Completed)),
        tuple(piece for piece in pieces if isinstance(piece, Missing)),
    )


def _pieces(results: Sequence[Result], terms: Terms) -> Iterator[Completed | Missing]:
    for needed in terms.quizzes:
        mine = [one for one in results if one.released.quiz == needed.quiz and one.released.kind == "quiz"]
        yield _quiz(needed, mine, terms)
    yield _observation([one for one in results if one.released.kind == OBSERVATION], terms)


def _quiz(needed: Needed, results: Iterable[Result], terms: Terms) -> Completed | Missing:
    """The newest version that was handed in decides, whether it was passed or not."""
    newest = max(results, key=lambda one: one.released.version, default=None)
    if newest is None:
        return Missing(needed.title, "not handed in", "peercourse collect INBOX")
    if newest.released.version < needed.version and not terms.older_versions:
        why = f"handed in as version {newest.released.version}, and version {needed.version} is asked for"
        return Missing(needed.title, why, "peercourse collect INBOX")
    why, then = _obstacle(newest, terms) or ("", "")
    if why:
        return Missing(needed.title, why, then)
    return Completed(kind="quiz", title=newest.released.title, version=newest.released.version)


def _observation(results: Sequence[Result], terms: Terms) -> Completed | Missing:
    """One observed role play that was passed is enough; of the others, one that may still pass says what comes next."""
    title = "Observed role play"
    obstacles = []
    for result in sorted(results, key=lambda one: one.released.version, reverse=True):
        obstacle = _obstacle(result, terms)
        if obstacle is None:
            return Completed(kind="observation", title=result.released.title, version=result.released.version)
        obstacles.append(obstacle)
    if not obstacles:
        return Missing(title, "not handed in", "watch one, then peercourse collect INBOX --observed", observation=True)
    why, then = next((one for one in obstacles if one != _NOT_PASSED), _NOT_PASSED_PLAY)
    return Missing(title, why, then, observation=True)


_NOT_PASSED = ("not passed", "talk, let them try again, then peercourse collect INBOX")
_NOT_PASSED_PLAY = ("not passed", "talk, watch them again, then peercourse collect INBOX --observed")


def _obstacle(result: Result, terms: Terms) -> tuple[str, str] | None:
    """Why a result does not count and what comes next; None where it was passed."""
    if result.released.assignment in terms.stale:
        return "its bank was changed after it was released", "peercourse quiz release, then peercourse grade"
    if not result.scored:
        return "not scored by the present keys", "peercourse grade"
    if result.passed is not None:  # a role play is passed by its rule and has no pass mark
        return None if result.passed else _NOT_PASSED
    if result.score is None:
        return "waits for a marker", "peercourse mark"
    return "has no pass mark in the version that was handed in", "peercourse collect INBOX with the present version"
