"""Another portal as a source: a second server over HTTP, whose versions come in order, once."""

from django.core import mail
from django.test import LiveServerTestCase, override_settings

from portal.core.roles import Role
from portal.core.statuses import history_of
from portal.datasets.actions.review import (
    submit_version,
    verify_and_publish,
    withdraw_version,
)
from portal.datasets.actions.sources import ask_now, begin_anew, resume_source, set_up_source
from portal.datasets.actions.uploads import receive_file
from portal.datasets.auditing.chain import first_break
from portal.datasets.manifests import seal, table_file
from portal.datasets.models import DatasetVersion, DataSource, SourceFetch
from portal.datasets.sources.origins import origin_told
from portal.datasets.store import read_rows
from tests.datasets.datasets_factory import COLUMNS, V1, V2, csv_file, make_dataset
from tests.factories import make_roots, make_unit, make_user
from tests.web_server import Answer, web_server

V3 = "Mã,Tên,Số lượng,Ghi chú nội bộ\n01,=Phường An Bình,15,\n04,Xã Mới,1234567,mật bốn\n"
Outcome, Status = SourceFetch.Outcome, DataSource.Status


@override_settings(PORTAL_FETCH_ALLOWED=["127.0.0.0/8", "::1"])
class RemoteCase(LiveServerTestCase):
    """A province's dataset behind a live server, and the commune's that follows it."""

    def setUp(self):
        make_roots()
        province = make_unit("Sở của tỉnh")
        self.sender = make_user(Role.DATA_OFFICER, unit=province)
        self.verifier = make_user(Role.IOC_OFFICER)
        self.remote = make_dataset(province, "dan-so")
        commune = make_unit("Ủy ban nhân dân xã")
        self.head = make_user(Role.UNIT_HEAD, unit=commune, email="thu-truong@example.vn")
        self.local = make_dataset(
            commune, "dan-so-xa", columns=COLUMNS[:3], title="Dân số của tỉnh"
        )

    def publish(self, text, period="2025", note="Số liệu mới."):
        """Publish a file of the province."""
        words = {"user": self.sender, "period": period}
        version = receive_file(self.remote, csv_file(text), **words)
        version.refresh_from_db()
        submitted = submit_version(version, user=self.sender, note=note)
        return verify_and_publish(submitted, user=self.verifier)

    def follow(self, **settings):
        words = {"title": "Cổng tỉnh", "address": self.live_server_url, "remote_code": "dan-so"}
        return set_up_source(
            self.local, user=self.head, kind=DataSource.Kind.PORTAL, **words | settings
        )

    def fetch(self, source):
        found = ask_now(source, user=self.head)
        found.refresh_from_db()
        source.refresh_from_db()
        return found

    def received(self):
        return list(DatasetVersion.objects.filter(dataset=self.local).order_by("pk"))


class FollowingTests(RemoteCase):
    def test_the_newest_version_begins_and_those_after_it_come_in_order_each_once(self):
        self.publish(V1, "2024")
        self.publish(V2)
        source = self.follow()
        first = self.fetch(source)
        self.publish(V1)
        self.publish(V3)
        second, third = self.fetch(source), self.fetch(source)

        self.assertEqual((first.error, second.error), ("", ""))
        self.assertEqual([v.origin["version"] for v in self.received()], [2, 3, 4])
        self.assertEqual([v.origin["follows"] for v in self.received()], [None, 2, 3])
        self.assertEqual([v.period for v in self.received()], ["2025"] * 3)
        self.assertEqual((first.taken_count, second.taken_count), (1, 2))
        self.assertEqual(third.outcome, Outcome.UNCHANGED)

    def test_its_rows_are_checked_and_the_manifest_names_the_version_there(self):
        there = self.publish(V3)
        source = self.follow(submits=True)
        self.fetch(source)

        [version] = self.received()
        self.assertEqual((version.report["issues"], version.status), ([], "submitted"))
        published = verify_and_publish(version, user=self.verifier)
        rows = [tuple(row.values())[:3] for row in read_rows(table_file(published))]
        self.assertEqual(rows, [("01", "=Phường An Bình", 15), ("04", "Xã Mới", 1234567)])
        told = published.manifest_parts["private"]["value"]["origin"]
        self.assertEqual((told["portal"], told["dataset"], told["version"]),
                         (self.live_server_url, "dan-so", 1))  # fmt: skip
        self.assertEqual(told["manifest_sha256"], there.manifest_sha256)
        self.assertIn("dan-so, phiên bản 1", origin_told(published, inside=False))
        self.assertIsNone(first_break(self.local))

    def test_all_versions_may_be_taken_from_the_first_on(self):
        for text in (V1, V2, V3):
            self.publish(text)
        source = self.follow(begins_with=1)
        self.fetch(source)

        self.assertEqual([v.origin["version"] for v in self.received()], [1, 2, 3])

    def test_a_correction_there_brings_its_reason(self):
        self.publish(V1)
        source = self.follow(begins_with=1, submits=True)
        self.fetch(source)
        verify_and_publish(self.received()[0], user=self.verifier)
        self.publish(V2, note="Nhập nhầm số của phường An Bình.")
        self.fetch(source)

        version = self.received()[-1]
        self.assertEqual(version.status, "submitted")
        self.assertEqual(version.correction_reason, "Nhập nhầm số của phường An Bình.")

    def test_a_definition_that_differs_is_told_by_the_check(self):
        self.local.columns.filter(name="ten").delete()
        self.publish(V1)
        self.fetch(self.follow())

        [version] = self.received()
        self.assertEqual(version.status, "refused")
        self.assertIn("unknown_column", version.report["issues_by_code"])

    def test_a_withdrawal_there_is_told_once_and_what_was_not_taken_is_passed_over(self):
        first = self.publish(V1)
        source = self.follow()
        self.fetch(source)
        lost = self.publish(V2)
        withdraw_version(lost, user=self.verifier, note="Sai")
        withdraw_version(first, user=self.verifier, note="Sai")
        self.publish(V3)
        mail.outbox.clear()
        self.fetch(source)
        self.fetch(source)

        self.assertEqual([v.origin["version"] for v in self.received()], [1, 3])
        self.assertEqual(len(mail.outbox), 1)
        self.assertIn("phiên bản 1", mail.outbox[0].body)
        self.assertIn(self.received()[0].receipt_number, mail.outbox[0].body)
        passed = source.remote_versions.get(number=2)
        self.assertTrue(passed.passed_over and passed.withdrawn_at)


