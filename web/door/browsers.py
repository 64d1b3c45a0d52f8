"""What a browser calls itself, in plain words."""

BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
"""The first that is found counts: most of them also say that they are the later ones."""
MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "Chromebook"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(said: str) -> str:
    """A browser by its User-Agent, such as `Firefox on Windows`."""
    name = next((word for mark, word in BROWSERS if mark in said), "")
    machine = next((word for mark, word in MACHINES if mark in said), "")
    if not name:
        return f"A program on {machine}" if machine else "An unknown browser"
    return f"{name} on {machine}" if machine else name
