"""The screens of sharing: who opens them, what they say, what they send."""

from datetime import timedelta

from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.core.formats import format_date
from portal.datasets.models import AccessGrant, AccessRequest, AccessToken, DatasetPage
from portal.datasets.sharing.desk import Desk
from portal.datasets.sharing.overview import columns_in_words, lines_of, table_of
from portal.datasets.sharing.requests import refuse_access
from tests.datasets.sharing.sharing_case import SharingTestCase
from tests.factories import make_unit


class ScreenTests(SharingTestCase):
    def post(self, name, pk, **data):
        return self.client.post(reverse(f"datasets:{name}", args=[pk]), data)

    def test_every_list_has_an_order_so_that_its_pages_follow_each_other(self):
        desk = Desk(self.head)

        self.assertEqual([name for name in Desk.LISTS if not desk.list(name).ordered], [])

    def test_the_whole_way_from_the_question_to_the_token(self):
        self.client.force_login(self.asker)
        words = {"purpose": "Rà soát.", "legal_ground": "Điều 5.", "columns": self.ids("xa")}
        self.post("ask_access", self.closed.pk, unit=self.asker_unit.pk, **words)
        asked = AccessRequest.objects.get()
        self.assertContains(
            self.client.get(reverse("datasets:sharing"), {"muc": "da-gui"}), asked.number
        )

        self.client.force_login(self.head)
        self.assertContains(self.client.get(reverse("wagtailadmin_home")), "/chia-se/")
        self.assertContains(self.client.get(reverse("datasets:sharing")), asked.number)
        until = timezone.localdate() + timedelta(days=90)
        form = self.client.get(reverse("datasets:grant_request", args=[asked.pk]))
        self.assertEqual(form.context["form"].initial["columns"], self.ids("xa"))
        self.post(
            "grant_request",
            asked.pk,
            columns=self.ids("ma", "xa", "ho_ten"),
            unmasked=self.ids("ho_ten"),
            valid_from=format_date(timezone.localdate()),
            valid_until=format_date(until),
            limit_column_0="xa",
            limit_operator_0="in",
            limit_value_0="An Bình; Cửa Tùng",
            **{key: words[key] for key in ("purpose", "legal_ground")},
        )
        grant = AccessGrant.objects.get()
        self.assertEqual(grant.request, asked)
        self.assertEqual((grant.unit, grant.valid_until), (self.asker_unit, until))
        self.assertEqual(grant.limits, [[*self.ids("xa"), "in", "An Bình,Cửa Tùng", "text"]])
        self.assertEqual(grant.unmasked, self.ids("ho_ten"))

        self.client.force_login(self.asker)
        answer = self.post("new_grant_token", grant.pk, title="Phần mềm", days=30)
        secret = answer.context["secret"]
        self.assertEqual(self.rows(token=secret).json()["total"], 3)
        self.assertIn("no-store", answer["Cache-Control"])
        page = self.client.get(reverse("datasets:grant", args=[grant.pk]))
        self.assertContains(page, "Phần mềm")
        self.assertNotContains(page, secret)
        self.post("revoke_read_token", AccessToken.objects.get().pk)
        self.assertEqual(self.rows(token=secret).status_code, 401)

        self.client.force_login(self.head)
        self.post("revoke_grant", grant.pk, reason="Hết mục đích.")
        self.client.force_login(self.asker)
        self.assertEqual(self.rows().status_code, 404)

    def test_a_condition_that_cannot_be_meant_is_refused_in_place_and_nothing_is_lost(self):
        self.client.force_login(self.head)
        response = self.post(
            "grant_directly",
            self.closed.pk,
            unit=self.asker_unit.pk,
            columns=self.ids("ma"),
            purpose="Rà soát.",
            legal_ground="Điều 5.",
            valid_from=format_date(timezone.localdate()),
            valid_until=format_date(timezone.localdate()),
            limit_column_0="so_tien",
            limit_operator_0="gte",
            limit_value_0="mười",
        )

        self.assertIn("limit_value_0", response.context["form"].errors)
        self.assertContains(response, "Rà soát.")
        self.assertIs(AccessGrant.objects.exists(), False)

    def test_an_end_before_the_beginning_is_told_at_its_field(self):
        self.client.force_login(self.head)
        today = timezone.localdate()

        response = self.post(
            "grant_directly",
            self.closed.pk,
            unit=self.asker_unit.pk,
            columns=self.ids("ma"),
            purpose="Rà soát.",
            legal_ground="Điều 5.",
            valid_from=format_date(today + timedelta(days=9)),
            valid_until=format_date(today + timedelta(days=2)),
        )

        self.assertTrue(response.context["form"].errors)
        self.assertIs(AccessGrant.objects.exists(), False)

    def test_who_has_nothing_to_do_with_it_finds_nothing(self):
        asked, grant = self.ask(), self.grant("ma")
        for user in (self.stranger, self.reader):
            self.client.force_login(user)
            for name, pk in (("request", asked.pk), ("grant", grant.pk)):
                response = self.client.get(reverse(f"datasets:{name}", args=[pk]))
                self.assertNotEqual(response.status_code, 200, (user, name))

    def test_who_comes_second_to_an_answered_request_is_told_of_the_first(self):
        asked = self.ask()
        refuse_access(asked, user=self.administrator, reason="Không đủ.", legal_ground="Điều 3.")
        self.client.force_login(self.head)

        for name in ("grant_request", "refuse_request"):
            response = self.post(name, asked.pk)
            self.assertRedirects(response, reverse("datasets:request", args=[asked.pk]))
            [told] = [str(each) for each in get_messages(response.wsgi_request)]
            self.assertIn(str(asked.Status.REFUSED.label), told)
        self.assertIs(AccessGrant.objects.exists(), False)

    def test_a_kind_of_units_to_which_nobody_belongs_gets_no_grant(self):
        kind = make_unit("Các sở, ngành", is_group=True)
        self.client.force_login(self.head)

        form = self.client.get(reverse("datasets:grant_directly", args=[self.closed.pk]))

        self.assertNotIn(kind, form.context["form"].fields["unit"].queryset)
        with self.assertRaises(ValidationError):
            self.grant("ma", unit=kind)

    def test_the_asking_unit_does_not_answer_itself(self):
        asked = self.ask()
        self.client.force_login(self.asker_head)

        for name in ("grant_request", "refuse_request"):
            response = self.client.get(reverse(f"datasets:{name}", args=[asked.pk]))
            self.assertNotEqual(response.status_code, 200, name)


