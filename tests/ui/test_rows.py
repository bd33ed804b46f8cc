import pandas as pd

from ui.rows import rows_of


def test_rows_carry_their_columns_by_name_in_order() -> None:
    frame = pd.DataFrame(
        {"name": ["甲市", "乙町"], "value": [0.5, float("nan")], "count": pd.array([3, pd.NA], "Int64")}
    )
    first, second = rows_of(frame)
    assert (first.name, first.value, first.count) == ("甲市", 0.5, 3)
    assert second.name == "乙町"
    assert pd.isna(second.value)
    assert pd.isna(second.count)
    assert rows_of(frame.iloc[:0]) == []
