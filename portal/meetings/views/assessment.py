"""The year's assessment: cycles, and one unit's form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import model_to_dict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.form_errors import put_errors
from portal.core.models import Job
from portal.core.statuses import labelled_history
from portal.meetings.actions import assessment, scores
from portal.meetings.actions.evidence import COUNTING
from portal.meetings.forms.assessment import CycleForm, ExplanationForm, ReviewForm, SelfScoresForm
from portal.meetings.forms.deeds import ReasonForm
from portal.meetings.jobs import request_evidence
from portal.meetings.models import AssessmentCycle, CriteriaSet, UnitAssessment
from portal.meetings.oversight import oversees_assessments
from portal.meetings.permissions import may, require, visible_or_404
from portal.meetings.views.deeds import Deed, DeedsView
from portal.meetings.views.frames import form_page, framed, page_of

Cycle = AssessmentCycle.Status
Status = UnitAssessment.Status


def cycle_list(request):
    """Show the years that are assessed."""
    if not may(request.user, "view", AssessmentCycle):
        raise PermissionDenied
    cycles = AssessmentCycle.objects.readable_by(request.user).select_related("criteria_set")
    context = {
        "page_obj": page_of(request, cycles),
        "can_create": may(request.user, "add", AssessmentCycle),
        "can_see_criteria": may(request.user, "view", CriteriaSet),
        **framed(_("Assessment"), icon="tasks"),
    }
    return render(request, "meetings/admin/cycle_list.html", context)


def cycle_create(request):
    """Open the assessment of a year."""
    require(request.user, "add", AssessmentCycle)
    form = CycleForm(request.POST or None, initial=_planned_values(request))
    if request.method == "POST" and form.is_valid():
        try:
            cycle = assessment.open_cycle(user=request.user, **form.answers())
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The cycle is open; every unit has its form."))
            return redirect("meetings:cycle", cycle.pk)
    return form_page(
        request,
        form,
        _("Open the assessment of a year"),
        (reverse("meetings:cycles"), _("Assessment")),
        button=_("Open the cycle"),
        lede=_("Every assessed unit gets its form, and the criteria cannot change any more."),
    )


def _planned_values(request):
    """Return what the form begins with: the planned cycle that ``?nam=`` names."""
    year = request.GET.get("nam", "")
    if not (year.isascii() and year.isdigit() and len(year) <= 4):
        return {}
    planned = AssessmentCycle.objects.filter(year=int(year), status=Cycle.PLANNED).first()
    return model_to_dict(planned, fields=CycleForm.Meta.fields) if planned else {}


class CyclePage(DeedsView):
    """One year: its units, how far each is, and the steps of the whole."""

    template_name = "meetings/admin/cycle.html"
    deeds = (
        Deed(
            "start_review",
            gettext_lazy("Begin the review"),
            assessment.start_review,
            "change",
            target=Cycle.REVIEW,
            when=lambda cycle: cycle.status == Cycle.SELF_ASSESSMENT,
            confirm=gettext_lazy("Units can no longer score themselves."),
        ),
        Deed(
            "start_explanation",
            gettext_lazy("Ask for explanations"),
            assessment.start_explanation,
            "change",
            target=Cycle.EXPLANATION,
            confirm=gettext_lazy("The units see their reviewed scores."),
        ),
        Deed(
            "finalise",
            gettext_lazy("Finalise the result"),
            assessment.finalise_cycle,
            "finalise",
            target=Cycle.FINALISED,
            confirm=gettext_lazy(
                "Scores become final and units are ranked; this cannot be undone."
            ),
            done=gettext_lazy("The result is final."),
        ),
        Deed(
            "publish",
            gettext_lazy("Publish the result"),
            assessment.publish_cycle,
            "publish",
            target=Cycle.PUBLISHED,
            confirm=gettext_lazy("Everybody sees scores and places."),
            done=gettext_lazy("The result is public."),
        ),
        Deed(
            "close",
            gettext_lazy("Close the file"),
            assessment.close_cycle,
            "finalise",
            target=Cycle.CLOSED,
        ),
        Deed(
            "compute",
            gettext_lazy("Count the evidence"),
            request_evidence,
            "change",
            when=lambda cycle: cycle.status in COUNTING and cycle.criteria_set_id,
            confirm=gettext_lazy("Figures taken after the cut-off are final."),
            done=gettext_lazy("The figures are being counted."),
        ),
        Deed(
            "back_to_self",
            gettext_lazy("Back to self-assessment"),
            assessment.back_to_self_assessment,
            "change",
            target=Cycle.SELF_ASSESSMENT,
            form=ReasonForm,
            when=lambda cycle: cycle.status == Cycle.REVIEW,
        ),
        Deed(
            "back_to_review",
            gettext_lazy("Back to review"),
            assessment.back_to_review,
            "change",
            target=Cycle.REVIEW,
            form=ReasonForm,
            when=lambda cycle: cycle.status == Cycle.EXPLANATION,
        ),
    )

    def get_thing(self):
        return visible_or_404(AssessmentCycle, self.request.user, pk=self.kwargs["pk"])

    def get_context(self):
        cycle = self.thing
        forms = cycle.unit_assessments.of_concern_to(self.request.user).select_related("unit")
        # A unit learns its place when everybody does.
        sees_places = cycle.is_public or oversees_assessments(self.request.user)
        ranks = {row.unit_id: row for row in cycle.rankings.all()} if sees_places else {}
        forms = list(forms)
        for form in forms:
            form.ranking = ranks.get(form.unit_id)
        return {
            "forms": forms,
            "can_open": cycle.status == Cycle.PLANNED
            and may(self.request.user, "add", AssessmentCycle),
            "last_job": Job.objects.about(cycle).first(),
            "phases": [phase for phase in Cycle if phase != Cycle.PLANNED],
            "events": labelled_history(cycle),
            **framed(cycle.title, (reverse("meetings:cycles"), _("Assessment")), icon="tasks"),
        }


def in_phase(*phases):
    """Return a condition on a unit's form: its cycle is in one of ``phases``."""
    return lambda form: form.cycle.status in phases


