"""What kind of device a browser runs on, in two words: enough to know one's own, and too little to know anybody by."""

from collections.abc import Sequence

# The first that a browser says of itself is what it is: most of them claim to be several others too.
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("CrOS", "Chromebook"), ("Macintosh", "Mac"), ("Linux", "Linux"))  # fmt: skip
BROWSERS = (("Edg", "Edge"), ("SamsungBrowser", "Samsung Internet"), ("OPR/", "Opera"), ("Firefox", "Firefox"),
            ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
LONGEST = 1_000


def device_of(user_agent: str) -> str:
    """`system|browser` in names that are the same in every language; each may be empty. No version, no model."""
    told = user_agent[:LONGEST]
    return f"{_first(SYSTEMS, told)}|{_first(BROWSERS, told)}"


def _first(known: Sequence[tuple[str, str]], told: str) -> str:
    return next((name for mark, name in known if mark in told), "")
