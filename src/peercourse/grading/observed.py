"""Observed role plays as they count: each trainee's sheet with its result, and how many there are in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peercourse.grading.folder import GradingFolder
from peercourse.grading.observation import Observation, is_sheet, observation_in, text_of
from peercourse.grading.result import Result
from peercourse.grading.storing import kept_earlier


@dataclass(frozen=True)
class ObservedPlay:
    """A trainee's role play.

    Attributes:
        result: the result of the sheet that counts.
        observation: what the sheet says.
        sheets: how many different sheets about the trainee were taken in.
    """

    result: Result
    observation: Observation
    sheets: int


def read_observed(folder: GradingFolder, results: Iterable[Result]) -> tuple[ObservedPlay, ...]:
    """Sheets that count, one a trainee: that of the latest version.

    Args:
        folder: the grading folder.
        results: everything that was handed in.
    """
    latest = {}
    for result in sorted((one for one in results if is_sheet(one.released)), key=lambda one: one.released.version):
        latest[result.trainee] = result
    return tuple(_observed(folder, latest[trainee]) for trainee in sorted(latest))


def _observed(folder: GradingFolder, result: Result) -> ObservedPlay:
    trainee, released = result.trainee, result.released
    text = text_of(folder.submitted(trainee, released))
    others = {text_of(path) for path in kept_earlier(folder, trainee, released)} - {text}
    return ObservedPlay(result, observation_in(text, released), 1 + len(others))
