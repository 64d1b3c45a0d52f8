"""The stylesheet holds what pages need and nothing that is not ours to use."""

import pytest

from scripts import parts
from scripts.styles import NotOursError, block, kept, stylesheet

NEEDED = frozenset({"govuk-button", "govuk-tag", "govuk-!-width-", "govuk-heading-"})


def test_the_list_of_parts_is_what_the_pages_name() -> None:
    """A page with a new part needs its styles: `python -m scripts.parts`, then `make assets`."""
    assert parts.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".govuk-button{a:b}", ".govuk-button{a:b}"),
        (".govuk-button--start,.moj-badge{a:b}", ".govuk-button--start{a:b}"),
        (".moj-badge .govuk-tag{a:b}", ""),
        ("h1,.moj-badge:hover{a:b}", "h1{a:b}"),
        (".govuk-tag:not(.moj-badge,.moj-x){a:b}", ".govuk-tag:not(.moj-badge,.moj-x){a:b}"),
        ("@media print{.moj-badge{a:b}}", ""),
        ("@media (min-width:2em){.moj-badge{a:b}.govuk-tag{c:d}}", "@media (min-width:2em){.govuk-tag{c:d}}"),
        ("@font-face{font-family:x}", "@font-face{font-family:x}"),
        (r".govuk-\!-width-full{a:b}.govuk-\!-margin-0{a:b}", r".govuk-\!-width-full{a:b}"),
        (".govuk-heading-xl{a:b}", ".govuk-heading-xl{a:b}"),
        (":is(.govuk-tag,.govuk-button) p,.moj-x{a:b}", ":is(.govuk-tag,.govuk-button) p{a:b}"),
    ],
)
def test_only_rules_of_parts_that_a_page_has_are_kept(css: str, left: str) -> None:
    """Selector by selector, within media rules too; what is no part of a design system stays."""
    assert kept(css, NEEDED) == left + "\n"


def test_a_mark_of_gov_uk_stops_the_build() -> None:
    """Their typeface and crest are not ours: replaced where we know of them, refused elsewhere."""
    replaced = stylesheet(['.govuk-tag{font-family:"GDS Transport",arial,sans-serif}'], NEEDED)
    assert replaced.startswith('.govuk-tag{font-family:"Atkinson Hyperlegible"')
    with pytest.raises(NotOursError, match=r"crown\.png"):
        stylesheet([".govuk-tag{background:url(/assets/crown.png)}"], NEEDED)


def test_a_class_belongs_to_its_part() -> None:
    """Elements and variants of a part, as the systems name them."""
    names = ("govuk-button__icon", "govuk-button--start", r"govuk-\!-width-full")
    assert [block(name) for name in names] == ["govuk-button", "govuk-button", "govuk-!-width-full"]
