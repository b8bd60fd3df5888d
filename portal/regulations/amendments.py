"""Amendments by other documents that no edition has taken in yet."""

from portal.core.text import fold_words


def unapplied_amendments(regulation, on):
    """Return the documents that amend the regulation by ``on`` and that no edition names.

    Each document in the regulation's lineage tells by ``is_amendment_in_force`` whether it amends
    the text by then.
    """
    related = regulation.related_documents.all()
    in_force = [document for document in related if document.is_amendment_in_force(on)]
    if not in_force:
        return []
    editions = regulation.editions.standing().values_list("decision_number", flat=True)
    taken_in = {fold_words(number) for number in editions if number}
    return [each for each in in_force if fold_words(each.number) not in taken_in]
