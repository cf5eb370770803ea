"""The names that columns go by, in English, Dutch, German, French and Spanish, and the XES keys."""

from __future__ import annotations

import unicodedata

from outward.evidence.names import words

SURE, LIKELY, MAYBE = 0.95, 0.8, 0.55

EXACT: dict[str, dict[str, float]] = {
    "case": {
        "case concept name": 1.0,
        **dict.fromkeys(
            (
                *("case id", "caseid", "case", "case number", "case no", "case ref", "case reference", "trace id"),
                *("process instance", "process instance id", "dossier id", "zaak", "zaak id", "zaakid"),
                *("zaaknummer", "dossiernummer", "aktenzeichen", "fall", "fall id", "fallnummer", "vorgang"),
                *("vorgang id", "vorgangsnummer", "numero dossier", "id dossier", "numero de dossier"),
                *("expediente", "id expediente", "numero expediente", "caso", "id caso", "caso id"),
            ),
            SURE,
        ),
        **dict.fromkeys(
            (
                *("unique key", "reference", "reference number", "ref", "service request id", "session id"),
                *("dossier", "aanvraagnummer", "antragsnummer", "kenmerk", "key", "id"),
            ),
            LIKELY,
        ),
    },
    "activity": {
        "concept name": 1.0,
        **dict.fromkeys(
            (
                *("activity", "activity name", "event name", "activiteit", "aktivitat", "activite", "actividad"),
                *("case event", "step", "step name", "stap", "processtap", "prozessschritt", "arbeitsschritt"),
            ),
            SURE,
        ),
        **dict.fromkeys(
            (
                *("event", "event type", "task", "task name", "action", "milestone", "stage", "schritt", "etape"),
                *("paso", "etapa", "taak", "aufgabe", "tache", "tarea", "handeling", "gebeurtenis", "ereignis"),
                *("evenement", "evento", "operation", "page name", "vorgangsart"),
            ),
            LIKELY,
        ),
        **dict.fromkeys(("status", "state", "case status", "new status", "action type"), MAYBE),
    },
    "time": {
        "time timestamp": 1.0,
        **dict.fromkeys(
            (
                *("timestamp", "time stamp", "complete timestamp", "completion time", "complete time", "end time"),
                *("end timestamp", "event time", "event date", "event timestamp", "tijdstip", "zeitpunkt"),
                *("zeitstempel", "horodatage", "fecha hora", "marca de tiempo", "eindtijd", "endzeit", "fin"),
            ),
            SURE,
        ),
        **dict.fromkeys(
            (
                *("time", "date", "datetime", "date time", "end", "end date", "completed", "finish time", "tijd"),
                *("datum", "datum tijd", "datumtijd", "einddatum", "zeit", "uhrzeit", "enddatum", "date heure"),
                *("date fin", "heure", "fecha", "fecha fin", "hora", "activity date", "date of event"),
            ),
            LIKELY,
        ),
    },
    "start": {
        **dict.fromkeys(
            (
                *("start timestamp", "start time", "start", "started", "start date", "begin", "begin time"),
                *("starttijd", "startdatum", "begindatum", "begintijd", "startzeit", "beginn", "debut"),
                *("date debut", "heure debut", "inicio", "fecha inicio", "hora inicio", "time start"),
            ),
            SURE,
        )
    },
    "lifecycle": {
        "lifecycle transition": 1.0,
        **dict.fromkeys(("lifecycle", "life cycle", "transition", "event lifecycle"), LIKELY),
    },
    "customer": dict.fromkeys(
        (
            *("customer", "customer id", "customer number", "customer ref", "client", "client id", "citizen id"),
            *("applicant id", "person id", "patient id", "resident id", "taxpayer id", "claimant id", "member id"),
            *("student id", "pupil id", "learner id", "household id", "klant", "klant id", "klantnummer"),
            *("burger id", "kunde", "kunden id", "kundennummer", "id client", "numero client", "usager", "id usager"),
            *("cliente", "id cliente", "ciudadano", "id ciudadano", "nhs number", "nino", "bsn"),
        ),
        SURE,
    ),
    "channel": dict.fromkeys(
        (
            *("channel", "contact channel", "channel type", "channel id", "contact channel id", "intake channel"),
            *("open data channel type", "kanaal", "kanal", "canal", "contactkanaal", "medium", "contact method"),
        ),
        SURE,
    ),
    "resource": {
        "org resource": 1.0,
        **dict.fromkeys(("resource", "employee", "staff", "officer", "case worker", "caseworker"), SURE),
        **dict.fromkeys(
            (
                *("user", "user id", "handler", "agent", "employee id", "staff id", "medewerker", "behandelaar"),
                *("bearbeiter", "sachbearbeiter", "mitarbeiter", "agente", "empleado", "recurso", "ressource"),
                *("responsible", "assigned to", "performed by", "operator", "worker", "clerk", "handled by"),
            ),
            LIKELY,
        ),
    },
    "organisation": {
        "org group": SURE,
        **dict.fromkeys(
            (
                *("organisation", "organization", "department", "team", "agency", "organisational unit"),
                *("organizational unit", "organizational entity", "afdeling", "abteilung", "referat", "departement"),
                *("departamento", "oficina", "organisatie", "behorde", "equipe", "equipo", "org unit"),
            ),
            LIKELY,
        ),
        **dict.fromkeys(("org role", "group", "unit", "office", "agency name", "role", "division"), MAYBE),
    },
}

