"""The issues found so far: all of them counted, the first of them listed in file order."""

from collections import Counter

from portal.datasets.imports.issues import FIRST_OF_KIND, LISTED_ISSUES, VALUE_LENGTH, Issue
from portal.datasets.imports.rules import severity_of
from portal.datasets.imports.sources.loading import BLANK, WRONG_WIDTH
from portal.datasets.imports.workspace import text


class Findings:
    """Collects issues of the file and of its rows; knows which rows are refused."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.of_file = []
        self.by_code = Counter()
        workspace.run("CREATE TABLE refused (row BIGINT)")
        workspace.run(
            "CREATE TABLE listed (row BIGINT, place INTEGER, severity VARCHAR, code VARCHAR, "
            "name VARCHAR, value VARCHAR, expected VARCHAR)"
        )

    @property
    def has_errors_of_file(self):
        """Tell whether the file as a whole is refused."""
        return any(issue.severity == "error" for issue in self.of_file)

    @property
    def total(self):
        """Return how many issues there are."""
        return sum(self.by_code.values())

    def add(self, issue):
        """Note an issue of the whole file or of its header."""
        self.of_file.append(issue)
        self.by_code[issue.code] += 1

    def take_faults(self, column=None, place=-1, severity=""):
        """Note what stands in the table ``faults`` (row, value, code, expected).

        Without ``severity`` each code has that of its column.
        """
        for code, count in self.workspace.run("SELECT code, count(*) FROM faults GROUP BY code"):
            self.by_code[code] += count
            weight = severity or (severity_of(code, column) if column else "error")
            name = column.name if column else None
            self.workspace.run(f"""
                INSERT INTO listed
                SELECT row, {place}, {text(weight)}, code, {text(name)}, value, expected
                FROM faults WHERE code = {text(code)} ORDER BY row LIMIT {LISTED_ISSUES}
            """)
            if weight == "error":
                self.workspace.run(
                    f"INSERT INTO refused SELECT row FROM faults WHERE code = {text(code)}"
                )

    def take_odd_rows(self, width):
        """Note the records that are broken as a whole."""
        self.workspace.run(f"""
            CREATE OR REPLACE TABLE faults AS SELECT row, left(text, {VALUE_LENGTH}) AS value,
                fault AS code, if(fault = {text(WRONG_WIDTH)}, {text(width)}, NULL) AS expected
            FROM odd WHERE fault <> {text(BLANK)}
        """)
        self.take_faults()

    def refused_rows(self):
        """Return how many records are refused for a fault of their own."""
        return self.workspace.value("SELECT count(DISTINCT row) FROM refused")

    def issues(self):
        """Return the listed issues in file order: those of the file first."""
        rows = self.workspace.run(
            "SELECT severity, code, row, name, value, expected FROM listed "
            f"ORDER BY row, place, code LIMIT {LISTED_ISSUES}"
        )
        found = [Issue(*row) for row in rows]
        return (self.of_file + found)[:LISTED_ISSUES]

    def further(self):
        """Return the first issues of each kind that ``issues`` leaves out, in file order."""
        listed = max(LISTED_ISSUES - len(self.of_file), 0)
        rows = self.workspace.run(f"""
            SELECT severity, code, row, name, value, expected FROM (
                SELECT *, row_number() OVER (ORDER BY row, place, code) AS number,
                    row_number() OVER (PARTITION BY code ORDER BY row, place) AS of_kind
                FROM listed
            ) WHERE number > {listed} AND of_kind <= {FIRST_OF_KIND} ORDER BY number
        """)
        return self.of_file[LISTED_ISSUES:] + [Issue(*row) for row in rows]
