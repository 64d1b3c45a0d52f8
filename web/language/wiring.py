"""Words and languages as the settings have them; refused at the start where they cannot be used."""

from reference.places import FileError
from reference.titles import words_of
from settings import Settings, SettingsWrong
from web.language.catalogue import LanguageMissingError, installed, languages
from web.language.governing import Governing


def governing_of(settings: Settings) -> Governing:
    """The titles of the office.

    Raises: SettingsWrong: the file of words cannot be used.
    """
    try:
        return Governing(words_of(settings.words_file))
    except FileError as wrong:
        raise SettingsWrong(f"ANSWERABLE_WORDS_FILE cannot be used. {wrong}") from None


def languages_of(settings: Settings) -> tuple[str, ...]:
    """The languages of the pages, English first.

    Raises: SettingsWrong: there is no catalogue of one of them.
    """
    try:
        return languages(settings.languages.split(","))
    except LanguageMissingError as wrong:
        there = ", ".join(("en", *installed()))
        raise SettingsWrong(
            f"ANSWERABLE_LANGUAGES cannot be used: {wrong}. Write some of: {there}."
        ) from None
