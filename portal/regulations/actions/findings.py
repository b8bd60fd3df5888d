"""What editors decide on the references and terms found in a text."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.statuses import born, move
from portal.regulations.models import CrossReference, Definition
from portal.regulations.models.reading import Finding


class WordsNotFound(ValidationError):
    """The words that shall become a link do not stand in the provision."""


def require_editor(regulation, user):
    """Refuse who may not edit the regulation that a finding belongs to."""
    if not regulation.permissions_for_user(user).can_edit():
        raise PermissionDenied


def identity_of_row(provision):
    """Return the identity of a provision's row, as ``annotations.identity_of`` gives its part's."""
    is_article = provision.kind == provision.Kind.ARTICLE
    return str(provision.article_id) if is_article else provision.block_id or provision.eid


@transaction.atomic
def decide_reference(reference, status, *, user, target=None):
    """Confirm or reject a reference; ``target`` is where a confirmed one leads from now on."""
    require_editor(reference.regulation, user)
    changes = {}
    if status == Finding.Status.CONFIRMED and target is not None:
        changes = {
            "target_id": target.pk,
            "target_key": identity_of_row(target),
            "is_dangling": False,
        }
    return move(reference, status, user=user, **changes)


@transaction.atomic
def add_reference(source, words, target, *, user):
    """Make ``words`` of a provision lead to another, where nothing was found."""
    require_editor(source.regulation, user)
    is_article = source.kind == source.Kind.ARTICLE
    if words not in source.text:
        raise WordsNotFound(
            _("“%(words)s” does not stand in %(provision)s."),
            code="words_not_found",
            params={"words": words, "provision": source.label},
        )
    reference, is_new = CrossReference.objects.get_or_create(
        regulation=source.regulation,
        source_key=identity_of_row(source),
        field="intro" if is_article else "text",
        words=words,
        occurrence=0,
        defaults={
            "source": source,
            "target": target,
            "target_key": identity_of_row(target),
            "origin": Finding.Origin.HAND,
            "status": Finding.Status.CONFIRMED,
        },
    )
    if is_new:
        born(reference, user=user)
        return reference
    return decide_reference(reference, Finding.Status.CONFIRMED, user=user, target=target)


@transaction.atomic
def decide_definition(definition, status, *, user, **wording):
    """Confirm a term with its wording (``meaning``, ``other_names``), or reject it."""
    require_editor(definition.regulation, user)
    return move(definition, status, user=user, **wording)


@transaction.atomic
def add_definition(source, term, meaning, *, user, other_names=""):
    """Add a term that was not found; ``source`` is the provision that explains it."""
    require_editor(source.regulation, user)
    definition, is_new = Definition.objects.get_or_create(
        regulation=source.regulation,
        folded=Definition.folded_of(term),
        defaults={
            "term": term,
            "meaning": meaning,
            "other_names": other_names,
            "source": source,
            "source_key": identity_of_row(source),
            "origin": Finding.Origin.HAND,
            "status": Finding.Status.CONFIRMED,
        },
    )
    if is_new:
        born(definition, user=user)
        return definition
    return decide_definition(
        definition,
        Finding.Status.CONFIRMED,
        user=user,
        meaning=meaning,
        other_names=other_names,
    )
