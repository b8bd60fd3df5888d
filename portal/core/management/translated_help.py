"""Help of commands that is a translated sentence."""


class TranslatedHelp:
    """For commands whose ``help`` is lazy: the parser of arguments prints texts only."""

    def create_parser(self, *args, **kwargs):
        """Return the parser, described in the active language."""
        self.help = str(self.help)
        return super().create_parser(*args, **kwargs)
