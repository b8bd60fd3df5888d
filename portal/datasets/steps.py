"""What somebody may do with a version now: one main step, and what else is possible."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.roles import runs_centre
from portal.datasets.access import may_submit, may_upload, may_verify
from portal.datasets.actions.publication import standing_of_period, unexplained_correction
from portal.datasets.actions.restoring import may_restore
from portal.datasets.actions.review import is_stale
from portal.datasets.actions.rules import rules_changed
from portal.datasets.models import DatasetPage, DatasetVersion

Status = DatasetVersion.Status

#: The line of stages that every version goes along, and the statuses at each.
STAGES = (
    (gettext_lazy("Received"), {Status.RECEIVED, Status.NEEDS_CHOICE}),
    (gettext_lazy("Checked"), {Status.CHECKED, Status.REFUSED, Status.RETURNED}),
    (gettext_lazy("Submitted"), {Status.SUBMITTED, Status.VERIFIED}),
    (gettext_lazy("Published"), {Status.PUBLISHED, Status.SUPERSEDED, Status.WITHDRAWN}),
)


@dataclass(frozen=True)
class Step:
    """Something to press; ``note`` is empty, “optional” or “required”, ``typed`` what is in it.

    ``effect`` says what comes of it, where the label does not.
    """

    key: str
    label: str
    note: str = ""
    note_label: str = ""
    danger: bool = False
    typed: str = ""
    effect: str = ""


@dataclass(frozen=True)
class Possible:
    """The main step (or None), the others, and a sentence when the next step is not this user's."""

    main: Step | None = None
    others: tuple = ()
    waiting: str = ""


def possible_steps(user, version, running):
    """Return what ``user`` may do with ``version``, whose latest job is ``running`` (or None)."""
    if running is not None and not running.is_finished:
        return _while_checking(user, version)
    if version.is_trial:
        return _of_a_trial(user, version)
    finder = {
        Status.RECEIVED: _when_received,
        Status.NEEDS_CHOICE: _when_choosing,
        Status.REFUSED: _when_to_correct,
        Status.RETURNED: _when_to_correct,
        Status.CHECKED: _when_checked,
        Status.SUBMITTED: _when_submitted,
        Status.VERIFIED: _when_verified,
        Status.PUBLISHED: _when_published,
        Status.SUPERSEDED: _when_published,
    }.get(version.status)
    return finder(user, version) if finder else Possible()


def _while_checking(user, version):
    may_stop = version.status == Status.RECEIVED and may_upload(user, version.dataset)
    return Possible(
        main=Step("dung", _("Stop the check")) if may_stop else None,
        waiting=_("The file is being checked. You may leave this page."),
    )


def _of_a_trial(user, version):
    """Return the steps after a trial: nothing was sent yet."""
    if version.status == Status.DISCARDED or not may_upload(user, version.dataset):
        return Possible()
    send = Step("gui-that", _("Send this very file"))
    again = Step("tai-len", _("Check another file"))
    discard = Step("huy", _("Lay this file aside"), danger=True)
    if version.status == Status.CHECKED:
        return Possible(main=send, others=(again, *_reading_step(version), discard))
    if version.status == Status.REFUSED:
        return Possible(main=again, others=(send, *_reading_step(version), discard))
    if version.status == Status.RECEIVED:
        return Possible(main=_check_again(), others=(discard,))
    return Possible(others=(discard,))


def _reading_step(version):
    """Return the step that asks again how the file is read, where somebody answered before."""
    answered = any((version.reading.get("chosen") or {}).values())
    return (Step("doi-cach-doc", _("Read the file in another way")),) if answered else ()


def _check_again():
    return Step("kiem-tra-lai", _("Check again"))


def _discard():
    return Step("huy", _("Lay this file aside"), danger=True)


def _when_received(user, version):
    if not may_upload(user, version.dataset):
        return Possible(waiting=_("The unit has the file checked."))
    return Possible(main=_check_again(), others=(_discard(),))


def _when_choosing(user, version):
    if not may_upload(user, version.dataset):
        return Possible(waiting=_("The unit says how the file is to be read."))
    return Possible(others=(_discard(),))


