"""A few lines by which Excel, Python and R read the rows of a version from the API."""

import json

TEXTS = frozenset({"text", "code", "choice", "unit", "area", "period", "link"})


def reading_code(reading, choice):
    """Return [(program, code)]; ``choice`` is the query string of which rows."""
    joined = f"{choice}&dinh_dang=csv" if choice else "?dinh_dang=csv"
    path = f"/api/v1/du-lieu/{reading.dataset.code}/phien-ban/{reading.version.number}/dong/"
    address = json.dumps(reading.request.build_absolute_uri(path + joined))
    texts = [column.name for column in reading.columns if column.type in TEXTS]
    days = [column.name for column in reading.columns if column.type in ("date", "datetime")]
    return [
        ("Excel (Power Query)", _power_query(address)),
        ("Python", _python(address, texts, days)),
        ("R", _r(address, texts)),
    ]


def _power_query(address):
    return (
        "let\n"
        f"    Nguon = Csv.Document(Web.Contents({address}),\n"
        '        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n'
        "    Bang = Table.PromoteHeaders(Nguon)\n"
        "in\n"
        "    Bang"
    )


def _python(address, texts, days):
    types = json.dumps(dict.fromkeys(texts, "string"))
    parsed = f",\n    parse_dates={json.dumps(days)}" if days else ""
    return (
        f"import pandas as pd\n\nbang = pd.read_csv(\n    {address},\n    dtype={types}{parsed},\n)"
    )


def _r(address, texts):
    classes = ", ".join(f'"{name}" = "character"' for name in texts)
    given = f", colClasses = c({classes})" if texts else ""
    return f'bang <- read.csv(\n  {address},\n  fileEncoding = "UTF-8"{given}\n)'
