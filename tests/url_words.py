"""The words of ``tests/urls_table.py``: an address, its keys, and what a view set answers to."""

from dataclasses import dataclass

from tests.reach import (
    EVERYBODY,
    INTERNAL,
)

#: What answers only to a form that was sent.
SENT_ONLY = 405

#: What a view set of Wagtail answers to, and whether its address names an object.
VIEW_SET_SCREENS = {
    "index": False,
    "index_results": False,
    "add": False,
    "edit": True,
    "delete": True,
    "history": True,
    "history_results": True,
    "usage": True,
}


@dataclass(frozen=True)
class Address:
    """An example of a pattern: whose keys it takes, and what a GET of it answers.

    ``keys`` makes the keyword arguments from the objects of ``tests/small_site.py``. ``opens``
    is the answer to the person named ``by``; ``public`` to the anonymous, None for staff
    addresses. ``reach``, ``closed`` and ``sends`` are told at the head of this file.
    """

    keys: object = None
    opens: int = 200
    by: str = "administrator"
    public: int | None = None
    query: str = ""
    reach: frozenset | None = None
    closed: frozenset | None = None
    sends: frozenset | None = None

    def reach_of(self, side):
        """Return who opens the address with an object of ``side``, None if nobody said so."""
        return self.closed if side == "foreign" and self.closed is not None else self.reach

    #: What an address answers that names nothing, besides that it is not found.
    nowhere: int = 404

    def kwargs(self, site):
        """Return the keyword arguments of the example."""
        return self.keys(site) if self.keys else {}


def staff(keys=None, opens=200, **more):
    """Return an address of the staff area."""
    return Address(keys, opens=opens, **more)


def public(keys=None, opens=200, **more):
    """Return an address that answers the anonymous as it does the administrator."""
    return Address(keys, opens=opens, public=opens, **{"reach": EVERYBODY, **more})


def own_account(opens=200):
    """Return an address that wants somebody, whoever it is."""
    return Address(opens=opens, reach=INTERNAL)


def pk_of(name):
    """Return the keys of an address that takes the pk of the object called ``name``."""
    return lambda site: {"pk": getattr(site, name).pk}


def person_of_membership(site):
    """Return the keys of an address of the person who holds the site's membership."""
    return {"pk": site.membership.user_id}


def edition_1(site):
    """Return the keys of the first edition of the regulation."""
    return {"slug": site.regulation.slug, "number": 1}


def two_editions(site):
    """Return the keys of a comparison."""
    return {"slug": site.regulation.slug, "old": "1", "new": "2"}


def view_set(namespace, name, *, see=None, keep=None, remove=None):
    """Return the addresses of a view set's screens.

    ``see`` is who reaches the list, ``keep`` who adds, changes and looks behind, ``remove`` who
    deletes; each is the one before unless told.
    """
    keep = see if keep is None else keep
    reaches = {"index": see, "index_results": see, "delete": keep if remove is None else remove}
    return {
        f"{namespace}:{screen}": staff(
            pk_of(name) if of_an_object else None, reach=reaches.get(screen, keep)
        )
        for screen, of_an_object in VIEW_SET_SCREENS.items()
    }
