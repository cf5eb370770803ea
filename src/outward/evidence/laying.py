"""Laying an event log: from a relation of events to annotated Parquet files, once, when it comes in.

A laid log is a folder:

    events-000.parquet ...   one row an event, in order of case, time, start and original row:
        case_no INTEGER, position INTEGER, activity SMALLINT, next SMALLINT (-1 after the last),
        time TIMESTAMP (UTC), gap_us BIGINT (from this event to the next, -1 after the last),
        wait_bin SMALLINT (the bin of the wait to the next, -1 after the last),
        first_visit BOOLEAN (the first time in its case that this activity occurs),
        first_arc BOOLEAN (the first time in its case that this step to the next occurs),
        since_first_us BIGINT (where the activity is done again: since its first time in the case, else -1),
        extra INTEGER (at the last of several times of an activity in its case: their number less one, else 0),
        where starts are known: service_us BIGINT (start to completion) and wait_us BIGINT (from
        this completion to the next start, not under 0), NULL where not; and the codes `channel`, `resource`,
        `organisation` where the log has them, -1 where unknown; case_channel, case_organisation,
        case_a0 ... SMALLINT: the case's own value, as in cases.parquet, of those with at most 250 values
    cases.parquet            one row a case: case_no, customer INTEGER, first, last TIMESTAMP,
        first_activity, last_activity SMALLINT, events INTEGER, variant INTEGER, and code columns
        channel, resource, organisation and a0, a1 ... (attributes): the first value in the case
    variants.parquet         one row an exact route: variant INTEGER (0 is the most common), cases
        INTEGER, length INTEGER, steps INTEGER[]
    tokens.parquet           case and customer numbers as keyed hashes, for joining later extracts
    manifest.json, settings.json

Counts of events on a path are then a plain count and counts of cases a sum of `first_arc`: no window
is needed when a question is asked. The work goes in batches of whole cases, so memory is bounded;
the result depends on the source alone; and the folder appears under its name only when complete.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.annotate import Batch, annotate, case_columns
from outward.evidence.disk import room_for
from outward.evidence.in_order import in_order
from outward.evidence.manifest import BESIDE_EVENTS, LAYOUT, Aside, Attribute, Manifest, write_json
from outward.evidence.names import literal, quoted
from outward.evidence.readers.naming import one_file
from outward.evidence.routes import Routes
from outward.evidence.stopping import interruptible
from outward.evidence.tables import EventRows, Settings, Source

if TYPE_CHECKING:
    import duckdb

EVENTS_A_BATCH = 1_000_000
PLACES = ("channel", "resource", "organisation")
APART = ("activity", "resource")  # what events have of their own, and staff: no groups of cases
MOST_IN_A_SMALLINT = 32_767
NUMBERS = "PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1"
"""Whole numbers as their differences, without a dictionary and without NULLs: quick to write and to scan."""


def lay(
    source: Source,
    rows: EventRows,
    settings: Settings,
    target: Path,
    connection: duckdb.DuckDBPyConnection,
    key: bytes,
    progress: Progress,
    events_a_batch: int = EVENTS_A_BATCH,
    before_shown: Callable[[Path], None] | None = None,
) -> Manifest:
    """Lay the events of a source into the folder `target` and return its manifest.

    Args:
        source: the opened file.
        rows: its events as one relation.
        settings: what is confirmed about it; written beside the manifest.
        target: the folder to make; one that is there is replaced in one step at the end.
        connection: the engine, whose scratch folder may be used.
        key: secret for the keyed hashes of case and customer numbers, kept elsewhere.
        progress: told how far the work has come; may stop it.
        events_a_batch: about how many events are held in memory at once.
        before_shown: called with the finished folder before it gets its name, to complete its settings.

    Raises:
        BadInput: not one row can be used.
        Cancelled: a person stopped the work; nothing is left of it.
    """
    staging = target.with_name(f".laying-{os.getpid()}-{target.name}")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700, parents=True)
    try:
        manifest = _lay_into(staging, source, rows, connection, key, progress, events_a_batch, settings.time_zone)
        write_json(staging / "manifest.json", manifest)
        write_json(staging / "settings.json", settings)
        if before_shown:
            before_shown(staging)
        _put_in_place(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _put_in_place(staging: Path, target: Path) -> None:
    """Give the finished folder its name; at every moment one whole log stands there or can be restored."""
    old = target.with_name(f".old-{os.getpid()}-{target.name}")
    if target.exists():
        target.rename(old)
    staging.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _lay_into(
    folder: Path,
    source: Source,
    rows: EventRows,
    connection: duckdb.DuckDBPyConnection,
    key: bytes,
    progress: Progress,
    events_a_batch: int,
    zone: str,
) -> Manifest:
    progress.advance(0.02, "reading the rows")
    relation = _held_still(source, rows, folder, connection)
    read, events, aside = _set_aside(relation, rows, source, connection)
    progress.advance(
        0.25, f"numbering the cases: {room_for(events, len(rows.roles) + len(rows.attributes), folder)} of disk at most"
    )
    usable = f"(SELECT * FROM {relation} WHERE problem IS NULL)" if events < read else relation
    cases = _number_cases(usable, connection)
    if not cases:
        raise BadInput(f"'{source.path.name}' holds no row with a case, an activity and a time that can be read.")
    labels = _encode(usable, rows, folder, connection)
    batches = max(1, -(-events // events_a_batch))
    groups = tuple(code for code in labels if code not in APART and len(labels[code]) <= BESIDE_EVENTS)
    by_case, routes, quality = _lay_journeys(folder, groups, cases, batches, connection, zone, progress)
    (folder / "encoded.parquet").unlink()
    (folder / "rows.parquet").unlink(missing_ok=True)
    progress.advance(0.92, "counting the exact routes")
    by_case["variant"] = routes.finish()[by_case["variant"]]
    varying, late = _counted(by_case, "varies_"), _counted(by_case, "late_")
    quality |= {f"varies_{role}": varying[role] for role in PLACES if role in varying}
    names = {f"a{number}": name for number, name in enumerate(rows.attributes)}
    quality |= {f"late_{names.get(column, column)}": count for column, count in late.items() if count}
    with ThreadPoolExecutor(max_workers=1) as writer:
        writing = writer.submit(_write_tokens, connection, folder, key, "customer" in rows.roles)
        cursor = interruptible(connection.cursor())
        customers = _write_cases(cursor, by_case, folder, "customer" in rows.roles)
        routes.write(cursor, folder / "variants.parquet", progress)
        writing.result()
    return Manifest(
        layout=LAYOUT,
        fingerprint=source.fingerprint,
        source=source.path.name,
        format=source.format,
        rows=read + sum(one.rows for one in (*source.aside, *rows.aside)),
        events=int(by_case["events"].sum()),
        cases=cases,
        customers=customers,
        variants=len(routes.counts),
        first=_iso(by_case["first"].min()),
        last=_iso(by_case["last"].max()),
        activities=labels["activity"],
        places=_coded_staff({role: labels[role] for role in PLACES if role in labels}),
        attributes=tuple(
            Attribute(name, f"a{number}", labels[f"a{number}"], varying[f"a{number}"])
            for number, name in enumerate(rows.attributes)
        ),
        has_start=rows.has_start,
        has_customer="customer" in rows.roles,
        aside=aside,
        personal=rows.personal,
        left_out=rows.left_out,
        notes=(*source.notes, *rows.notes),
        quality=quality,
    )


def _lay_journeys(
    folder: Path,
    groups: tuple[str, ...],
    cases: int,
    batches: int,
    connection: duckdb.DuckDBPyConnection,
    zone: str,
    progress: Progress,
) -> tuple[dict[str, Any], Routes, dict[str, int]]:
    """Write the events, batch by batch, and return the columns of the cases, the routes and facts on quality.

    While one batch is annotated the next is read and the one before is written. The case's value of the
    columns `groups` is laid beside each of its events.
    """
    routes, kept, quality, size = Routes(), [], dict[str, int](), -(-cases // batches)
    with ThreadPoolExecutor(max_workers=1) as reader, ThreadPoolExecutor(max_workers=1) as writer:
        cursor, writes = (interruptible(connection.cursor()) for _ in range(2))

        def read(number: int) -> Future[Batch]:
            return reader.submit(_batch, folder, number * size, (number + 1) * size, cursor)

        coming, writing = read(0), writer.submit(lambda: None)
        for number in range(batches):
            progress.advance(0.4 + 0.5 * number / batches, "laying the journeys")
            batch = coming.result()
            coming = read(number + 1) if number + 1 < batches else coming
            if not len(batch.case_no):
                continue
            arcs, by_case = annotate(batch, zone), case_columns(batch, routes.number(batch))
            beside = {f"case_{name}": np.repeat(by_case[name], by_case["events"]) for name in groups}
            for fact, events in arcs.quality.items():
                quality[fact] = quality.get(fact, 0) + events
            writing.result()
            path = folder / f"events-{number:03d}.parquet"
            select = ", ".join((arcs.select, *beside))
            writing = writer.submit(_write, writes, arcs.columns | beside, path, select)
            kept.append(by_case)
        writing.result()
    return {name: np.concatenate([part[name] for part in kept]) for name in kept[0]}, routes, quality


def _held_still(source: Source, rows: EventRows, folder: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """Return a relation that is cheap to scan again: Parquet as it is, text read once into a copy."""
    if source.format == "parquet":
        return f"({rows.relation})"
    copy = folder / "rows.parquet"
    connection.execute(f"COPY ({rows.relation}) TO {literal(copy)} (FORMAT parquet, COMPRESSION zstd)")
    return f"read_parquet({one_file(copy)}, hive_partitioning = false)"


def _set_aside(
    relation: str, rows: EventRows, source: Source, connection: duckdb.DuckDBPyConnection
) -> tuple[int, int, tuple[Aside, ...]]:
    """Return how many rows were read, how many can be used, and the others by reason."""
    read, usable = connection.execute(f"SELECT count(*), count(*) FILTER (problem IS NULL) FROM {relation}").fetchall()[
        0
    ]
    found = []
    if usable < read:
        found = connection.execute(
            f"SELECT problem, count(*), count(DISTINCT case_id) FROM {relation} "
            "WHERE problem IS NOT NULL GROUP BY problem ORDER BY count(*) DESC, problem"
        ).fetchall()
    aside = [Aside(*one) for one in found]
    aside += [Aside(one.reason, one.rows, one.rows) for one in (*source.aside, *rows.aside) if one.rows]
    return read, usable, tuple(aside)


def _number_cases(relation: str, connection: duckdb.DuckDBPyConnection) -> int:
    """Number the cases by first appearance in the table `numbered` and return how many there are."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE numbered AS SELECT case_id, "
        "(row_number() OVER (ORDER BY appears) - 1)::INTEGER AS case_no FROM "
        f"(SELECT case_id, min(row_no) AS appears FROM {relation} GROUP BY case_id)"
    )
    (cases,) = connection.execute("SELECT count(*) FROM numbered").fetchall()[0]
    return int(cases)


