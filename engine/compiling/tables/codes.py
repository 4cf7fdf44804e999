"""What is wrong with a table where it does not fit its axes, its outputs or its hit policy."""

from engine.problems import Code

AXIS_TYPE = Code("table-axis", example="table: {on: [dogs], rows: […]}      # a list is no axis")
UNKNOWN_AXIS = Code("table-unknown-axis", example="table: {on: [kind], rows: [{kid: new, give: 1}]}")
CELL = Code("table-cell", example="rows: [{trade: restaurnat, give: 18300}]")
ROW_RESULT = Code("table-row-result", example="rows: [{kind: new}]      # neither give nor calculate")
OUTPUT = Code("table-output", example="rows: [{kind: new, give: 18300}, {kind: renewal, give: free}]")
ORDER = Code("table-order", example="table: {hit: priority, order: [refused], rows: [{give: granted}, …]}")
