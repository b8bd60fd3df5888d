"""Hidden rows: who filters a sheet and sends it sends what does not show as well."""

from portal.datasets.imports.issues import Issue


def note_hidden(check, match):
    """Say how many records people do not see in the sheet; they count like all others."""
    if not match.hidden:
        return
    [(count, first)] = check._workspace.run(
        "SELECT count(*), min(row) FROM (SELECT DISTINCT unnest(?::BIGINT[]) AS row) "
        "JOIN cells USING (row)",
        [match.hidden],
    )
    if count:
        issue = Issue("warning", "hidden_rows", value=str(count), expected=str(first))
        check.findings.add(issue)
