"""Outcomes and competences that content names: whether they are there, and what to write where they are not."""

from __future__ import annotations

from collections.abc import Iterable

from peercourse.content.module import Module


def unknown_outcomes(named: Iterable[str], module: Module) -> list[str]:
    """A sentence for each outcome that is none of the module's."""
    known = ", ".join(sorted(module.outcome_ids))
    return [
        f"'{outcome}' is no outcome of this module; write one of {known}"
        for outcome in sorted(set(named) - module.outcome_ids)
    ]


def unknown_competences(named: Iterable[str], known: frozenset[str]) -> list[str]:
    """A sentence for each competence that the standards do not hold."""
    return [
        f"'{competence}' is not in evidence/standards.yaml; write one of COM01 to COM14"
        for competence in sorted(set(named) - known)
    ]
