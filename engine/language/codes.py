"""The problems of shape: what is written is not of the form that the spec language has."""

from engine.problems import Code

UNKNOWN_KEY = Code("unknown-key", example="tilte: 犬の登録")
MISSING_KEY = Code("missing-key", example="steps: {owner: {fields: …}}      # a step without a title")
WRONG_TYPE = Code("wrong-type", example="audience: {resident: true}")
UNKNOWN_VALUE = Code("unknown-value", example="sign_in: {assurance: hihg}")
OUT_OF_RANGE = Code("out-of-range", example="retention: {years: 0}")
BAD_NAME = Code("bad-name", example="fields: {生年月日: {type: date}}")
BAD_DATE = Code("bad-date", example="version: 2026-02-30")
BAD_FORM = Code("bad-form", example="account: 手数料")
EMPTY = Code("empty", example="steps: {}")
UNKNOWN_LANGUAGE = Code("unknown-language", example="title: {jp: 犬の登録}")
NO_JAPANESE = Code("no-japanese", example="title: {en: Dog registration}")
REPEATED = Code("repeated", example="audience: [resident, resident]")
VALUE_OR_TABLE = Code("value-or-table", example="calculated: {fee: {title: 手数料, unit: 円}}")
BAD_SCHEMA = Code("bad-json-schema", example="allOf: [{minLength: -1}]")
