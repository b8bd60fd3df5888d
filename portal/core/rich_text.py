"""Which buttons an editor of rich text offers: those that lead somewhere for this person."""

from portal.core.staff_doors import holds_right_on_pages

#: Features whose choosers open to librarians only, and how stored text shows that it uses them.
OF_LIBRARIANS = {
    "image": 'embedtype="image"',
    "embed": 'embedtype="media"',
    "document-link": 'linktype="document"',
}


def limit_rich_text(form, user):
    """Take the buttons from the editors of ``form`` that would be refused to ``user``.

    What a text uses already keeps its button: the editor would drop the picture without.
    """
    if user is None or holds_right_on_pages(user):
        return
    for name, field in form.fields.items():
        if getattr(field.widget, "accepts_features", False):
            text = str(form.initial.get(name) or "")
            kept = [
                feature
                for feature in field.widget.features
                if feature not in OF_LIBRARIANS or OF_LIBRARIANS[feature] in text
            ]
            field.widget = type(field.widget)(features=kept, attrs=field.widget.attrs)
