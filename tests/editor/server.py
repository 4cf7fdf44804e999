"""A YAML language server as an editor drives it: messages over its standard input and output (LSP 3.17)."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.house.tree import ROOT

PROGRAM = ROOT / "tests" / "node" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
CAPABILITIES = {"workspace": {"configuration": True}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}
SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}


class Server:
    """One running server, with one document open at a time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            ["node", str(PROGRAM), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.asked = self.opened = 0
        self.uri = ""

    def __enter__(self) -> Self:
        self.ask("initialize", {"processId": None, "rootUri": ROOT.as_uri(), "capabilities": CAPABILITIES})
        self.tell("initialized", {})
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.process.kill()
        self.process.communicate()

    def open(self, folder: Path, text: str) -> list[dict[str, Any]]:
        """Open a document as if it stood in `folder`; its diagnostics."""
        self.opened += 1
        self.uri = (folder / f"opened-{self.opened}.yaml").as_uri()
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        told = self._until(self._are_diagnostics)
        found: list[dict[str, Any]] = told["params"]["diagnostics"]
        return found

    def _are_diagnostics(self, message: dict[str, Any]) -> bool:
        return message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == self.uri

    def complete(self, line: int, character: int) -> list[str]:
        """The words offered at a place; lines and characters from 0."""
        answer = self.ask("textDocument/completion", self._at(line, character))
        return [item["label"] for item in answer["items"]]

    def hover(self, line: int, character: int) -> str:
        """What is told about the word at a place."""
        answer = self.ask("textDocument/hover", self._at(line, character))
        return "" if answer is None else str(answer["contents"]["value"])

    def _at(self, line: int, character: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": character}}

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """The answer to a request."""
        self.asked += 1
        number = self.asked
        self._send({"id": number, "method": method, "params": params})
        return self._until(lambda message: message.get("id") == number and "method" not in message)["result"]

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """A message without an answer."""
        self._send({"method": method, "params": params})

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Read messages until the one that is wanted; what the server asks of the editor is answered on the way."""
        while True:
            message = self._read()
            if wanted(message):
                return message
            if "id" in message and "method" in message:
                asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
                result = [SETTINGS.get(item.get("section"), {}) for item in asked] if asked else None
                self._send({"id": message["id"], "result": result})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise EOFError("the language server ended")
        found: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return found
