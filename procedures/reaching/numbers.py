"""Telephone numbers that an SMS can be sent to."""

import unicodedata


def mobile_number(text: str) -> str | None:
    """The number as E.164, however it was typed; None where it is none, or not one that takes SMS."""
    import phonenumbers

    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text)[:40], "JP")
    except phonenumbers.NumberParseException:
        return None
    kinds = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in kinds:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def veiled(number: str) -> str:
    """As it is shown to its owner: the last four digits alone."""
    return "*" * max(len(number) - 4, 0) + number[-4:]
