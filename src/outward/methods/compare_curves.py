"""Do groups' cases end at different speeds: the log-rank test."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from outward.methods.durations import Durations, EventTable, Floats, at_risk_at, event_table, joined
from outward.methods.influence import Influence, Term, customer_codes, customer_influence
from outward.methods.intervals import Comparison, compare


def log_rank(groups: Sequence[Durations], ending: int | None = None) -> Comparison:
    """Return whether groups' cases end at different speeds.

    Args:
        groups: each group's cases; where all have customers the variance is cluster-robust.
        ending: the kind of interest, others then count as censored; None is any ending.

    Method: Mantel (1966) and Peto and Peto (1972) with the hypergeometric variance. With customers,
    the score test of Lin and Wei (1989) and Lee, Wei and Amato (1992): score residuals summed within
    customers, who may stand in several groups, referred to F (see `compare`).
    Assumes that being open still says nothing about when a case would end; most powerful where one
    group's rate is a constant multiple of the other's. With customers, at least some forty of them.
    When not to use: for groups defined by something that happens later in the case (immortal time);
    where curves cross; for one of several endings if shares are meant rather than rates (`gray`).

    >>> fast, slow = Durations([1, 2, 3, 4], [1, 1, 1, 1]), Durations([5, 6, 7, 8], [1, 1, 1, 1])
    >>> round(log_rank([fast, slow]).p_value, 4)
    0.0067
    """
    groups = [group.ending_as(ending) for group in groups]
    table = event_table(joined(groups))
    share = at_risk_by_group(groups, table.times) / table.at_risk
    observed = np.array([float(group.counts[group.seen] @ group.ended[group.seen]) for group in groups])
    customers: int | None = None
    if all(group.customer is not None for group in groups):
        own = np.eye(len(groups))
        heights = [[[(own[g, h] - share[g], None)] for g in range(len(groups))] for h in range(len(groups))]
        variance, customers = clustered_variance(groups, [table] * len(groups), heights)
    else:
        variance = _hypergeometric(share, table)
    return compare(observed - share @ table.ended, variance, observed, customers)


def at_risk_by_group(groups: Sequence[Durations], times: Floats) -> Floats:
    """Return the cases at risk just before each time, a row a group.

    Args:
        groups: each group's cases.
        times: days.
    """
    return np.array([at_risk_at(group, times) for group in groups])


def _hypergeometric(share: Floats, table: EventTable) -> Floats:
    others = np.maximum(table.at_risk - 1, 1)
    spread = share * (table.ended * (table.at_risk - table.ended) / others)
    return np.asarray(np.diag(spread.sum(axis=1)) - spread @ share.T, np.float64)


def clustered_variance(
    groups: Sequence[Durations], tables: Sequence[EventTable], heights: Sequence[Sequence[Sequence[Term]]]
) -> tuple[Floats, int]:
    """Return the covariance of scores, from their sums within customers, and how many customers there are.

    Args:
        groups: each group's cases, with customers.
        tables: for each group the event table whose hazards its cases pay.
        heights: for each group and score, the terms of its sum over event times.
    """
    codes, number = customer_codes(*groups)
    each, forever = np.eye(len(heights)), np.full(len(heights), np.inf)
    sums = np.zeros((len(heights), number))
    for group, table, code, parts in zip(groups, tables, codes, heights, strict=True):
        effect = Influence(table, parts, forever, each)
        sums += np.concatenate(list(customer_influence(group, effect, code, number)), axis=1)
    return np.asarray(sums @ sums.T, np.float64), number
