"""The item types: every module in this folder that defines an :class:`Item`. A new type is one new file here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from peercourse.quiz.item import Item


def _find() -> dict[str, type[Item]]:
    """Item classes by type name, from the modules in this folder."""
    found: dict[str, type[Item]] = {}
    for module in pkgutil.iter_modules(__path__):
        for _, member in inspect.getmembers(importlib.import_module(f"{__name__}.{module.name}"), inspect.isclass):
            if issubclass(member, Item) and not inspect.isabstract(member):
                found[module.name] = member
    return found


ITEM_TYPES: Mapping[str, type[Item]] = _find()
"""Every item type by the name that authors write after ``type:``."""

if TYPE_CHECKING:
    GradedItem = Item
    PracticeItem = Item
else:
    GradedItem = Annotated[
        reduce(or_, (kind for kind in ITEM_TYPES.values() if kind.banked)), Field(discriminator="type")
    ]
    PracticeItem = Annotated[
        reduce(or_, (kind for kind in ITEM_TYPES.values() if kind.score is not None and kind.practised)),
        Field(discriminator="type"),
    ]