class BrokenChainTests(RemoteCase):
    def setUp(self):
        super().setUp()
        for text in (V1, V2):
            self.publish(text)
        self.source = self.follow()
        self.fetch(self.source)
        mail.outbox.clear()

    def assertBroken(self, number):
        before = len(self.received())
        found = self.fetch(self.source)
        self.assertEqual((found.outcome, self.source.status), (Outcome.FAILED, Status.PAUSED))
        self.assertIn(str(number), found.error)
        self.assertEqual(len(self.received()), before)
        self.assertEqual(len(mail.outbox), 1)

    def rewrite(self, which, **changes):
        self.remote.versions.filter(number=which).update(**changes)

    def test_a_version_that_was_seen_with_another_manifest_is_refused(self):
        self.publish(V3)
        self.rewrite(2, manifest_sha256="a" * 64)
        self.assertBroken(2)

    def test_a_version_that_does_not_follow_from_the_last_one_is_refused(self):
        third = self.publish(V3)
        self.rewrite(3, manifest={**third.manifest, "previous": "b" * 64})
        self.assertBroken(3)

    def test_a_version_that_is_no_longer_listed_is_refused(self):
        self.publish(V3)
        self.rewrite(2, number=None)
        self.assertBroken(2)

    def test_a_missing_version_is_refused(self):
        for text in (V3, V1):
            self.publish(text)
        self.rewrite(3, number=None)
        self.assertBroken(3)

    def test_a_person_has_them_begin_anew_with_a_reason(self):
        self.publish(V3)
        self.rewrite(2, manifest_sha256="a" * 64)
        self.fetch(self.source)
        begin_anew(self.source, user=self.head, number=3, note="Tỉnh đã lập lại chuỗi.")
        resume_source(self.source, user=self.head)
        found = self.fetch(self.source)

        self.assertEqual((found.outcome, found.taken_count), (Outcome.FAILED, 0))
        manifest = {**self.remote.versions.get(number=3).manifest, "previous": "a" * 64}
        self.rewrite(3, manifest=manifest, manifest_sha256=seal(manifest))
        resume_source(self.source, user=self.head)
        self.assertEqual(self.fetch(self.source).outcome, Outcome.TAKEN)
        self.assertEqual(history_of(self.source).count(), 5)


class OtherServersTests(RemoteCase):
    def test_a_dataset_that_is_not_there_or_not_public_is_refused_with_a_sentence(self):
        self.publish(V1)
        self.remote.sharing = "internal"
        self.remote.save()
        found = self.fetch(self.follow())

        self.assertEqual((found.outcome, found.answer), (Outcome.FAILED, 404))

    def test_what_is_no_portal_is_refused(self):
        odd = b'"period": "2025", "status": "published", "published_at": "x"'
        hashes = b'"manifest_sha256": "%s", "previous_manifest_sha256": ""' % (b"a" * 64)
        wrong = [b"<html>", b"{}", b"[1]", b'[{"number": 1}]', b"[" * 9999]
        wrong.append(b'[{"number": -1, %s, %s}]' % (odd, hashes))
        server = self.enterContext(web_server())
        source = self.follow(address=server.address)
        for body in wrong:
            server.routes["/api/v1/du-lieu/dan-so/phien-ban/"] = Answer(body)
            DataSource.objects.update(status="active", failures=0)
            source.refresh_from_db()
            found = self.fetch(source)
            self.assertEqual(found.outcome, Outcome.FAILED)
            self.assertIn("cổng", found.error)

    def test_only_a_dataset_that_is_replaced_whole_follows_another_portal(self):
        self.local.mode = "append"
        self.local.save()
        with self.assertRaisesMessage(Exception, "bảng"):
            self.follow()
