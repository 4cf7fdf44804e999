"""Going on with a draft: later, elsewhere, before it goes; and what was typed but never sent."""
