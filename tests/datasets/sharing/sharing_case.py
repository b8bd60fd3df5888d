"""A dataset on request with personal data, its owner, and a unit that asks for it."""

from datetime import timedelta

from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.models import DatasetPage
from portal.datasets.sharing.grants import grant_access
from portal.datasets.sharing.requests import ask_access
from tests.datasets.datasets_factory import DatasetTestCase, make_dataset
from tests.factories import make_unit, make_user

COLUMNS = (
    ("ma", "Mã hồ sơ", "code", {"is_key": True, "required": True}),
    ("ho_ten", "Họ và tên", "text", {"personal": "masked"}),
    ("so_cccd", "Số CCCD", "text", {"personal": "withheld"}),
    ("dien_thoai", "Điện thoại", "text", {"personal": "masked"}),
    ("xa", "Xã", "text", {}),
    ("so_tien", "Số tiền", "integer", {}),
    ("ghi_chu", "Ghi chú nội bộ", "text", {"is_public": False}),
)
ROWS = (
    "Mã hồ sơ,Họ và tên,Số CCCD,Điện thoại,Xã,Số tiền,Ghi chú nội bộ\n"
    "001,Nguyễn Văn An,079123456789,0905123456,An Bình,100,mật một\n"
    "002,Trần Thị Bình,079987654321,0905999888,An Bình,250,mật hai\n"
    "003,Lê Chi,048111222333,0911222333,Cửa Tùng,70,mật ba\n"
)
#: What no outsider may ever be told, whichever way it asks.
SECRETS = ("079123456789", "079987654321", "048111222333")
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Chi", "0905123456", "0905999888")


class SharingTestCase(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.closed = make_dataset(
            cls.unit,
            "ho-so",
            title="Hồ sơ trợ cấp",
            columns=COLUMNS,
            sharing="internal",
            on_request=True,
        )
        cls.asker_unit = make_unit("Phòng Lao động")
        cls.asker = make_user(Role.DATA_OFFICER, unit=cls.asker_unit)
        cls.asker_head = make_user(Role.UNIT_HEAD, unit=cls.asker_unit)
        cls.administrator = make_user(Role.ADMINISTRATOR)
        cls.reader = make_user(Role.READER)
        cls.version = cls().publish(ROWS, dataset=cls.closed)

    def ids(self, *names):
        """Return the lasting identities of columns of the closed dataset."""
        found = dict(self.closed.columns.values_list("name", "column_id"))
        return [found[name] for name in names or found]

    def ask(self, **more):
        words = {"purpose": "Rà soát trợ cấp.", "legal_ground": "Điều 5 quy chế.", **more}
        with self.captureOnCommitCallbacks(execute=True):
            return ask_access(self.closed, self.asker_unit, user=self.asker, **words)

    def grant(self, *names, unit=None, **more):
        """Grant the asking unit some columns for a month, in the name of the owner's head."""
        today = timezone.localdate()
        words = {
            "columns": self.ids(*names),
            "valid_from": today,
            "valid_until": today + timedelta(days=30),
            "purpose": "Rà soát trợ cấp.",
            "legal_ground": "Điều 5 quy chế.",
            **more,
        }
        with self.captureOnCommitCallbacks(execute=True):
            return grant_access(self.closed, unit or self.asker_unit, user=self.head, **words)

    def known_to(self, user):
        return set(DatasetPage.objects.live().visible_to(user).values_list("code", flat=True))

    def rows(self, *, token="", **parameters):
        """Return the answer of the rows API, asked with a token or by who is logged in."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.client.get("/api/v1/du-lieu/ho-so/dong/", parameters, headers=headers)
