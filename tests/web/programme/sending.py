"""A form as a browser would send it, read off the page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class _Reading:
    """Where the parser is: within the form, a select, or a text box."""

    inside: bool = False
    select: str = ""
    area: str = ""
    said: dict[str, list[str]] = field(default_factory=dict)


class _Form(HTMLParser):
    """Collects what the page's own form would send when its button is pressed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.now = _Reading()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now.inside = found.get("id") == "form"
        if not self.now.inside:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            chosen = found.get("type") not in ("checkbox", "radio") or "checked" in found
            if chosen:
                self.now.said.setdefault(name, []).append(found.get("value", ""))
        elif tag == "select":
            self.now.select = name
        elif tag == "option" and self.now.select and "selected" in found:
            self.now.said[self.now.select] = [found.get("value", "")]
        elif tag == "textarea":
            self.now.area = name
            self.now.said[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.now.inside and self.now.area:
            self.now.said[self.now.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now.inside = False
        if tag == "textarea":
            self.now.area = ""
        if tag == "select":
            self.now.select = ""


def inputs_of(page: str) -> dict[str, list[str]]:
    """Everything that a browser would send of the page's form as it stands."""
    parser = _Form()
    parser.feed(page)
    assert parser.now.said, "there is no form on the page"
    return parser.now.said