SUBJECTS = frozenset(
    [
        "case",
        "dossier",
        "zaak",
        "ticket",
        "application",
        "claim",
        "request",
        "incident",
        "complaint",
        "permit",
        "session",
        "order",
        "referral",
        "appeal",
        "aanvraag",
        "klacht",
        "antrag",
        "beschwerde",
        "demande",
        "solicitud",
        "expediente",
        "vorgang",
    ]
)
IDS = frozenset(["id", "no", "nr", "number", "ref", "reference", "key", "nummer", "numero", "identifier"])
KINDS = frozenset(
    [
        "theme",
        "subtheme",
        "topic",
        "type",
        "category",
        "channel",
        "office",
        "group",
        "status",
        "state",
        "class",
        "reason",
        "area",
        "region",
    ]
)
PARTS: dict[str, dict[str, float]] = {
    "activity": {
        **dict.fromkeys(("activity", "step", "task", "event", "action", "activiteit", "actividad"), MAYBE),
        **dict.fromkeys(("topic", "stage", "milestone", "status"), 0.4),
        **dict.fromkeys(("theme", "type"), 0.32),
    },
    "time": {
        **dict.fromkeys(("timestamp", "datetime"), 0.7),
        **dict.fromkeys(("time", "date", "datum", "tijd", "zeit", "fecha", "hora", "heure"), MAYBE),
    },
    "start": dict.fromkeys(("start", "started", "begin"), MAYBE),
    "channel": dict.fromkeys(("channel", "kanaal", "kanal", "canal"), 0.7),
    "customer": {},
    "resource": dict.fromkeys(("resource", "employee", "officer", "handler", "caseworker"), MAYBE),
    "organisation": dict.fromkeys(("department", "team", "agency"), 0.5),
    "lifecycle": {},
    "case": {},
}
PLANNED = frozenset(
    [
        "due",
        "deadline",
        "planned",
        "plan",
        "target",
        "expected",
        "expiry",
        "expires",
        "valid",
        "until",
        "birth",
        "dob",
        "scheduled",
        "forecast",
        "geboorte",
        "geboortedatum",
        "geburtsdatum",
        "naissance",
        "nacimiento",
        "uiterste",
        "gepland",
        "frist",
        "echeance",
        "vencimiento",
    ]
)
"""Words of dates that are no event: what was promised, planned or born."""


def spoken(name: str) -> list[str]:
    """Return the words of a column name in lower case, without accents.

    >>> spoken("Numéro_Dossier")
    ['numero', 'dossier']
    """
    plain = unicodedata.normalize("NFKD", name)
    return words("".join(letter for letter in plain if not unicodedata.combining(letter)))


def by_name(role: str, name: str) -> float:
    """Return how surely a column of this name plays the role, 0 to 1.

    >>> by_name("case", "CaseID"), by_name("activity", "order colour")
    (0.95, 0.0)
    """
    found = spoken(name)
    joined = " ".join(found)
    if score := EXACT[role].get(joined, 0.0):
        return score
    if role == "case":
        return _case_name(found)
    if found[:1] == ["case"] and len(found) > 1 and role not in ("activity", "time", "start", "lifecycle"):
        return 0.95 * by_name(role, " ".join(found[1:]))
    if role in ("time", "start") and PLANNED & set(found):
        return 0.0
    if role == "activity" and IDS & set(found):
        return 0.0
    return max((score for word, score in PARTS[role].items() if word in found), default=0.0)


def _case_name(found: list[str]) -> float:
    if KINDS & set(found) or not IDS & set(found):
        return 0.0
    subjects = len(SUBJECTS & set(found))
    return 0.7 + 0.05 * subjects if subjects else 0.3
