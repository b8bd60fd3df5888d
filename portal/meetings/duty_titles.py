"""When the words of a duty can be the title of what is made for it."""

#: A duty in more words than this is no title: the title then names cadence and provision.
LONGEST_TITLE = 90
