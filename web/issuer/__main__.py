"""`python -m web.issuer`: the local issuer on its own port."""

import argparse
from pathlib import Path

from web.issuer.serving import serve
from web.settings import LOCAL_PUBLIC_URL


def main() -> None:
    """Read the arguments and serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m web.issuer", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--public-url", default=LOCAL_PUBLIC_URL, help="address of the web server")
    parser.add_argument("--data-dir", type=Path, default=Path(".data"), help="where that web server keeps its keys")
    options = parser.parse_args()
    serve(options.host, options.port, options.public_url, options.data_dir)


if __name__ == "__main__":
    main()
