"""Merged cells: people see one value over several rows, the file has it in the first only."""


def note_merged(check, match):
    """Refuse records in which a wanted cell is covered by one above or beside it.

    What stands in ``cells`` counts: titles, totals and notes that were set apart may be merged.
    """
    workspace = check._workspace
    merged = [each for each in match.merged if each[1] > match.row]
    if not merged:
        return
    workspace.run(
        "CREATE OR REPLACE TABLE merged AS SELECT unnest(?::BIGINT[]) AS top, "
        "unnest(?::BIGINT[]) AS bottom, unnest(?::BIGINT[]) AS left_end, "
        "unnest(?::BIGINT[]) AS right_end",
        [list(each) for each in zip(*merged, strict=True)],
    )
    for index, column in enumerate(check.schema.columns):
        place = match.positions.get(column.name)
        if place is None:
            continue
        workspace.run(f"""
            CREATE OR REPLACE TABLE faults AS SELECT row, NULL::VARCHAR AS value,
                'merged_cell' AS code, min(top)::VARCHAR AS expected
            FROM cells JOIN merged ON row BETWEEN top AND bottom
                AND {place} BETWEEN left_end AND right_end
            WHERE c{index} IS NULL AND NOT (row = top AND left_end = {place}) GROUP BY row
        """)
        check.findings.take_faults(column, index, "error")
