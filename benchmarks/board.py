"""The board of what is due: 200 units, 500 datasets, 24 periods each."""

import gc
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks.figures import Figure, p95, seconds
from portal.core.periods import PeriodKind, containing
from portal.core.roles import Role
from portal.datasets.board import board_of
from portal.datasets.models import DatasetIndexPage, DatasetPage, DatasetVersion
from portal.units.models import UnitIndexPage, UnitPage
from tests.factories import make_home, make_user

UNITS, DATASETS, PERIODS = 200, 500, 24


def measure():
    """Yield how long the board takes, and how many queries."""
    _fill()
    gc.collect()
    gc.freeze()  # as the server does once it stands
    year = timezone.localdate().year
    board = board_of(DatasetPage.objects.live(), year)
    if len(board.rows) != UNITS:
        raise AssertionError(len(board.rows))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        board_of(DatasetPage.objects.live(), year)
    taken = seconds(lambda: board_of(DatasetPage.objects.live(), year), repeat=10)
    yield Figure("the board", p95(taken) * 1000, "ms", at_most=300)
    yield Figure("its queries", len(queries), "queries", at_most=10)
    reader, address = Client(), reverse("datasets:board")
    reader.force_login(make_user(Role.ADMINISTRATOR))
    if b"portal-board" not in reader.get(address).content:
        raise AssertionError("the page shows no board")
    page = seconds(lambda: reader.get(address), repeat=10)
    yield Figure("its page, as an administrator gets it", p95(page) * 1000, "ms", at_most=300)


def _fill():
    home = make_home()
    index = home.add_child(instance=UnitIndexPage(title="Đơn vị"))
    units = [
        index.add_child(instance=UnitPage(title=f"Đơn vị {number}", code=f"dv-{number}"))
        for number in range(UNITS)
    ]
    catalogue = home.add_child(instance=DatasetIndexPage(title="Dữ liệu"))
    this_month = containing(timezone.localdate(), PeriodKind.MONTH)
    first = this_month.shift(1 - PERIODS)
    user = get_user_model().objects.create(username="do-luong")
    for number in range(DATASETS):
        dataset = catalogue.add_child(
            instance=DatasetPage(
                title=f"Bộ dữ liệu {number}", code=f"bo-{number}", frequency="month",
                owner_unit=units[number % UNITS], first_period=first.code, due_day=5,
            )
        )  # fmt: skip
        DatasetVersion.objects.bulk_create(
            _version(dataset, user, first.shift(step), step) for step in range(PERIODS - 2)
        )


def _version(dataset, user, period, step):
    moment = timezone.now() - timedelta(days=30 * (PERIODS - step))
    return DatasetVersion(
        dataset=dataset, unit=dataset.owner_unit, period=period.code, status="superseded",
        receipt_number=f"{dataset.code}-{period.code}", filename="a.csv", size=1, sha256="0",
        uploaded_by=user, submitted_by=user, submitted_at=moment,
    )  # fmt: skip
