"""A command whose help is translated when it is asked for."""

from django.core.management.base import BaseCommand


class ToldCommand(BaseCommand):
    """Lets ``help`` be a lazy sentence, which argparse does not take."""

    def create_parser(self, prog_name, subcommand, **kwargs):
        """Return Django's parser, with the help in today's language."""
        self.help = str(self.help)
        return super().create_parser(prog_name, subcommand, **kwargs)
