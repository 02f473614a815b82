"""The whole course, loaded once and checked across its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peercourse.content.evidence import Fact, Reference, read_facts, read_references
from peercourse.content.institution import Institution, read_institution
from peercourse.content.module import Module, read_module
from peercourse.content.problems import Collector, ContentError, Problem, relative_name
from peercourse.content.programmes import Programme, read_programmes
from peercourse.content.standards import read_standards
from peercourse.content.yaml_source import Source
from peercourse.practice.role_play import RolePlay, read_role_play
from peercourse.quiz.bank import Quiz, read_bank
from peercourse.quiz.evaluation import FILE as MEASURE
from peercourse.quiz.evaluation import Measure, quizzes_of, read_measure
from peercourse.quiz.sheet import Sheet
from peercourse.words import Words, read_words


@dataclass(frozen=True)
class Course:
    """Everything that people wrote, typed.

    Attributes:
        root: the course folder.
        institution: the host's settings.
        institution_source: their file, for the places of problems.
        modules: modules in the order of their folders.
        quizzes: current graded banks by id.
        quiz_sources: their files by id.
        archive: older versions, still needed to grade what was handed in for them.
        facts: facts and programmes by id.
        programmes: entries of the programme library by key.
        references: references by key.
        competences: ids of the competences that content may name.
        words: the words of the interface in the host's language.
        role_play: cards and rubric; None where the course has none.
        measure: the measure before and after the course, and its file; None where the course has none.
    """

    root: Path
    institution: Institution
    institution_source: Source
    modules: tuple[Module, ...]
    quizzes: Mapping[str, Quiz]
    quiz_sources: Mapping[str, Source]
    archive: tuple[Quiz, ...]
    facts: Mapping[str, Fact]
    programmes: Mapping[str, Programme]
    references: Mapping[str, Reference]
    competences: frozenset[str]
    words: Words
    role_play: RolePlay | None = None
    measure: tuple[Measure, Source] | None = None

    @property
    def evaluation(self) -> Mapping[str, Quiz]:
        """The measure as quizzes, one an occasion and form, by id; empty where the course has none."""
        return quizzes_of(self.measure[0]) if self.measure else {}

    @property
    def sheet(self) -> Sheet | None:
        """The observation sheet; None where the course has no role plays."""
        return self.role_play.rubric.sheet() if self.role_play else None

    @property
    def current(self) -> tuple[Quiz, ...]:
        """Everything that trainees hand in today: graded banks, then the evaluation."""
        return (*self.quizzes.values(), *self.evaluation.values())

    @property
    def released(self) -> tuple[Quiz, ...]:
        """Everything that is released: older versions, what is handed in today, and the observation sheet."""
        return (*self.archive, *self.current, *([self.sheet] if self.sheet else []))

    @property
    def outcome_ids(self) -> frozenset[str]:
        """Ids of the outcomes of all modules."""
        return frozenset().union(*(module.outcome_ids for module in self.modules))

    def source_of(self, fact_id: str) -> Reference | None:
        """The reference of a fact or programme; None where there is none."""
        if fact_id in self.references:
            return self.references[fact_id]
        return next((reference for reference in self.references.values() if fact_id in reference.facts), None)


def find_root(start: Path) -> Path:
    """The course folder around a place: the nearest folder above it with ``institution.yml`` and ``_toc.yml``.

    Raises:
        ContentError: there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "institution.yml").is_file() and (folder / "_toc.yml").is_file():
            return folder
    raise ContentError(
        [Problem(str(start), 0, "", "is not inside a course folder (one with institution.yml); go there")]
    )


def load_course(root: Path) -> Course:
    """Load and type everything under a course folder.

    Args:
        root: the course folder.

    Raises:
        ContentError: with every problem in every file, so that one run shows them all.
    """
    collector = Collector()
    institution = collector.attempt(lambda: read_institution(root))
    words = collector.attempt(lambda: _words(*institution)) if institution else None
    folders = sorted(path.parent for path in (root / "modules").glob("*/module.yml"))
    modules = [collector.attempt(lambda: read_module(folder, root)) for folder in folders]  # noqa: B023
    banks_folder = root / (institution[0].quizzes_folder if institution else "quizzes")
    if not banks_folder.is_dir():
        collector.problems.append(Problem("institution.yml", 0, "quizzes_folder", f"'{banks_folder}' is no folder"))
    banks = _read_banks(sorted(banks_folder.glob("*.yml")), root, collector)
    archive = _read_banks(sorted((banks_folder / "archive").glob("*.yml")), root, collector)
    measure_name = relative_name(banks_folder / MEASURE, root)
    measure = collector.attempt(lambda: read_measure(banks_folder, measure_name))
    facts = collector.attempt(lambda: read_facts(root))
    programmes = collector.attempt(lambda: read_programmes(root)) or {}
    references = collector.attempt(lambda: read_references(root))
    standards = collector.attempt(lambda: read_standards(root))
    role_play = collector.attempt(lambda: read_role_play(root))
    collector.stop_if_any()
    if institution is None or words is None:  # only after a problem, which has ended the run above
        raise ContentError([Problem("institution.yml", 0, "", "cannot be read")])
    return Course(
        root=root,
        institution=institution[0],
        institution_source=institution[1],
        modules=tuple(module for module in modules if module is not None),
        quizzes={quiz.id: quiz for quiz, _ in banks},
        quiz_sources={quiz.id: source for quiz, source in banks},
        archive=tuple(quiz for quiz, _ in archive),
        facts={**(facts or {}), **{key: programme.as_fact() for key, programme in programmes.items()}},
        programmes=programmes,
        references=references or {},
        competences=frozenset(standard.id for standard in standards.competences) if standards else frozenset(),
        words=words,
        role_play=role_play,
        measure=measure,
    )


def _words(institution: Institution, source: Source) -> Words:
    return read_words(institution.language, source.line(("language",)))


def _read_banks(paths: list[Path], root: Path, collector: Collector) -> list[tuple[Quiz, Source]]:
    found = (collector.attempt(lambda: read_bank(path, relative_name(path, root))) for path in paths)  # noqa: B023
    return [pair for pair in found if pair is not None]
