"""A few lines by which Excel, Python and R read the rows of a version from the API."""

import json

TEXTS = frozenset({"text", "code", "choice", "unit", "area", "period", "link"})


#: What stands where the token for reading has to be put, for rows that are not for everybody.
STANDS_FOR = "Bearer MA-TRUY-CAP"


def reading_code(reading, choice):
    """Return [(program, code)]; ``choice`` is the query string of which rows."""
    joined = f"{choice}&dinh_dang=csv" if choice else "?dinh_dang=csv"
    path = f"/api/v1/du-lieu/{reading.dataset.code}/phien-ban/{reading.version.number}/dong/"
    address = json.dumps(reading.request.build_absolute_uri(path + joined))
    texts = [column.name for column in reading.columns if column.type in TEXTS]
    days = [column.name for column in reading.columns if column.type in ("date", "datetime")]
    token = "" if reading.dataset.is_open else STANDS_FOR
    return [
        ("Excel (Power Query)", _power_query(address, token)),
        ("Python", _python(address, token, texts, days)),
        ("R", _r(address, token, texts)),
    ]


def _power_query(address, token):
    headers = f', [Headers = [Authorization = "{token}"]]' if token else ""
    return (
        "let\n"
        f"    Nguon = Csv.Document(Web.Contents({address}{headers}),\n"
        '        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n'
        "    Bang = Table.PromoteHeaders(Nguon)\n"
        "in\n"
        "    Bang"
    )


def _python(address, token, texts, days):
    given = [address, f"dtype={json.dumps(dict.fromkeys(texts, 'string'))}"]
    given += [f"parse_dates={json.dumps(days)}"] if days else []
    given += [f'storage_options={{"Authorization": "{token}"}}'] if token else []
    lines = "".join(f"    {each},\n" for each in given)
    return f"import pandas as pd\n\nbang = pd.read_csv(\n{lines})"


def _r(address, token, texts):
    headers = f', headers = c(Authorization = "{token}")' if token else ""
    classes = ", ".join(f'"{name}" = "character"' for name in texts)
    given = f",\n  colClasses = c({classes})" if texts else ""
    return f'bang <- read.csv(\n  url({address}, encoding = "UTF-8"{headers}){given}\n)'