def _encode(
    relation: str, rows: EventRows, folder: Path, connection: duckdb.DuckDBPyConnection
) -> dict[str, tuple[str, ...]]:
    """Write the usable events with integer codes for every label and return the labels by code."""
    coded = {"activity": "activity"} | {role: role for role in rows.roles if role != "customer"}
    coded |= {f"a{number}": name for number, name in enumerate(rows.attributes)}
    labels = {code: _labels(relation, column, code, connection) for code, column in coded.items()}
    columns = ["case_no", "row_no", "epoch_us(time) AS time_us"]
    columns += ["epoch_us(start) AS start_us"] if rows.has_start else []
    columns += [f"coalesce(code_{code}, -1) AS {code}" for code in coded]
    tables = f"{relation} JOIN numbered USING (case_id)"
    tables += "".join(f" LEFT JOIN codes_{code} ON label_{code} = {quoted(column)}" for code, column in coded.items())
    if "customer" in rows.roles:
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE people AS SELECT customer AS customer_id, "
            "(row_number() OVER (ORDER BY min(row_no)) - 1)::INTEGER AS customer_no "
            f"FROM {relation} WHERE customer IS NOT NULL GROUP BY customer"
        )
        columns.append("customer_no")
        tables += " LEFT JOIN people ON customer_id = customer"
    connection.execute("SET preserve_insertion_order = false")  # the rows carry their number
    connection.execute(
        f"COPY (SELECT {', '.join(columns)} FROM {tables}) TO {literal(folder / 'encoded.parquet')} "
        f"(FORMAT parquet, {NUMBERS}, COMPRESSION uncompressed)"
    )
    connection.execute("SET preserve_insertion_order = true")  # what follows is written as it was put in order
    return labels


