"""発表: the facts of 概況 as slides, 16:9 and in large type, moved by keys."""

from ui.internal import sections
from ui.internal.presentation import show

show.run(sections.current_version_or_stop("発表：連携の状況"))
