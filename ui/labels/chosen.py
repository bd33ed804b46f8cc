"""Which indicators stand first, on the pages and in the packs alike."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.catalog import Indicator, load_catalog

KEY_INDICATORS = (
    *("recommendation_rate", "handover_rate", "contact_within_30_days", "days_to_contact", "consent_rate"),
    *("platform_attendance", "council_participation", "support_meeting_participation", "joint_operation_rate"),
    "daily_practice_coverage",
)
TOLD = ("recommendation_rate", "contact_within_30_days")
COMPARED = ("recommendation_rate", "handover_rate", "contact_within_30_days")
# Theme, then the indicators with a title short enough for the head of a column.
COLUMNS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (
        "相互紹介・同意",
        (
            ("recommendation_rate", "利用勧奨"),
            ("handover_rate", "つなぎ"),
            ("contact_within_30_days", "30日以内の初回相談"),
            ("plan_rate", "プラン作成"),
            ("consent_rate", "本人同意"),
        ),
    ),
    (
        "会議体",
        (
            ("platform_attendance", "官民連携PF出席"),
            ("council_participation", "地域協議会参加"),
            ("support_meeting_participation", "支援会議参加"),
            ("joint_operation_rate", "一体的な開催"),
        ),
    ),
    (
        "日常の連携",
        (
            ("liaison_designated", "連絡調整担当"),
            ("joint_training", "合同研修"),
            ("leaflets_both", "双方の窓口にリーフレット"),
        ),
    ),
)


def key_indicators() -> list[str]:
    """Ids of the key indicators that there are."""
    return [one for one in KEY_INDICATORS if one in load_catalog()]


def columns() -> list[tuple[str, list[tuple[Indicator, str]]]]:
    """COLUMNS with the indicators themselves; what the catalog does not know is left out."""
    catalog = load_catalog()
    return [(theme, [(catalog[one], head) for one, head in group if one in catalog]) for theme, group in COLUMNS]
