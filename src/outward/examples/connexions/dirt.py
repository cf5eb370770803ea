"""The dirt of real files, put in on purpose where no planted truth is: the truths hold for the file as it is.

Times go missing and misspellings happen only on rows of a school flag or a review that are neither the first
nor the last of their case; copies are made only of steps whose repeats are no truth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from outward.examples.connexions.chain import FLAGS, PLACEMENT, REVIEW, YOUTH
from outward.examples.connexions.record import Columns

TWICE = {FLAGS: 0.012, REVIEW: 0.012, YOUTH: 0.012, PLACEMENT: 0.012}
"""The share of rows of each activity that stand in the file twice."""
NO_TIME = 0.012
OLD_TIME = 0.004
OLD_START = 0.01
MISSPELT = {REVIEW: ("Reveiw meeting", 0.008), YOUTH: ("Youth service project", 0.03)}
SENTINEL = "1900-01-01 00:00"


def soil(rng: np.random.Generator, columns: Columns) -> Columns:
    """Return the columns with copies, gaps, sentinel dates, misspellings and a case called 'NA'.

    Args:
        rng: the source of luck.
        columns: the clean columns, in order of time; they are left as they are.
    """
    columns = {name: values.copy() for name, values in columns.items()}
    rows = len(columns["case"])
    activity = columns["activity"].copy()
    inside = _inside(columns)
    luck = rng.random((4, rows))
    quiet = inside & np.isin(activity, [FLAGS, REVIEW])
    columns["time"][quiet & (luck[0] < NO_TIME)] = ""
    columns["time"][quiet & (luck[0] > 1 - OLD_TIME)] = SENTINEL
    columns["start"][(columns["start"] != "") & (luck[1] < OLD_START)] = SENTINEL
    for name, (wrong, share) in MISSPELT.items():
        columns["activity"][inside & (activity == name) & (luck[2] < share)] = wrong
    columns["case"][columns["case"] == np.sort(columns["case"])[rows // 2]] = "NA"
    copies = np.ones(rows, dtype=np.int64)
    for name, share in TWICE.items():
        copies[(activity == name) & (luck[3] < share)] = 2
    return {name: np.repeat(values, copies) for name, values in columns.items()}


def _inside(columns: Columns) -> NDArray[np.bool_]:
    """Return for each row whether its case has an earlier and a later row."""
    _, first = np.unique(columns["case"], return_index=True)
    _, last = np.unique(columns["case"][::-1], return_index=True)
    inside = np.ones(len(columns["case"]), dtype=np.bool_)
    inside[first] = False
    inside[len(inside) - 1 - last] = False
    return inside
