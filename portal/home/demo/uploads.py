"""A year of monthly files, sent, checked, verified and published as people do it."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

import time_machine
from django.utils import timezone

from portal.core.jobs import at_once
from portal.core.periods import PeriodKind, containing
from portal.datasets.actions.review import (
    return_version,
    submit_version,
    verify_and_publish,
)
from portal.datasets.actions.uploads import receive_file
from portal.datasets.models import DatasetPage
from portal.home.demo.catalogue import TOPICS
from portal.home.demo.files import faulty_file_of, file_of
from portal.home.demo.people import head_of, officer_of, person_named

MONTHS = 12
#: Topics whose latest month is not published yet, each stuck at another step.
WAITING, RETURNED, REFUSED, MISSING = (
    "kham-chua-benh",
    "moi-truong",
    "cap-phep-xay-dung",
    "an-toan-giao-thong",
)
#: (topic, months ago): sent after the deadline.
LATE = {("moi-truong", 4), ("cap-phep-xay-dung", 2), ("cong-nghiep-dien", 6), ("moi-truong", 8)}
CORRECTED = ("thu-ngan-sach", 3)


@contextmanager
def at(moment):
    """Let what happens inside happen at ``moment``, and its jobs at once."""
    with time_machine.travel(moment, tick=True), at_once():
        yield


def local_moment(day, hour, minute=0):
    """Return an instant of ``day`` by the clock on the centre's wall."""
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())


def send_a_year(today):
    """Send every topic's files for the twelve months before ``today``'s."""
    datasets = {page.code: page for page in DatasetPage.objects.select_related("owner_unit")}
    this_month = containing(today, PeriodKind.MONTH)
    for months_ago in range(MONTHS, 0, -1):
        period = this_month.shift(-months_ago)
        for order, topic in enumerate(TOPICS):
            dataset = datasets[topic.code]
            moment = _sending_moment(topic, period, months_ago, order)
            if months_ago > 1:
                _publish(dataset, topic, period, months_ago, moment)
            else:
                _latest(dataset, topic, period, moment)
            if (topic.code, months_ago) == CORRECTED:
                later = moment + timedelta(days=6)
                _publish(dataset, topic, period, months_ago, later, corrected=True)


def _sending_moment(topic, period, months_ago, order):
    day = 14 if (topic.code, months_ago) in LATE else 2 + order % 6
    following = period.shift(1).start
    return local_moment(following.replace(day=day), 8 + order % 8, 15 + order)


def _send(dataset, topic, period, months_ago, *, corrected=False):
    note = "Đính chính số liệu Phường Đông An" if corrected else ""
    file = file_of(topic, period, months_ago, corrected=corrected)
    officer = officer_of(dataset.owner_unit)
    version = receive_file(dataset, file, user=officer, period=period.code, note=note)
    version.refresh_from_db()
    return version


def _submit(version, dataset):
    unit = dataset.owner_unit
    sender = head_of(unit) if dataset.head_must_submit else officer_of(unit)
    submit_version(version, user=sender)


def _publish(dataset, topic, period, months_ago, moment, *, corrected=False):
    with at(moment):
        version = _send(dataset, topic, period, months_ago, corrected=corrected)
        _submit(version, dataset)
    with at(min(_next_morning(moment), _just_now())):
        verify_and_publish(version, user=person_named("chuyen-vien"))


def _latest(dataset, topic, period, moment):
    """Leave the latest month of four topics at the step where work is waiting."""
    if topic.code == MISSING:
        return
    if topic.code not in (WAITING, RETURNED, REFUSED):
        _publish(dataset, topic, period, 1, moment)
        return
    with at(moment):
        if topic.code == REFUSED:
            officer = officer_of(dataset.owner_unit)
            receive_file(
                dataset, faulty_file_of(topic, period, 1), user=officer, period=period.code
            )
            return
        version = _send(dataset, topic, period, 1)
        _submit(version, dataset)
    if topic.code == RETURNED:
        with at(min(_next_morning(moment), _just_now())):
            return_version(
                version,
                user=person_named("chuyen-vien"),
                note="Rác thải thu gom của Xã Suối Mơ giảm mạnh so với tháng trước; "
                "đề nghị kiểm tra lại hoặc nêu lý do.",
            )


def _next_morning(moment):
    return local_moment(timezone.localdate(moment) + timedelta(days=1), 9, moment.minute)


def _just_now():
    return timezone.now() - timedelta(minutes=30)
