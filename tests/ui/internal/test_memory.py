from ui.internal.memory import kept


def test_the_same_question_is_answered_once_and_the_longest_unused_answer_is_given_up() -> None:
    asked: list[tuple[str, int]] = []

    @kept(2)
    def view(version: str, year: int) -> list[int]:
        asked.append((version, year))
        return [year]

    assert view("a", 2023) is view("a", 2023)
    view("a", 2024)
    view("a", 2023)
    view("b", 2023)
    view("a", 2023)
    assert asked == [("a", 2023), ("a", 2024), ("b", 2023)]
    view("a", 2024)
    assert asked[3:] == [("a", 2024)]
