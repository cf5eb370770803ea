"""Design effects of shares from a view: how much less cases tell where some are the same customer's."""

from __future__ import annotations

from outward.evidence.view import View
from outward.methods.proportions import design_effect


def design_effects(view: View, having: str, key: str = "") -> dict[tuple[int, ...], float]:
    """Return, for each group, the design effect of the share of its cases that have a property.

    Args:
        view: the chosen cases.
        having: SQL of the cases that have it: case_no, and the key, each case once a key.
        key: a column of whole numbers that tells several properties apart, such as `activity`.

    Empty where no customer has several cases, and without groups in which no case has the property.
    See `proportions.design_effect`.
    """
    if not view.repeat_customers:
        return {}
    keys = f"grp, {key}" if key else "grp"
    found = view.rows(
        "WITH held AS (SELECT grp, customer, count(*) AS cases FROM cases GROUP BY ALL), "
        "wholes AS (SELECT grp, count(*) AS customers, sum(cases)::DOUBLE AS cases, "
        "sum(cases * cases)::DOUBLE AS squared FROM held GROUP BY grp), "
        f"hits AS (SELECT {keys}, customer, count(*) AS hits FROM {having} JOIN cases USING (case_no) GROUP BY ALL) "
        f"SELECT any_value(customers), any_value(wholes.cases), any_value(squared), sum(hits)::DOUBLE, "
        f"sum(hits * hits)::DOUBLE, sum(hits * held.cases)::DOUBLE, {keys} "
        f"FROM hits JOIN held USING (grp, customer) JOIN wholes USING (grp) GROUP BY {keys}"
    )
    effects = {}
    for customers, cases, cases_squared, hits, hits_squared, products, *place in found:
        share = hits / cases
        squares = max(hits_squared - 2 * share * products + share**2 * cases_squared, 0.0)
        effects[tuple(place)] = design_effect(share, cases, customers, squares)
    return effects
