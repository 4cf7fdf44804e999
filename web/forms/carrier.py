"""WTForms as a carrier: takes the text in, keeps it as it was typed, takes the errors out; decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


class TypedText:
    """What was typed under one input name, in the shape of a WTForms field, without widget and validators.

    A whole `wtforms.Field` costs thirty times as much to build and would never be drawn.
    """

    __slots__ = ("data", "errors", "name")
    do_not_call_in_templates = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: list[str] = []
        self.errors: tuple[str, ...] = ()

    def process(self, formdata: "MultiDict[str, str] | None", *_: object, **__: object) -> None:
        """Take the texts sent under this name, unchanged."""
        self.data = formdata.getlist(self.name) if formdata is not None else []

    def post_process(self, formdata: "MultiDict[str, str] | None" = None) -> None:
        """Nothing follows from other fields."""

    def validate(self, form: BaseForm, extra: Sequence[object] = ()) -> bool:
        """The engine decides what is right; here only what it found counts."""
        return not self.errors


class CarrierMeta(DefaultMeta):
    """No token (every form of the site has one) and no widgets."""

    csrf = False

    def bind_field(self, form: BaseForm, unbound_field: UnboundField, options: dict[str, Any]) -> TypedText:
        """The field of one input name."""
        return TypedText(options["name"])


class Carrier(BaseForm):
    """One page's form. Names with dots and names such as `data` are fine, since nothing becomes an attribute."""

    def texts(self) -> Mapping[str, list[str]]:
        """What was typed, by input name."""
        return {name: field.data for name, field in self._fields.items()}


class CarrierKind:
    """The form of one page, prepared once: call it with what a browser sent."""

    __slots__ = ("_meta", "_unbound")

    def __init__(self, names: Iterable[str]) -> None:
        self._meta = CarrierMeta()
        self._unbound = {name: UnboundField(TypedText) for name in names}

    def __call__(self, formdata: "MultiDict[str, str]") -> Carrier:
        """The form holding what was sent."""
        form = Carrier(self._unbound, meta=self._meta)
        form.process(formdata)
        return form
