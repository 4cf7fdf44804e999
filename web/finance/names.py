"""Names of what payments calls by a short code; a code without a name is shown as it is."""

from engine.words import catalogue, say
from engine.words.bureaus import bureau_name
from payments.closing.sealing import Waiting
from payments.views import say_discrepancy
from web.context import language as current_language
from web.finance.frame import blueprint
from web.finance.periods import Month


def _name(key: str, code: str, language: str) -> str:
    return say(key, language) if key in catalogue() else code


@blueprint.app_template_global()
def posting_name(kind: str, language: str) -> str:
    """A kind of posting (伝票): 調定, 収納, 期限切れ and so on."""
    return _name(f"finance.posting_{kind}", kind, language)


@blueprint.app_template_global()
def method_name(method: str, language: str) -> str:
    """A way to pay."""
    return _name(f"finance.method_{method}", method, language)


def checkout_name(status: str, language: str) -> str:
    """Where an attempt to pay stands."""
    return _name(f"finance.checkout_{status}", status, language)


@blueprint.app_template_global()
def kind_name(kind: str, language: str) -> str:
    """A kind of discrepancy (不突合), shortly."""
    return _name(f"finance.kind_{kind}", kind, language)


@blueprint.app_template_global()
def resolution_name(code: str, language: str) -> str:
    """Why something on the worklist was resolved."""
    return _name(f"finance.resolution_{code}", code, language)


@blueprint.app_template_global()
def action_name(name: str, language: str) -> str:
    """What can be done about a discrepancy."""
    return _name(f"finance.action_{name}", name, language)


@blueprint.app_template_global()
def account_name(code: str, title: str, language: str) -> str:
    """An account of the ledger: which side of which 歳入科目, or one of the fixed ones."""
    key = f"finance.account_{code.partition(':')[0]}"
    return say(key, language, title=title) if key in catalogue() else title


@blueprint.app_template_global()
def bureau_named(bureau: str, language: str) -> str:
    """A bureau; "" is what belongs to none."""
    return bureau_name(bureau, language) if bureau else say("finance.no_bureau", language)


@blueprint.app_template_global()
def show_month(month: Month) -> str:
    """A month as people write it: 2026年5月, May 2026."""
    spoken = current_language()
    return f"{month.first:%B %Y}" if spoken == "en" else f"{month.year}年{month.month}月"


@blueprint.app_template_global()
def discrepancy_words(one: Waiting, language: str) -> str:
    """What did not match when a day was closed."""
    return say_discrepancy(one.kind, language, one.subject, one.expected, one.found)
