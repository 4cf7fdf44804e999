"""Who may what: every route, every method, every kind of person, compared with tables that people wrote down."""
