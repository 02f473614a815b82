"""Quantiles of the F distribution, by the incomplete beta function. All that intervals of alpha need of a library."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

ENOUGH = 1e-13
"""Relative change from which more terms, or more halvings, alter nothing that is shown."""
MOST_TERMS = 5000


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, I_x(a, b).

    Source: the continued fraction of the NIST Digital Library of Mathematical Functions, 8.17.22, by Lentz's method.

    Args:
        x: from 0 to 1.
        a: above 0.
        b: above 0.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast below this point alone
        return 1 - incomplete_beta(1 - x, b, a)
    front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    above, below = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = below
    for m in range(1, MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            below = 1 / (1 + term * below)
            above = 1 + term / above
            value *= above * below
        if abs(above * below - 1) < ENOUGH:
            break
    return front * value


def f_quantile(probability: float, first: float, second: float) -> float:
    """The value below which an F variable falls with a probability.

    Args:
        probability: above 0 and below 1.
        first: degrees of freedom of the numerator.
        second: degrees of freedom of the denominator.
    """
    low, high = 0.0, 1.0
    while high - low > ENOUGH * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if incomplete_beta(middle, first / 2, second / 2) < probability:
            low = middle
        else:
            high = middle
    return second * high / (first * (1 - high))
