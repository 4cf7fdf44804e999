"""The four forms of the yardstick, with the checks that the benchmark asks of every contender."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp, ValidationError

EARLIEST_BIRTH = date(1900, 1, 1)


class NameForm(FlaskForm):
    """Step 1."""

    name = StringField("氏名", [InputRequired("氏名を入力してください"), Length(max=40)])
    kana = StringField(
        "フリガナ",
        [
            InputRequired("フリガナを入力してください"),
            Length(max=40),
            Regexp(r"^[ァ-ヶー　 ]+$", message="全角カタカナで入力してください"),
        ],
    )


class AddressForm(FlaskForm):
    """Step 2."""

    postcode = StringField(
        "郵便番号", [InputRequired(), Regexp(r"^\d{3}-?\d{4}$", message="郵便番号は7けたの数字です")]
    )
    address = StringField("住所", [InputRequired(), Length(min=5, max=200)])


class BirthForm(FlaskForm):
    """Step 3."""

    born = DateField("生年月日", [InputRequired()])
    wants_copies = RadioField("写しが必要ですか", [InputRequired()], choices=[("yes", "はい"), ("no", "いいえ")])

    def validate_born(self, field: DateField) -> None:
        """From 1900 until today."""
        if field.data and not EARLIEST_BIRTH <= field.data <= date.today():  # noqa: DTZ011 - the server's own day
            raise ValidationError("生年月日を確かめてください")


class CopiesForm(FlaskForm):
    """Step 4, only for those who want copies."""

    copies = IntegerField("部数", [InputRequired(), NumberRange(1, 10)])
    purpose = TextAreaField("使いみち", [InputRequired(), Length(max=200)])


class SubmitForm(FlaskForm):
    """Step 5: nothing but the token."""
