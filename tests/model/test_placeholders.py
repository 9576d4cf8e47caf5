import pytest

from bibwright.model.placeholders import is_placeholder, is_placeholder_name


@pytest.mark.parametrize("text", ["", "  ", "null", "None", "NaN", "N/A", "undefined", "[object Object]"])
def test_a_placeholder_is_found_whatever_its_case(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["0", "na", "nothing", "null hypothesis"])
def test_other_words_are_values(text: str) -> None:
    assert not is_placeholder(text)


def test_names_and_titles_may_be_none() -> None:
    assert not is_placeholder_name("None")
    assert is_placeholder_name("null")
