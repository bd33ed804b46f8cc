"""発表: the facts of 概況 as slides, 16:9 and in large type, moved by keys."""

from ui.internal import sections
from ui.internal.intake import own_errors
from ui.internal.presentation import show

version = sections.current_version_or_stop("発表：連携の状況")
with own_errors.told():
    show.run(version)