def _labels(relation: str, column: str, code: str, connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Make the table of a column's values with their codes, in order, and return the values."""
    name = quoted(column)
    values = connection.execute(
        f"SELECT DISTINCT {name} FROM {relation} WHERE {name} IS NOT NULL ORDER BY 1"
    ).fetchall()
    labels = tuple(value for (value,) in values)
    kind = "SMALLINT" if len(labels) <= MOST_IN_A_SMALLINT else "INTEGER"
    connection.register("labels", {"label": np.array(labels, object), "code": np.arange(len(labels))})
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE codes_{code} AS SELECT label::VARCHAR AS label_{code}, "
        f"code::{kind} AS code_{code} FROM labels"
    )
    connection.unregister("labels")
    return labels


def _batch(folder: Path, low: int, high: int, connection: duckdb.DuckDBPyConnection) -> Batch:
    """Return the events of the cases numbered low (included) to high (not), in order."""
    encoded = one_file(folder / "encoded.parquet")
    data: dict[str, Any] = connection.execute(
        f"SELECT * FROM read_parquet({encoded}, hive_partitioning = false) WHERE case_no >= {low} AND case_no < {high}"
    ).fetchnumpy()
    order = in_order(data["case_no"], data.pop("row_no"), data["time_us"], data.get("start_us"))
    data = {name: column[order] for name, column in data.items()}
    return Batch(
        case_no=data.pop("case_no"),
        time_us=data.pop("time_us"),
        activity=data.pop("activity"),
        start_us=data.pop("start_us", None),
        customer=data.pop("customer_no", None),
        places={role: data.pop(role) for role in PLACES if role in data},
        attributes=data,
    )


