"""How the report writes numbers and lists."""

from __future__ import annotations

from collections.abc import Sequence

from peercourse.report.change import Size
from peercourse.report.few import TOO_FEW


def percent(share: float | None) -> str:
    """A share of 1 in whole per cent."""
    return TOO_FEW if share is None else f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def decimal(value: float | None, digits: int = 2) -> str:
    """A figure with so many digits, with a real minus sign and never minus zero."""
    if value is None:
        return TOO_FEW
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if not float(text) else text.replace("-", "\N{MINUS SIGN}")


def signed(value: float, digits: int = 1) -> str:
    """A change: with plus or minus."""
    text = decimal(value, digits)
    return f"+{text}" if float(f"{value:.{digits}f}") > 0 else text


def with_interval(size: Size | None, digits: int = 1) -> str:
    """A change and the ends of its interval."""
    if size is None:
        return "no spread before"
    return f"{signed(size.value, digits)} ({signed(size.low, digits)} to {signed(size.high, digits)})"


def count(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def listed(texts: Sequence[str]) -> str:
    """Texts with commas, and "and" before the last."""
    return ", ".join(texts[:-1]) + f" and {texts[-1]}" if len(texts) > 1 else "".join(texts)
