"""Files from other servers, fetched so that nobody makes the portal reach what it must not."""
