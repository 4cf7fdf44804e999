"""What can be wrong with a rule beside its expression."""

from engine.problems import Code

DUPLICATE_RULE = Code("duplicate-rule", example="(a stop “too_young” of the procedure and of a step)")
NOT_ASKED_HERE = Code("not-asked-here", example="checks: [{that: first_day <= last_day, at: lastday, error: …}]")
CHECKS_NOTHING = Code("checks-nothing", example="checks: [{that: today < 2027-04-01, error: …}]      # names no field")
