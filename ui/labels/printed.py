"""What a release says of how its counts are printed."""

from __future__ import annotations


def rounded_text(base: int) -> str:
    """What the legend says of rounded counts; nothing where they are printed as they are (0)."""
    if not base:
        return ""
    return (
        f"人や件数を数えた数は、一つずつ{base}の倍数に丸めています。このため、合計と内訳の和が合わないことがあります。"
        "割合などの値は、丸めた数から計算しています。人口と、取組の有無は、丸めていません。"
    )
