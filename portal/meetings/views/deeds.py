"""One page, several things that can be done on it.

A ``Deed`` ties a button to a verb of ``actions``: who sees it, what it asks, what it says will
happen. A page lists its deeds in the order of the work; the first that is possible now is the
main one. What a person typed stays in its form when the verb refuses.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from portal.core.form_errors import put_errors
from portal.core.statuses import TransitionRefused, can_move
from portal.meetings.forms.deeds import DeedForm
from portal.meetings.permissions import may


@dataclass(frozen=True)
class Deed:
    """A step: ``run(thing, user=…, **answers)``, for who holds ``right`` on ``about(thing)``."""

    key: str
    label: str
    run: Callable
    right: str
    target: str = ""  #: the status reached; the deed shows where the table allows it
    form: type[DeedForm] = DeedForm
    confirm: str = ""  #: one sentence on what will happen
    done: str = ""
    when: Callable | None = None  #: a further condition on the thing
    about: Callable = lambda thing: thing
    danger: bool = False

    def is_possible(self, thing):
        """Return whether the thing is in a state for the deed."""
        if self.target and not can_move(thing, self.target):
            return False
        return self.when is None or self.when(thing)


class DeedsView(View):
    """Shows ``thing`` and the deeds that are possible; does the one that was chosen.

    Subclasses say ``deeds``, ``template_name``, ``get_thing`` and ``get_context``.
    """

    deeds = ()
    template_name = ""

    def get_thing(self):
        """Return the object of the page, or raise ``Http404`` when the user may not see it."""
        raise NotImplementedError

    def get_context(self):
        return {}

    def success_url(self):
        return self.request.path

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.thing = self.get_thing()

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        deed = next((each for each in self.deeds if each.key == request.POST.get("do")), None)
        if deed is None or not may(request.user, deed.right, deed.about(self.thing)):
            raise PermissionDenied
        if not deed.is_possible(self.thing):
            messages.warning(request, _("This step is not possible any more; look again."))
            return redirect(request.path)
        form = self.form_of(deed, request.POST, request.FILES)
        if form.is_valid() and self.do(deed, form):
            return redirect(self.success_url())
        return self.page({deed.key: form})

    def form_of(self, deed, *sent):
        return deed.form(*sent, prefix=deed.key, thing=self.thing, user=self.request.user)

    def do(self, deed, form):
        """Run the verb; put its refusal into the form and return False."""
        try:
            deed.run(self.thing, user=self.request.user, **form.cleaned_data)
        except (ValidationError, TransitionRefused) as refusal:
            put_errors(form, refusal)
            # What the verb set before it refused must not be shown as if it stood.
            self.thing = self.get_thing()
            return False
        messages.success(self.request, deed.done or _("Done."))
        return True

    def possible_deeds(self):
        allowed = {}
        for deed in self.deeds:
            if deed.is_possible(self.thing):
                subject = deed.about(self.thing)
                key = (deed.right, type(subject), subject.pk)
                if key not in allowed:
                    allowed[key] = may(self.request.user, deed.right, subject)
                if allowed[key]:
                    yield deed

    def page(self, bound=None):
        bound = bound or {}
        steps = [
            {"deed": deed, "form": bound.get(deed.key) or self.form_of(deed)}
            for deed in self.possible_deeds()
        ]
        context = {"thing": self.thing, "steps": steps, "bound": set(bound), **self.get_context()}
        return render(self.request, self.template_name, context)
