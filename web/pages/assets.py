"""Files of the look (CSS, JavaScript, images): a content hash in the address, kept for ever by browsers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request

from web.access import ANYONE, policy
from web.compression import COMPRESSIBLE, compressed

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

FOLDER = Path(__file__).parent.parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=300"  # an address of an older or newer release, or one written inside a style sheet


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, read once."""

    digest: str
    content: bytes
    zipped: bytes | None
    mimetype: str


def read_assets(folder: Path = FOLDER) -> Mapping[str, Asset]:
    """Every file below `folder` by its relative path."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): _read(path) for path in paths}


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    mimetype = guess_type(path.name)[0] or "application/octet-stream"
    if mimetype.startswith("text/"):
        mimetype += "; charset=utf-8"
    zipped = _zipped(content) if mimetype.partition(";")[0] in COMPRESSIBLE else None
    return Asset(sha256(content).hexdigest()[:12], content, zipped, mimetype)


@cache
def _zipped(content: bytes) -> bytes:
    """As small as it gets, once a process."""
    return compressed(content, level=9)


def install_assets(app: Flask, assets: Mapping[str, Asset]) -> None:
    """Serve `assets` as the endpoint `static`, so that `url_for("static", filename=…)` works as everywhere."""

    @policy(ANYONE)
    def static(digest: str, filename: str) -> "ResponseReturnValue":
        asset = assets.get(filename)
        if asset is None:
            abort(404)
        return _answer(asset, FOR_EVER if digest == asset.digest else BRIEFLY)

    app.add_url_rule("/static/<digest>/<path:filename>", "static", static)

    def static_url(path: str) -> str:  # a page has several: without the router, a tenth of the cost
        return f"/static/{assets[path].digest}/{path}"

    app.jinja_env.globals["static_url"] = static_url

    @app.url_defaults
    def add_digest(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static" and "digest" not in values:
            asset = assets.get(str(values.get("filename")))
            values["digest"] = asset.digest if asset else "missing"


def _answer(asset: Asset, cache: str) -> Response:
    zipped = asset.zipped is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(asset.zipped if zipped else asset.content, content_type=asset.mimetype)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = cache
    return response
