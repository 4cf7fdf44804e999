"""Text that somebody typed into a text area."""

from unicodedata import category


def plain_lines(text: str) -> str:
    """Browsers send CR LF; blanks around the text and characters that nobody can type mean nothing."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or category(letter) != "Cc").strip()
