"""docs/model.md says what graph/model/ declares."""

from graph.model.document import PAGE, main, page


def test_the_page_is_what_the_model_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m graph.model.document"


def test_the_check_says_that_the_page_is_current() -> None:
    assert main(["--check"]) == 0
