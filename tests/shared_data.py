"""A request, a grant and a token for reading of a dataset, asked for by a unit nobody walks as."""

from datetime import timedelta

from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.sharing.grants import grant_access, issue_read_token
from portal.datasets.sharing.requests import ask_access
from tests.factories import make_unit, make_user


def add_shared_data(place, *, head, mark=""):
    """Give ``place`` an ``access_request``, an ``access_grant`` and a ``read_token``.

    They are about ``place.dataset``, granted by ``head`` of its unit; ``mark`` stands in all texts.
    """
    unit = make_unit()
    asker = make_user(Role.DATA_OFFICER, unit=unit)
    today = timezone.localdate()
    words = {"purpose": f"Rà soát {mark}", "legal_ground": f"Quy chế {mark}"}
    place.access_grant = grant_access(
        place.dataset,
        unit,
        user=head,
        columns=place.dataset.columns.values_list("column_id", flat=True),
        valid_from=today,
        valid_until=today + timedelta(days=30),
        **words,
    )
    place.read_token, _secret = issue_read_token(
        unit, user=asker, title=f"Đọc {mark}", days=30, grant=place.access_grant
    )
    place.access_request = ask_access(place.dataset, unit, user=asker, **words)
