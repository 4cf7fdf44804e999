"""The problems that only running the examples finds."""

from engine.problems import Code

WRONG_PATH = Code("scenario-steps", example="expect: {steps: [owner]}      # but dogs is on the path too")
WRONG_FEE = Code("scenario-fee", example="expect: {fee: 3000}      # but it costs 6000")
WRONG_FEE_LINE = Code("scenario-fee-line", example="expect: {lines: {copy: 300}}      # but it costs 400")
WRONG_PAY_BY = Code("scenario-pay-by", example="expect: {pay_by: 2026-05-08}      # but it is 2026-05-15")
WRONG_ASKED = Code("scenario-asked", example="expect: {asked: [poor]}      # but the answer to the question is no")
WRONG_IF_GRANTED = Code("scenario-fee-if-granted", example="expect: {fee_if_granted: 0}      # but half stays due")
NO_FEE = Code("scenario-fee-unknown", example="expect: {fee: 3000}      # but how many is not answered")
WRONG_OFFICE = Code("scenario-office", example="expect: {office: hokenjo}      # but it goes to shuzei")
NO_OFFICE = Code("scenario-no-office", example="review: {office: {table: …}}      # no row for these answers")
REJECTED = Code("scenario-rejected", example="answers: {phone: abc}      # not expected under errors")
NOT_REJECTED = Code("scenario-not-rejected", example="expect: {errors: [phone]}      # but the phone is fine")
WRONG_STOP = Code("scenario-stop", example="expect: {stop: too_young}      # but the answers can be submitted")
WRONG_WARNINGS = Code("scenario-warnings", example="expect: {warnings: [late]}      # but it is in time")
UNVISITED = Code("not-covered", example="(a step that no scenario visits)", severity="warning")
