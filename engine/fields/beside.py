"""What a page of questions sends beside the answers: names that no question can have."""

SENT_BY_PAGES = frozenset(
    {"csrf_token", "find_address", "keep", "move_file", "never", "remove_file", "revision", "seen", "told", "upload"}
    | {"use_known", "use_paper"}
)
