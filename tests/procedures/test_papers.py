"""Certificates as papers: tagged, drawn whole, sealed so that any change shows."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from procedures.papers.contents import era_day
from procedures.papers.typesetting import NoTemplate, Undrawable, typeset
from procedures.seal import CERTIFICATE_FILE, KEY_FILE, NoSealKey, create_seal_key, seal

TEMPLATES = Path(__file__).parents[2] / "procedure_specs" / "templates"
ADDRESS = "葛󠄀飾区 神田"
CONTENTS = {
    "language": "ja", "title": "納税証明書", "statement": "下記のとおり納税されていることを証明します。",
    "number_label": "番号", "number": "shuzei-2026-000001", "issued_on": "令和8年5月1日", "valid_until": "",
    "authority": "東京都", "sealed": "電子署名を付しています", "footer": "検証できます",
    "parts": [
        {
            "heading": "", "entries": [{"label": "氏名", "value": "髙橋 𠮷子"}, {"label": "住所", "value": ADDRESS}],
        },
        {"heading": "証明書（1件目）", "entries": [{"label": "税目", "value": "#evil $x$ *b* @a \\"}]},
    ],
}  # fmt: skip


def paper(**changes: object) -> bytes:
    return typeset(TEMPLATES, "certificate", {**CONTENTS, **changes})


@pytest.fixture(scope="module")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seal")
    create_seal_key(folder, "東京都", datetime.now(UTC))
    return folder


class TestPaper:
    def test_it_is_tagged_and_can_be_read_aloud(self) -> None:
        reader = PdfReader(BytesIO(paper()))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.trailer["/Root"]["/Lang"] == "ja"
        assert reader.metadata.title == "納税証明書"
        text = "".join(page.extract_text() for page in reader.pages)
        for words in ("髙橋 𠮷子", "葛", "飾区", "神田", "納税証明書", "shuzei-2026-000001"):
            assert words in text

    def test_answers_are_never_markup(self) -> None:
        text = PdfReader(BytesIO(paper())).pages[0].extract_text()
        assert "#evil" in text
        assert "$x$" in text

    def test_a_long_list_takes_more_pages(self) -> None:
        items = [{"heading": f"{n}件目", "entries": [{"label": "名", "value": "値" * 100}] * 4} for n in range(20)]
        assert len(PdfReader(BytesIO(paper(parts=items))).pages) > 1

    def test_a_character_without_a_glyph_stops_the_paper(self) -> None:
        with pytest.raises(Undrawable) as error:
            paper(parts=[{"heading": "", "entries": [{"label": "氏名", "value": "\U000f1234"}]}])
        assert "\U000f1234" not in str(error.value)

    @pytest.mark.parametrize("name", ["missing", "../certificate", "certificate.typ", "", "/etc/passwd"])
    def test_only_templates_of_the_folder(self, name: str) -> None:
        with pytest.raises(NoTemplate):
            typeset(TEMPLATES, name, CONTENTS)

    def test_days_in_the_era(self) -> None:
        assert era_day(date(2019, 5, 1)) == "令和元年5月1日"
        assert era_day(date(2026, 12, 31)) == "令和8年12月31日"


class TestSeal:
    def check(self, pdf: bytes, folder: Path) -> object:
        """PyHanko's own validator, trusting the key of the set-up."""
        from pyhanko.keys import load_cert_from_pemder
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko_certvalidator import ValidationContext

        root = load_cert_from_pemder(str(folder / CERTIFICATE_FILE))
        signature = PdfFileReader(BytesIO(pdf)).embedded_signatures[0]
        return validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))

    def test_the_seal_is_valid_and_covers_everything(self, seal_folder: Path) -> None:
        status = self.check(seal(paper(), seal_folder), seal_folder)
        assert status.intact
        assert status.valid
        assert status.trusted
        assert status.bottom_line
        assert status.coverage.name == "ENTIRE_FILE"
        assert status.signing_cert.subject.native["common_name"] == "東京都"

    def test_a_changed_byte_shows(self, seal_folder: Path) -> None:
        sealed = seal(paper(), seal_folder)
        place = sealed.index(b"stream") + 20
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert not self.check(changed, seal_folder).intact

    def test_it_stays_tagged(self, seal_folder: Path) -> None:
        reader = PdfReader(BytesIO(seal(paper(), seal_folder)))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]

    def test_an_existing_key_is_kept_and_nobody_else_reads_it(self, seal_folder: Path) -> None:
        before = (seal_folder / KEY_FILE).read_bytes()
        create_seal_key(seal_folder, "別の都", datetime.now(UTC))
        assert (seal_folder / KEY_FILE).read_bytes() == before
        assert (seal_folder / KEY_FILE).stat().st_mode & 0o077 == 0

    def test_without_a_key_nothing_is_sealed(self, tmp_path: Path) -> None:
        with pytest.raises(NoSealKey):
            seal(paper(), tmp_path)
