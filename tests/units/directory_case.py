"""A small directory for tests: a text with two articles, some units, a kind of unit."""

import io
from zipfile import ZipFile

from django.test import TestCase
from wagtail.models import PageViewRestriction

from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.regulations.models import ArticlePage
from portal.units.models import FocalPoint, Obligation, UnitIndexPage, UnitResponsibility
from tests.factories import make_article, make_provision, make_regulation, make_unit, make_user

DETAILS = {
    "name": "Nguyễn Văn Kín",
    "position": "Phó Chánh Văn phòng kín",
    "phone": "0999 123 456",
    "email": "kin@anthinh.example",
}


class DirectoryTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.index = UnitIndexPage.objects.get()
        cls.regulation = make_regulation(
            "Quy chế vận hành", short_title="Quy chế IOC", document_number="7/QĐ-UBND"
        )
        cls.supply = cls.article("5", "Cung cấp dữ liệu", "Các đơn vị gửi số liệu đúng hạn.")
        cls.secret = cls.article("6", "Bảo mật", "Giữ kín mật mã của hệ thống.")
        cls.office = make_unit(
            "Văn phòng Ủy ban", code="VP", kind="office", short_names="VPUB", level="province"
        )
        cls.health = make_unit(
            "Sở Y tế", code="SYT", kind="department", level="province", parent_unit=cls.office
        )
        cls.communes = make_unit("Các xã, phường", code="XP", kind="commune", is_group=True)
        cls.commune = make_unit("Xã Đồng Khê", code="DK", kind="commune", level="commune")
        cls.commune.groups = [cls.communes]
        cls.commune.save()
        cls.answer_for(cls.health, cls.supply, "Sở Y tế gửi số liệu khám chữa bệnh.")
        cls.answer_for(cls.communes, cls.supply, "Các xã gửi số liệu dân cư.")

    @classmethod
    def article(cls, number, heading, text):
        """Return the provision of a new khoản 1 in a new article."""
        page = make_article(cls.regulation, number=number, heading=heading)
        whole = make_provision(
            cls.regulation, page.eid, article=page, number=number, label=f"Điều {number}",
            path=f"dieu-{number}", heading=heading, position=int(number) * 10,
        )  # fmt: skip
        return make_provision(
            cls.regulation, f"{page.eid}__khoan_1", article=page, parent=whole, kind="clause",
            label=f"khoản 1 Điều {number}", path=f"dieu-{number}/khoan-1", text=text,
            position=int(number) * 10 + 1,
        )  # fmt: skip

    @staticmethod
    def answer_for(unit, provision, text, **fields):
        return UnitResponsibility.objects.create(
            unit=unit, provision=provision, text=text, **fields
        )

    def owe(self, unit, provision=None, **fields):
        fields = {"kind": "report", "cadence": "monthly", "text": "Báo cáo tình hình", **fields}
        return Obligation.objects.create(unit=unit, provision=provision or self.supply, **fields)

    def close(self, page):
        """Let only people with the role of internal readers open ``page``."""
        page = ArticlePage.objects.get(pk=page.pk) if isinstance(page, ArticlePage) else page
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    def add_focal_point(self, unit=None, **public):
        flags = {f"{detail}_is_public": public.get(detail, False) for detail in DETAILS}
        return FocalPoint.objects.create(unit=unit or self.health, **DETAILS, **flags)

    def be(self, role=Role.READER):
        self.client.force_login(make_user(role))

    def open(self, address, **query):
        return self.client.get(address, query)


def part_of(content, name):
    """Return the text of one part of a workbook's bytes."""
    with ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def words_of_book(content):
    """Return every text of a workbook's bytes, as one string."""
    return part_of(content, "xl/sharedStrings.xml")