def _write(connection: duckdb.DuckDBPyConnection, columns: dict[str, Any], path: Path, select: str = "*") -> None:
    connection.register("laid_part", columns)
    connection.execute(
        f"COPY (SELECT {select} FROM laid_part) TO {literal(path)} (FORMAT parquet, {NUMBERS}, COMPRESSION lz4)"
    )
    connection.unregister("laid_part")


def _counted(by_case: dict[str, Any], prefix: str) -> dict[str, int]:
    """Return, for each attribute, in how many cases it changes, or is late; removes those helper columns."""
    helpers = [name for name in by_case if name.startswith(prefix)]
    return {name.removeprefix(prefix): int(by_case.pop(name).sum()) for name in helpers}


def _write_cases(
    connection: duckdb.DuckDBPyConnection, by_case: dict[str, Any], folder: Path, has_customer: bool
) -> int:
    """Write one row a case and return the number of distinct customers.

    A case without a customer stands for a customer of its own.
    """
    if has_customer:
        customer = by_case["customer"].astype(np.int32)
        nobody = customer < 0
        customer[nobody] = max(int(customer.max()), -1) + 1 + np.arange(nobody.sum(), dtype=np.int32)
        by_case["customer"] = customer
    else:
        by_case["customer"] = by_case["case_no"]
    select = "* EXCLUDE (first, last), make_timestamp(first) AS first, make_timestamp(last) AS last"
    _write(connection, by_case, folder / "cases.parquet", select)
    return int(np.count_nonzero(np.bincount(by_case["customer"])))


def _write_tokens(connection: duckdb.DuckDBPyConnection, folder: Path, key: bytes, has_customer: bool) -> None:
    secret = literal(key.hex())
    query = f"SELECT 'case' AS kind, case_no AS number, {token_sql(secret, 'case')} AS token FROM numbered"
    if has_customer:
        query += f" UNION ALL SELECT 'customer', customer_no, {token_sql(secret, 'customer')} FROM people"
    query += " ORDER BY kind, number"
    connection.execute(f"COPY ({query}) TO {literal(folder / 'tokens.parquet')} (FORMAT parquet, COMPRESSION lz4)")


def token_sql(secret: str, kind: str) -> str:
    """Return the SQL of a number's keyed hash: half of a SHA-256, so that it cannot be carried on."""
    return f"unhex(left(sha256({secret} || '{kind}' || {kind}_id), 32))"


def _coded_staff(places: Any) -> dict[str, tuple[str, ...]]:
    """Return the places with staff coded: who did the work is never kept by name."""
    coded = dict(places)
    if "resource" in coded:
        coded["resource"] = tuple(f"Worker {number + 1}" for number in range(len(coded["resource"])))
    return coded


def _iso(microseconds: Any) -> str:
    return str(np.datetime64(int(microseconds), "us"))
