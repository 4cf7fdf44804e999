"""Every page, as every kind of person, held to what all pages promise."""
