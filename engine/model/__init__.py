"""The compiled procedure: frozen values that every other layer reads instead of YAML."""

from engine.model.calculated import Calculated, Derived
from engine.model.certificates import CertificateKind
from engine.model.fees import FeeLine, Fees, Groups, Waiver, WaiverDecision
from engine.model.fields import Field, Option
from engine.model.prices import Rate, Rounding
from engine.model.procedure import Afterwards, BeforeYouStart, Procedure, Representation, SignIn, Step
from engine.model.review import CheckItem, Correction, ReadyMessage, RefusalReason, Review, Stage
from engine.model.rules import Caution, Check, Link, Stop
from engine.model.scenarios import Expectation, Scenario
from engine.model.text import Text

__all__ = [
    "Afterwards",
    "BeforeYouStart",
    "Calculated",
    "Caution",
    "CertificateKind",
    "Check",
    "CheckItem",
    "Correction",
    "Derived",
    "Expectation",
    "FeeLine",
    "Fees",
    "Field",
    "Groups",
    "Link",
    "Option",
    "Procedure",
    "Rate",
    "ReadyMessage",
    "RefusalReason",
    "Representation",
    "Review",
    "Rounding",
    "Scenario",
    "SignIn",
    "Stage",
    "Step",
    "Stop",
    "Text",
    "Waiver",
    "WaiverDecision",
]
