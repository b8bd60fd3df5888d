"""Hash the text of every edition again and follow the chain of their seals."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.management.database import missing_database
from portal.core.management.spoken_command import SpokenCommand
from portal.regulations.models import Edition, RegulationPage
from portal.regulations.sealing import first_break


class Command(SpokenCommand):
    """Ends with an error that names the first edition which is not as it was enacted."""

    help = gettext_lazy(
        "Hash all editions again, check their chain, and compare the last with the pages."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "slugs", nargs="*", help=gettext_lazy("addresses of regulations; none means all")
        )

    def handle(self, *args, slugs, **options):
        if fault := missing_database():
            raise CommandError(fault)
        regulations = RegulationPage.objects.order_by("slug")
        if slugs:
            regulations = regulations.filter(slug__in=slugs)
            unknown = set(slugs) - set(regulations.values_list("slug", flat=True))
            if unknown:
                raise CommandError(
                    _("There is no regulation %(slugs)s.") % {"slugs": ", ".join(sorted(unknown))}
                )
        for regulation in regulations:
            found = first_break(regulation)
            if found:
                raise CommandError(str(found))
        editions = Edition.objects.filter(regulation__in=regulations).count()
        self.stdout.write(
            _("%(editions)s editions of %(regulations)s regulations are as they were enacted.")
            % {"editions": editions, "regulations": regulations.count()}
        )
