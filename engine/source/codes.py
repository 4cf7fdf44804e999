"""The problems that strict reading finds before anything is looked at as a procedure."""

from engine.problems import Code

TOO_LARGE = Code("yaml-too-large", example="(a file of 300 KB)")
BAD_UTF8 = Code("yaml-not-utf8", example="(a file saved as Shift_JIS)")
TAB = Code("yaml-tab", example="steps:\n\towner: …")
CONTROL = Code("yaml-control-character", example="title: 犬<U+0007>の登録")
SYNTAX = Code("yaml-syntax", example="title: 犬の登録: 新規")
EMPTY = Code("yaml-empty", example="# nothing but comments")
NOT_MAPPING = Code("yaml-not-a-mapping", example="- id: dog-registration")
TOO_DEEP = Code("yaml-too-deep", example="[[[[[[[[[[[[[[[[[[[[[…")
TOO_MANY_NODES = Code("yaml-too-many-nodes", example="(5,001 values)")
ANCHOR = Code("yaml-anchor", example="owner: &owner {title: 飼い主}")
TAG = Code("yaml-tag", example="version: !!str 2026-04-01")
DIRECTIVE = Code("yaml-directive", example="%YAML 1.1")
SECOND_DOCUMENT = Code("yaml-second-document", example="---\nid: a\n---\nid: b")
KEY = Code("yaml-key", example="? [a, b]\n: c")
DUPLICATE_KEY = Code("yaml-duplicate-key", example="title: 犬\ntitle: 猫")
NUMBER = Code("yaml-number", example="chip: 39214000000000123456")
