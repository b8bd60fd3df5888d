"""The fold of the search (``portal.core.text.fold``) as the engine does it, a million at a time."""

from portal.core.text import fold

#: Texts of these characters alone fold in SQL to what ``fold`` makes of them.
_KNOWN = (
    r"^[\x{20}-\x{7E}§°±×·÷\x{C0}-\x{CF}\x{D1}-\x{DD}\x{E0}-\x{EF}\x{F1}-\x{FD}Ăă"
    r"ĐđĨĩŨũƠơƯư\x{300}-\x{304}\x{306}\x{309}\x{31B}\x{323}\x{1EA0}-\x{1EF9}–—‘’“”•]*$"
)
BATCH = 5_000


def folded(value):
    """Return the SQL that folds the expression ``value``, a text of known characters."""
    plain = f"lower(strip_accents(replace(replace({value}, 'đ', 'd'), 'Đ', 'd')))"
    spaced = f"regexp_replace({plain}, ' +', ' ', 'g')"
    return f"trim(CASE WHEN contains({value}, '  ') THEN {spaced} ELSE {plain} END)"


def is_known(value):
    """Return the SQL that tells whether ``folded`` does what the search does."""
    return f"regexp_matches({value}, '{_KNOWN}')"


def fold_the_rest(database, table, column, target):
    """Fold, one by one, the values of ``table`` that SQL cannot; ``column`` is its key."""
    rest = database.execute(f"SELECT {column} FROM {table} WHERE {target} IS NULL").fetchall()
    if not rest:
        return
    database.execute("CREATE OR REPLACE TEMP TABLE by_hand (value VARCHAR, folded VARCHAR)")
    for start in range(0, len(rest), BATCH):
        values = [value for (value,) in rest[start : start + BATCH]]
        database.execute(
            "INSERT INTO by_hand SELECT unnest(?), unnest(?)", [values, [fold(v) for v in values]]
        )
    database.execute(
        f"UPDATE {table} SET {target} = by_hand.folded FROM by_hand "
        f"WHERE {table}.{column} = by_hand.value"
    )
