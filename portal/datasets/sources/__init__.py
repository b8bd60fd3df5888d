"""Files that the portal fetches by the clock: when, for which period, from where, and its words."""
