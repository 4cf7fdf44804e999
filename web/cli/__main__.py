"""`python -m web.cli`: the same as `tetsuzuki`."""

import sys

from web.cli import main

sys.exit(main())