class UnitFormPage(DeedsView):
    """One unit's form: scored by itself, approved, reviewed, explained."""

    template_name = "meetings/admin/unit_form.html"
    deeds = (
        Deed(
            "self",
            gettext_lazy("Save the self-assessment"),
            scores.save_self_scores,
            "score",
            form=SelfScoresForm,
            when=lambda form: (
                form.cycle.status == Cycle.SELF_ASSESSMENT
                and form.status
                in {Status.NOT_STARTED, Status.IN_PROGRESS, Status.CHANGES_REQUESTED}
            ),
            done=gettext_lazy("Saved."),
        ),
        Deed(
            "approve",
            gettext_lazy("Approve the form"),
            scores.approve_form,
            "approve",
            target=Status.HEAD_APPROVED,
            when=in_phase(Cycle.SELF_ASSESSMENT),
            done=gettext_lazy("The form is approved; submit it now."),
        ),
        Deed(
            "submit",
            gettext_lazy("Submit the form"),
            scores.submit_form,
            "approve",
            target=Status.SUBMITTED,
            when=in_phase(Cycle.SELF_ASSESSMENT),
            confirm=gettext_lazy("The centre gets the form; your unit cannot change it any more."),
            done=gettext_lazy("The form is submitted."),
        ),
        Deed(
            "take_back",
            gettext_lazy("Take the form back"),
            scores.take_back_form,
            "approve",
            target=Status.IN_PROGRESS,
            when=lambda form: form.status == Status.HEAD_APPROVED,
        ),
        Deed(
            "review",
            gettext_lazy("Save the review"),
            scores.review_form,
            "review",
            form=ReviewForm,
            when=in_phase(Cycle.REVIEW, Cycle.EXPLANATION),
            done=gettext_lazy("The review is kept."),
        ),
        Deed(
            "request_changes",
            gettext_lazy("Ask for changes"),
            scores.request_changes,
            "review",
            target=Status.CHANGES_REQUESTED,
            form=ReasonForm,
            when=in_phase(Cycle.SELF_ASSESSMENT),
        ),
        Deed(
            "explain",
            gettext_lazy("Send the explanation"),
            scores.explain_form,
            "approve",
            target=Status.EXPLAINED,
            form=ExplanationForm,
            when=in_phase(Cycle.EXPLANATION),
            done=gettext_lazy("The explanation is with the centre."),
        ),
    )

    def get_thing(self):
        form = visible_or_404(UnitAssessment, self.request.user, pk=self.kwargs["pk"])
        self.cycle = visible_or_404(AssessmentCycle, self.request.user, pk=form.cycle_id)
        form.cycle = self.cycle
        return form

    def get_context(self):
        return {
            "cycle": self.cycle,
            "shows_review": oversees_assessments(self.request.user)
            or self.cycle.status not in COUNTING,
            "scores": self.thing.scores.select_related(
                "criterion__provision__regulation", "evidence"
            ),
            "events": labelled_history(self.thing),
            **framed(
                str(self.thing.unit),
                (reverse("meetings:cycles"), _("Assessment")),
                (reverse("meetings:cycle", args=[self.cycle.pk]), self.cycle.title),
                icon="tasks",
            ),
        }
