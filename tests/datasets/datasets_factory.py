"""Datasets, files and published versions for tests; a test names only what it is about."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import TestCase

from portal.core.roles import Role
from portal.datasets.actions.review import submit_version, verify_and_publish
from portal.datasets.actions.sources import set_up_source
from portal.datasets.actions.uploads import receive_file
from portal.datasets.models import (
    DatasetColumn,
    DatasetIndexPage,
    DatasetPage,
    IndicatorCataloguePage,
    IndicatorPage,
)
from tests.factories import make_index, make_unit, make_user

#: Name, printed name, type and what differs from the default.
COLUMNS = (
    ("ma", "Mã", "code", {"is_key": True, "required": True}),
    ("ten", "Tên", "text", {}),
    ("so_luong", "Số lượng", "integer", {"minimum": 0}),
    ("ghi_chu", "Ghi chú nội bộ", "text", {"is_public": False}),
)
V1 = (
    "Mã,Tên,Số lượng,Ghi chú nội bộ\n01,Phường An Bình,10,mật một\n02,Phường Bình Minh,20,mật hai\n"
)
V2 = "Mã,Tên,Số lượng,Ghi chú nội bộ\n01,Phường An Bình,15,mật một\n03,Xã Cửa Tùng,5,mật ba\n"
WRONG = "Mã,Tên,Số lượng,Ghi chú nội bộ\n01,Phường An Bình,mười,\n"


def make_dataset(unit=None, code="dan-so", *, columns=COLUMNS, **fields):
    """Return a live dataset of ``unit`` with ``columns``; yearly and public unless told."""
    defaults = {"title": "Dân số", "sharing": "public", "frequency": "year", "first_period": "2024"}
    dataset = make_index(DatasetIndexPage, "Dữ liệu").add_child(
        instance=DatasetPage(code=code, owner_unit=unit or make_unit(), **{**defaults, **fields})
    )
    for order, (name, title, kind, changes) in enumerate(columns):
        DatasetColumn.objects.create(
            dataset=dataset, sort_order=order, name=name, title=title, type=kind, **changes
        )
    return dataset


def make_indicator(dataset, code="dan-so-tong", **fields):
    """Return a live indicator over ``dataset``: the sum of ``so_luong``, yearly unless told."""
    defaults = {"title": "Tổng dân số", "frequency": "year", "value_column": "so_luong"}
    catalogue = make_index(IndicatorCataloguePage, "Chỉ tiêu")
    return catalogue.add_child(
        instance=IndicatorPage(code=code, dataset=dataset, **{**defaults, **fields})
    )


def make_source(dataset, user, title="Kho số liệu"):
    """Return a source that nobody fetches in the test."""
    address = "https://so-lieu.example.vn/tep.csv"
    return set_up_source(dataset, user=user, kind="file", title=title, address=address)


def csv_file(text=V1, name="dan-so.csv"):
    """Return an upload of ``text``."""
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def content(response):
    """Return the bytes of a response, whether it comes in pieces or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


class DatasetTestCase(TestCase):
    """A unit with its data officer, an officer of the centre, and a dataset."""

    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit("Chi cục Thống kê")
        cls.officer = make_user(Role.DATA_OFFICER, unit=cls.unit)
        cls.head = make_user(Role.UNIT_HEAD, unit=cls.unit)
        cls.verifier = make_user(Role.IOC_OFFICER)
        cls.stranger = make_user(Role.DATA_OFFICER, unit=make_unit("Sở khác"))
        cls.dataset = make_dataset(cls.unit)

    def receive(self, text=V1, *, dataset=None, user=None, period="2025", **kwargs):
        """Return the version of a file that was received and checked."""
        with self.captureOnCommitCallbacks(execute=True):
            version = receive_file(
                dataset or self.dataset,
                csv_file(text),
                user=user or self.officer,
                period=period,
                **kwargs,
            )
        version.refresh_from_db()
        return version

    def command_refused(self, *arguments):
        """Return the sentence with which a command about data leaves."""
        said = io.StringIO()
        with self.assertRaises(SystemExit) as left:
            call_command(*arguments, stderr=said)
        self.assertEqual(left.exception.code, 3)
        return said.getvalue()

    def submit(self, text=V1, **kwargs):
        """Return a version that its unit has submitted."""
        version = self.receive(text, **kwargs)
        return submit_version(version, user=self.officer, note="Số liệu mới.")

    def publish(self, text=V1, **kwargs):
        """Return a published version."""
        return verify_and_publish(self.submit(text, **kwargs), user=self.verifier)
