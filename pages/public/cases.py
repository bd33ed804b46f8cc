"""事例: what municipalities did, as far as they let it be published."""

from ui.public import cases, english, head

version = head.current_or_stop()
head.page_head("事例：市区町村の取組", version)
head.english(english.cases(version))
cases.section(version)
head.page_foot(version, "取組事例（市区町村提出）")
