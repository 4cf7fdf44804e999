"""What is wrong with fees beyond their shape."""

from engine.problems import Code

NO_PRICE = Code("no-price", example="lines: {copy: {title: 写し, account: …}}      # no yen, tariff, amount, …")
TWO_PRICES = Code("two-prices", example="copy: {yen: 300, amount: copies * 300, …}")
USELESS_KEY = Code("useless-fee-key", example="copy: {count: copies, amount: copies * 300, …}")
NOT_A_LINE = Code("not-a-line", example="percent: {lines: [rom], rate: 20, round: down}")
LINE_CYCLE = Code("line-cycle", example="a: {percent: {lines: [b], …}}      # and b is a percentage of a")
NOT_A_LIST = Code("not-a-list", example="per_item: name      # a text")
NOT_IN_LIST = Code("not-in-list", example="per_group: {list: dogs, by: [colour]}      # dogs have no colour")
UNKNOWN_TARIFF = Code("unknown-tariff", example="tariff: information-disclosure.color")
TIERS_ORDER = Code("tiers-out-of-order", example="tiers: [{then_each: 1, yen: 100}, {first: 1, yen: 400}]")
BAD_TIER = Code("bad-tier", example="tiers: [{first: 1, each: 2, yen: 300}]")
PART_NOT_LESS = Code("waiver-part", example="percent: 50, decision: {parts: [80], …}")
