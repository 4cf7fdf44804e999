"""The problems of meaning: the form is right, but something it refers to is not there, not yet, or not of that type."""

from engine.problems import Code

RESERVED_NAME = Code("reserved-name", example="fields: {today: {type: date, title: 今日}}")
DUPLICATE_FIELD = Code("duplicate-field", example="(a field “name” in two steps)")
NAME_CLASH = Code("name-clash", example="conditions: {name: …}      # and a field called name")
UNKNOWN_CONCEPT = Code("unknown-concept", example="name: {concept: applicant.nmae}")
NO_TYPE = Code("no-type", example="name: {title: 氏名}")
NO_TITLE = Code("no-title", example="born: {type: date}")
FOREIGN_KEYWORD = Code("keyword-of-another-type", example="born: {type: date, title: 生年月日, prefecture: 東京都}")
BAD_KEYWORD = Code("bad-keyword-value", example="proof: {type: file, title: 写真, maxFiles: many}")
BAD_PATTERN = Code("bad-pattern", example='chip: {type: string, title: 番号, pattern: "(?=[0-9])x"}')
BAD_REFERENCE = Code("bad-schema-reference", example="allOf: [{$ref: https://example.com/schema}]")
NO_OPTIONS = Code("no-options", example="sex: {type: choice, title: 性別}")
NOTHING_INSIDE = Code("nothing-inside", example="dogs: {type: array, title: 犬}")
CONCEPT_CIRCLE = Code(
    "concept-circle", example="firm.whole: {type: object, properties: {parent: {concept: firm.whole}}}"
)
FORMS_ALIKE = Code(
    "forms-not-told-apart", example="{title: 申請者, oneOf: [{properties: {name: …}}, {properties: {firm: …}}]}"
)
FORMS_DIFFER = Code(
    "forms-ask-differently", example="oneOf: [{properties: {kind: …, no: {type: integer}}}, {…, no: {type: string}}]"
)
LIST_IN_LIST = Code("list-in-list", example="{type: array, items: {type: array, items: {type: date}}}")
UNASKED_REQUIRED = Code("required-not-asked", example="{type: object, required: [nmae], properties: {name: …}}")
CONDITION_CYCLE = Code("condition-cycle", example="conditions: {a: not b, b: not a}")
UNKNOWN_NAME = Code("unknown-name", example="when: chiped")
FORWARD_REFERENCE = Code("forward-reference", example="when: chip == '1'      # chip is asked further down")
INSIDE_LIST = Code("inside-list", example="when: chipped      # asked of each dog, used outside the list")
BAD_EXPRESSION = Code("bad-expression", example="when: len(dogs >")
UNKNOWN_OPTION = Code("unknown-option", example="when: who == 'agnt'")
NOT_A_CONDITION = Code("not-a-condition", example="when: len(dogs)")
WRONG_RESULT = Code("wrong-result", example="fees: {pay_by: 7}")
RATES_ORDER = Code("rates-out-of-order", example="yen: [{from: 2026-04-01, amount: 2}, {from: 2020-04-01, amount: 1}]")
RATES_GAP = Code("rates-gap", example="yen: [{from: 2020-04-01, until: 2021-03-31, …}, {from: 2022-04-01, …}]")
RATES_OVERLAP = Code("rates-overlap", example="yen: [{from: 2020-04-01, until: 2024-03-31, …}, {from: 2022-04-01, …}]")
