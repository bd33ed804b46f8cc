"""The bodies that the notice asks both sides to join, and the days of law and notice."""

from __future__ import annotations

from collections.abc import Mapping

# The bodies with their article, and the side that is invited into each.
BODIES: Mapping[str, str] = {
    "platform": "孤独・孤立対策推進法11条",
    "council": "孤独・孤立対策推進法15条1項",
    "support_meeting": "生活困窮者自立支援法9条1項",
}
OTHER_SIDE: Mapping[str, str] = {"platform": "support", "council": "support", "support_meeting": "connection"}
SIDES: Mapping[str, str] = {"support": "困窮側", "connection": "孤独・孤立側"}
# Days of the law and the notice, as ISO dates.
MILESTONES: Mapping[str, str] = {
    "2024-04-01": "孤独・孤立対策推進法の施行",
    "2024-06-24": "連携に関する通知",
    "2025-04-01": "支援会議の設置が努力義務に（福祉事務所設置自治体）",
}
DUTY_FROM = "2025-04"  # the month from which the duty of effort about support meetings counts
