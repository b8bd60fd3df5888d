"""Bring a file into a dataset: receive, check and compare it here and now, and publish it."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.models import Job
from portal.core.statuses import TransitionRefused
from portal.datasets.actions.checks import accepted_rows
from portal.datasets.actions.orders import publish_by_order, receive_by_order
from portal.datasets.management.table_command import TableCommand
from portal.datasets.models import DatasetPage, DatasetVersion

OUTCOMES = {
    DatasetVersion.Status.CHECKED: "accepted",
    DatasetVersion.Status.NEEDS_CHOICE: "needs_confirmation",
}


class Command(TableCommand):
    help = _(
        "Receive FILE for the dataset SLUG, check it and compare it with what is published. "
        "Prints the report of check_table with the version and the difference. With --publish "
        "an accepted file is submitted and published: verified by --verifier, or by order and "
        "recorded as verified by nobody. Exit codes are those of check_table."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", help=_("the code of the dataset"))
        parser.add_argument("file", type=Path, help=_("a CSV or XLSX file"))
        parser.add_argument("--user", required=True, help=_("in whose name: a log-in"))
        parser.add_argument("--publish", action="store_true", help=_("publish what is accepted"))
        parser.add_argument("--verifier", help=_("the log-in of who verified the file"))
        parser.add_argument("--period", default="", help=_("the period of the file"))
        parser.add_argument("--note", default="", help=_("a note with the file"))
        self.add_report_arguments(parser)
        self.add_reading_arguments(parser)

    def handle(self, slug, file, **options):
        dataset = self.dataset_of(slug)
        user = self.user_of(options["user"])
        verifier = self.user_of(options["verifier"]) if options["verifier"] else None
        version = self.receive(dataset, file, user, options)
        outcome = OUTCOMES.get(version.status, "rejected")
        refusal = ""
        if outcome == "accepted" and options["publish"]:
            try:
                publish_by_order(version, user=user, verifier=verifier, note=options["note"])
            except (ValidationError, TransitionRefused) as fault:
                refusal = " ".join(getattr(fault, "messages", [str(fault)]))
            version.refresh_from_db()
        self.print_json(report_of(version, options["rows"]))
        if refusal:
            self.give_up(refusal)
        self.leave(outcome)

    def receive(self, dataset, file, user, options):
        """Keep the file and have it checked, or leave with a sentence."""
        try:
            with file.open("rb") as opened:
                version = receive_by_order(
                    dataset,
                    File(opened, name=file.name),
                    user=user,
                    period=options["period"],
                    note=options["note"],
                    chosen=self.reading_of(options),
                )
        except OSError as fault:
            self.give_up(fault)
        except ValidationError as refusal:
            self.give_up(" ".join(refusal.messages))
        failed = Job.objects.about(version).filter(status=Job.Status.FAILED).first()
        if failed:
            self.give_up(failed.error)
        return version

    def dataset_of(self, slug):
        """Return the dataset with that code, or leave with a sentence."""
        dataset = DatasetPage.objects.filter(code=slug).first()
        if dataset is None:
            self.give_up(gettext("There is no dataset %(codes)s.") % {"codes": slug})
        return dataset

    def user_of(self, name):
        """Return the account with that log-in, or leave with a sentence."""
        found = get_user_model().objects.filter(username=name, is_active=True).first()
        if found is None:
            self.give_up(gettext("There is no active account “%(name)s”.") % {"name": name})
        return found


def report_of(version, rows=0):
    """Return the report of the check with what became of the version.

    With ``rows``, the first accepted rows of the file are in it, as in that of check_table.
    """
    return {
        **version.told_report,
        **({"rows": accepted_rows(version, rows)} if rows else {}),
        "version": {
            "receipt": version.receipt_number,
            "number": version.number,
            "status": version.status,
            "period": version.period or None,
            "rows": version.row_count,
            "sha256": version.sha256,
            "table_sha256": version.table_sha256 or None,
            "manifest_sha256": version.manifest_sha256 or None,
            "uploaded_by": version.uploaded_by.get_username(),
            "verified_by": version.verified_by.get_username() if version.verified_by else None,
        },
        "difference": version.difference or None,
        "impact": version.impact,
    }