def _when_to_correct(user, version):
    if not may_upload(user, version.dataset):
        return Possible(waiting=_("The unit corrects the file."))
    corrected = Step("tai-len", _("Send a corrected file"))
    others = (_check_again(), *_reading_step(version), _discard())
    if version.reading.get("candidates"):
        return Possible(
            others=(corrected, *others),
            waiting=_("Answer first how the file is to be read; its mistakes are listed then."),
        )
    return Possible(main=corrected, others=others)


def _when_checked(user, version):
    others = ()
    if may_upload(user, version.dataset):
        others = (_check_again(), *_reading_step(version), _discard())
    if may_submit(user, version.dataset):
        return _submitting(version, others)
    if version.dataset.head_must_submit:
        return Possible(others=others, waiting=_("The head of the unit submits this file."))
    return Possible(others=others, waiting=_("The unit submits this file."))


def _submitting(version, others):
    """Return the step of handing in; what corrects a published period says why, for readers."""
    corrected = standing_of_period(version)
    if corrected is None:
        main = Step("trinh", _("Submit"), "optional", _("Note to the centre"))
        return Possible(main=main, others=others)
    return Possible(
        main=Step("trinh", _("Submit"), **_why_corrected(version)),
        others=others,
        waiting=_corrects(version, corrected),
    )


def _why_corrected(version):
    reason = _("Why the published figures are corrected (readers see this)")
    return {"note": "required", "note_label": reason, "typed": version.note}


def _corrects(version, corrected):
    words = {"period": capfirst(version.period_label), "number": corrected.number}
    told = _("%(period)s is published already (version %(number)s); this file corrects it.")
    return told % words


def _when_submitted(user, version):
    if is_stale(version) and (runs_centre(user) or may_upload(user, version.dataset)):
        return _compared_again_first(user, version)
    if may_verify(user, version):
        return _verifying(version, _returning(user, version))
    if runs_centre(user):
        return Possible(
            waiting=_("You uploaded or submitted this version; somebody else has to verify it.")
        )
    return Possible(waiting=_("The centre verifies this version."))


def _verifying(version, others):
    """Return the step of verifying; it asks for the reason of a correction that has none yet."""
    label = _("Verify and publish")
    corrected = unexplained_correction(version)
    if corrected is None:
        return Possible(main=Step("xac-minh", label, "optional", _("Note")), others=others)
    main = Step("xac-minh", label, **_why_corrected(version))
    return Possible(main=main, others=others, waiting=_corrects(version, corrected))


def _compared_again_first(user, version):
    if rules_changed(version):
        label = _("Check again")
        waiting = _("The definition of the dataset was changed after this file was checked.")
    else:
        label = _("Compare again")
        waiting = _("Since this file was checked, another version has become the published one.")
    again = Step("so-sanh-lai", label)
    return Possible(main=again, others=_returning(user, version), waiting=waiting)


def _when_verified(user, version):
    if not may_verify(user, version):
        return Possible(waiting=_("The centre publishes this version."))
    return Possible(main=Step("cong-bo", _("Publish")), others=_returning(user, version))


def _returning(user, version):
    if not may_verify(user, version):
        return ()
    return (Step("tra-lai", _("Return"), "required", _("What is to be corrected")),)


def _goes_on(version):
    """Return whether later versions were built on the rows of ``version``."""
    if version.dataset.mode == DatasetPage.Mode.REPLACE:
        return False
    return version.status == Status.SUPERSEDED


def _when_published(user, version):
    if not runs_centre(user):
        return Possible()
    gone = _(
        "Readers see its rows no more; where it was the current version, the one before it "
        "stands again. It cannot be undone."
    )
    if _goes_on(version):
        gone = _(
            "Readers see this version no more. Later versions keep those of its rows that no later "
            "file replaced: a corrected file puts them right. It cannot be undone."
        )
    why = _("Why it is withdrawn")
    steps = [Step("thu-hoi", _("Withdraw"), "required", why, danger=True, effect=gone)]
    if may_restore(user, version):
        why = _("Why it is restored (readers see this)")
        again = _("A new version with the same rows is submitted; somebody else verifies it.")
        restore = Step("khoi-phuc", _("Restore this version"), "required", why, effect=again)
        steps.insert(0, restore)
    return Possible(others=tuple(steps))
