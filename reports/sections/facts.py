"""What stands first: facts in sentences and the key figures of the prefecture."""

from __future__ import annotations

from reports.content import KeyNumber, KeyNumbers, Section, Sentences
from reports.sources import Sources
from ui.labels import chosen
from ui.labels.sentences import overview


def facts(of: Sources) -> Section:
    """The three sentences of the overview."""
    return Section("facts", "三つの事実", [Sentences(overview.three_facts(of.answers, of.months))])


def key_numbers(of: Sources) -> Section:
    figures = [of.answers.key_figure(one, of.months) for one in chosen.key_indicators()]
    said = [overview.key_text(one) for one in figures]
    items = [
        KeyNumber(one.title, one.value + one.unit, one.interval, one.counts, one.change, one.state) for one in said
    ]
    return Section("key", "主要な指標", [KeyNumbers(items), Sentences([overview.CHANGE_NOTE])])