class OverviewTests(SharingTestCase):
    def test_it_tells_who_reads_what_by_default_and_by_a_grant(self):
        grant = self.grant("ma", "xa")
        self.client.force_login(self.officer)

        page = self.client.get(reverse("datasets:who_sees_what"))

        self.assertContains(page, "Số CCCD")
        self.assertContains(page, self.asker_unit.title)
        self.assertContains(page, reverse("datasets:grant", args=[grant.pk]))
        csv = self.client.get(reverse("datasets:who_sees_what_csv")).content.decode()
        self.assertIn("Hồ sơ trợ cấp", csv)

    def test_it_counts_only_the_columns_that_a_grant_opens_today(self):
        grant = self.grant("ma", "xa", "dien_thoai", "so_tien")
        self.closed.columns.filter(name="so_tien").update(personal="withheld")
        self.closed.columns.filter(name="xa").delete()

        [line] = lines_of(DatasetPage.objects.filter(pk=self.closed.pk))
        self.assertEqual(table_of([line])[0][8], "2")
        told = columns_in_words(AccessGrant.objects.get(pk=grant.pk))
        self.assertEqual(told[0], "Mã hồ sơ")
        self.assertEqual(len([each for each in told if each.endswith(")")]), 3)

    def test_of_one_unit_it_tells_only_what_that_unit_reads(self):
        self.grant("ma")
        self.dataset.sharing = "named"
        self.dataset.save()

        def codes(unit):
            lines = lines_of(DatasetPage.objects.all(), unit)
            return {line.dataset.code: len(line.grants) for line in lines}

        self.assertEqual(codes(self.asker_unit), {"ho-so": 1})
        self.assertEqual(codes(self.unit), {"ho-so": 0, "dan-so": 0})

    def test_each_unit_sees_its_own_datasets_and_the_centre_all(self):
        self.grant("ma")
        for user, is_told in ((self.verifier, True), (self.asker, False)):
            self.client.force_login(user)
            page = self.client.get(reverse("datasets:who_sees_what"))
            self.assertIs("Hồ sơ trợ cấp" in page.content.decode(), is_told)

    def test_its_cost_does_not_grow_with_datasets_and_grants(self):
        def cost():
            with self.assertNumQueries(4):
                return table_of(lines_of(DatasetPage.objects.all()))

        self.grant("ma")
        cost()
        self.grant("ma", "xa")
        self.assertEqual(len(cost()), 3)
