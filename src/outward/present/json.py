"""An answer as JSON: the shape that the command line and the API share."""

from __future__ import annotations

import json
from typing import Any

from outward.answers import Column, Value
from outward.disclosure.released import ReleasedAnswer, ReleasedTable
from outward.present.words import sentence

VERSION = 1


def as_json(released: ReleasedAnswer) -> dict[str, Any]:
    """Return the answer as plain dicts and lists, in version 1 of its shape.

    A cell without a figure is null, and its symbol stands among the table's marks. The ends of the
    interval of a column `x` are named `x_low` and `x_high`.

    Args:
        released: the answer.
    """
    policy, method = released.policy, released.method
    return {
        "version": VERSION,
        "question": released.question,
        "title": released.title,
        "sentence": sentence(released, released.sentence),
        "standing": {"level": released.standing.level.value, "reasons": list(released.standing.reasons)},
        "basis": released.basis.value,
        "policy": {
            "name": policy.name,
            "threshold": policy.threshold,
            "rounding": policy.rounding,
            "checked": policy.checked,
            "words": released.small_numbers,
            "reason": policy.reason,
        },
        "parameters": dict(released.parameters),
        "tables": {name: _table(table) for name, table in released.tables.items()},
        "caveats": [sentence(released, caveat) for caveat in released.caveats],
        "method": {
            "name": method.name,
            "text": method.text,
            "source": method.source,
            "assumptions": list(method.assumptions),
        },
        "evidence": [
            {
                "data_set": piece.data_set,
                "version": piece.version,
                "period_from": piece.period_from,
                "period_to": piece.period_to,
                "basis": piece.basis.value,
            }
            for piece in released.evidence
        ],
    }


def _name(column: Column) -> str:
    return f"{column.bounds}_{column.kind}" if column.bounds and column.kind in ("low", "high") else column.name


def _table(table: ReleasedTable) -> dict[str, Any]:
    marks = []
    for column in table.columns:
        symbols = table.marks.get(column.name) or (None,) * len(table)
        for row, (symbol, value) in enumerate(zip(symbols, table.values[column.name], strict=True)):
            missing = column.kind != "label" and _plain(value) is None
            if symbol or missing:
                marks.append({"row": row, "column": _name(column), "symbol": symbol or "x"})
    return {
        "columns": [{"name": _name(column), "unit": column.unit, "kind": column.kind} for column in table.columns],
        "rows": [{_name(column): _plain(row[column.name]) for column in table.columns} for row in table.rows()],
        "marks": sorted(marks, key=lambda one: one["row"]),
    }


def _plain(value: Value) -> Value:
    unwritable = isinstance(value, float) and (value != value or value in (float("inf"), float("-inf")))
    return None if unwritable else value


def json_text(released: ReleasedAnswer) -> str:
    """Return the answer as JSON text.

    Args:
        released: the answer.
    """
    return json.dumps(as_json(released), ensure_ascii=False, indent=1, allow_nan=False)
