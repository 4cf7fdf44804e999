"""The forms that a price can take: one file each, with what it comes to, what it rests on and how it is told."""

from engine.fees.forms.computed import Computed
from engine.fees.forms.counted import Counted
from engine.fees.forms.percentage import Percentage
from engine.fees.forms.tabled import Tabled
from engine.fees.forms.tiered import Tier, Tiered

__all__ = ["Computed", "Counted", "Percentage", "Tabled", "Tier", "Tiered"]
