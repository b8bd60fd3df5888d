"""The duties that the set-up lets stand: the demo words them anew instead of doubling them."""

from portal.regulations.models import Provision
from portal.units.models import Obligation


def standing_duty(regulation, unit, eid, kind, **values):
    """Return the duty of ``unit`` by the provision ``eid``, with ``values`` written to it.

    It is the one that the set-up made of the text; where the set-up read none, a new one.
    """
    provision = Provision.objects.get(regulation=regulation, eid=eid)
    named = {"unit": unit, "provision": provision, "kind": kind}
    duty = Obligation.objects.filter(**named).first()
    if duty is None:
        duty = Obligation(**named, words=provision.text, valid_from=regulation.effective_on)
    for name, value in values.items():
        setattr(duty, name, value)
    duty.full_clean(exclude=["counterparts"])
    duty.save()
    return duty
