"""Named sets of choices: the last one of a name counts, and taking it back brings the one before."""

import pytest

from desk import choices
from desk.choices import Choice
from desk.records import Desk

YEARLY = Choice("prefecture", 2024, formats=("pptx", "pdf"))
MONTHLY = Choice("municipality", 2024, 6, ("992011", "992038"), ("facts",), ("xlsx",))


@pytest.fixture
def desk(tmp_path):
    return Desk(f"sqlite:///{tmp_path}/desk.sqlite")


def kept(desk):
    return {name: choices.choice_of(one) for name, one in choices.standing(desk).items()}


def test_a_set_comes_back_as_it_was_saved_in_the_order_of_names(desk):
    choices.save(desk, "年次報告", YEARLY, "山田")
    choices.save(desk, " 6月の打合せ ", MONTHLY, "鈴木")
    assert list(kept(desk).items()) == [("6月の打合せ", MONTHLY), ("年次報告", YEARLY)]


def test_a_set_of_the_same_name_gives_way_and_comes_back(desk):
    choices.save(desk, "定例", YEARLY, "山田")
    second = choices.save(desk, "定例", MONTHLY, "鈴木")
    assert kept(desk) == {"定例": MONTHLY}
    choices.undo(desk, second.id, "山田")
    assert kept(desk) == {"定例": YEARLY}


@pytest.mark.parametrize(("name", "choice"), [(" ", YEARLY), ("長" * 41, YEARLY), ("定例", Choice("public", 2024))])
def test_a_set_without_a_fit_name_or_reader_is_not_kept(desk, name, choice):
    with pytest.raises(ValueError, match=r"name|reader"):
        choices.save(desk, name, choice, "山田")
    assert kept(desk) == {}
