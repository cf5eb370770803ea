"""Many comparisons at once: p-values adjusted so that chance does not pass for a finding."""

from __future__ import annotations

from typing import Any

import numpy as np

from outward.methods.durations import Floats


def holm(p_values: Any) -> Floats:
    """Return p-values adjusted so that the chance of any false finding stays under the level.

    Args:
        p_values: of all comparisons made, not only those on show; NaN where none could be made,
            which stays NaN and does not count.

    Method: Holm (1979), step-down Bonferroni; holds whatever the tests' dependence. To publish.
    When not to use: to explore many comparisons, where it hides too much (`benjamini_hochberg`).

    >>> holm([0.01, 0.04, 0.03, 0.005]).round(4).tolist()
    [0.03, 0.06, 0.06, 0.02]
    """
    return _adjusted(p_values, step_down=True)


def benjamini_hochberg(p_values: Any) -> Floats:
    """Return p-values adjusted so that the expected share of false findings stays under the level.

    Args:
        p_values: of all comparisons made, not only those on show; NaN where none could be made,
            which stays NaN and does not count.

    Method: Benjamini and Hochberg (1995). Assumes tests that are independent or positively
    dependent. To explore.
    When not to use: where a single false finding would do harm (`holm`).

    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.005]).round(4).tolist()
    [0.02, 0.04, 0.04, 0.02]
    """
    return _adjusted(p_values, step_down=False)


def before_holm(adjusted: Any) -> Floats:
    """Return p-values that are surely no smaller than those from which Holm's method made these.

    So comparisons that were corrected in several answers can be corrected again over all of them, and
    the chance of any false finding stays under the level.

    Args:
        adjusted: all p-values of one `holm`; NaN where none could be made, which stays NaN.

    Method: the p-value at place k of m was multiplied by m - k + 1, or by more, so what stands there
    divided by that is no smaller; alike ones all take the last of their places, and 1 stays 1.
    When not to use: where the p-values before correction are known.

    >>> before_holm([0.03, 0.06, 0.06, 0.02]).round(4).tolist()
    [0.01, 0.06, 0.06, 0.005]
    """
    given = np.asarray(adjusted, np.float64)
    made = given[np.isfinite(given)]
    after = (made[None, :] > given[:, None]).sum(axis=1)
    return np.where(given >= 1, 1.0, given / (after + 1))


def _adjusted(p_values: Any, step_down: bool) -> Floats:
    given = np.asarray(p_values, np.float64)
    result = np.full(given.shape, np.nan)
    made = np.flatnonzero(np.isfinite(given))
    order = made[np.argsort(given[made], kind="stable")]
    rank = np.arange(1, len(order) + 1)
    if step_down:
        steps = np.maximum.accumulate(given[order] * (len(order) - rank + 1))
    else:
        steps = np.minimum.accumulate((given[order] * len(order) / rank)[::-1])[::-1]
    result[order] = np.minimum(steps, 1.0)
    return result
