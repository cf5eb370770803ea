"""Every address of the pages."""

from __future__ import annotations

from django.urls import path, re_path

from outward.web import faults
from outward.web.views import (
    ask,
    begin,
    board,
    bring_in,
    checks,
    compare,
    data,
    downloads,
    editing,
    erasing,
    exchange,
    forget,
    guide,
    home,
    journeys,
    looking_back,
    questions,
    records,
    tour,
)

DATA = r"^data/(?P<id>\w[\w.-]{0,99})"
JOB = r"^bring-in/(?P<id>[0-9a-f]{16})"
WORKSPACE = r"^workspaces/(?P<id>\w[\w.-]*)"
RECORDS = WORKSPACE + "/records"
KIND = RECORDS + r"/(?P<kind>[a-z][a-z_]{0,30})"
RECORD = KIND + r"/(?P<record>[a-z0-9][a-z0-9-]{0,79})"
QUESTION = r"/ask/(?P<question>[A-Za-z]\d+(?:\.\d+)?)"
FILE = r"/(?P<name>[\w-]+)\.(?P<ending>csv|svg|json|html)"
ASK = DATA + QUESTION
ASK_WORKSPACE = WORKSPACE + QUESTION

urlpatterns = [
    path("", home.home, name="home"),
    path("enter/<str:key>", home.enter, name="enter"),
    path("bring-in", bring_in.choose, name="bring-in"),
    path("bring-in/columns", guide.columns, name="columns"),
    path("bring-in/made-up-sample.csv", guide.sample, name="sample"),
    path("begin", begin.begin, name="begin"),
    re_path(JOB + "$", bring_in.job, name="job"),
    re_path(JOB + "/stop$", bring_in.stop, name="stop"),
    re_path(WORKSPACE + "$", board.sheet, name="workspace"),
    re_path(WORKSPACE + r"/board\.(?P<ending>html|docx)$", board.download, name="board-download"),
    re_path(WORKSPACE + "/checks$", checks.checks, name="checks"),
    re_path(WORKSPACE + "/tour$", tour.tour, name="tour"),
    re_path(RECORDS + "$", records.every_kind, name="records"),
    re_path(RECORDS + "/removed$", looking_back.gone, name="removed"),
    re_path(KIND + "$", records.of_kind, name="kind"),
    re_path(KIND + "/new$", editing.new, name="new-record"),
    re_path(RECORD + "$", records.one, name="record"),
    re_path(RECORD + "/edit$", editing.edit, name="edit-record"),
    re_path(RECORD + "/history$", looking_back.history, name="history"),
    re_path(RECORD + "/erase$", erasing.erase, name="erase-record"),
    re_path(RECORD + "/remove$", looking_back.remove, name="remove-record"),
    re_path(WORKSPACE + "/forget$", erasing.forget, name="forget-workspace"),
    re_path(WORKSPACE + "/exchange$", exchange.exchange, name="exchange"),
    re_path(WORKSPACE + r"/exchange/(?P<job>[0-9a-f]{16})$", exchange.confirm, name="exchange-confirm"),
    re_path(WORKSPACE + r"/exchange/(?P<name>[\w-]+)\.(?P<ending>xlsx|ods|zip)$", exchange.take, name="exchange-file"),
    re_path(WORKSPACE + "/ask$", questions.every, name="questions"),
    re_path(ASK_WORKSPACE + "$", questions.ask, name="ask-workspace"),
    re_path(ASK_WORKSPACE + FILE + "$", questions.download, name="download-workspace"),
    re_path(DATA + "/forget$", forget.forget, name="forget"),
    re_path(DATA + "$", data.overview, name="data"),
    re_path(DATA + "/journeys$", journeys.journeys, name="journeys"),
    re_path(DATA + "/compare$", compare.compare, name="compare"),
    re_path(DATA + r"/compare/comparison\.(?P<ending>json|html)$", compare.download, name="compare-download"),
    re_path(ASK + "$", ask.ask, name="ask"),
    re_path(ASK + FILE + "$", downloads.download, name="download"),
]

handler400 = faults.not_read
handler404 = faults.not_found
handler500 = faults.our_fault
