"""A real HTTP server on loopback that speaks the OpenAI protocol with tools: first it calls one, then it answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Given the number of the request from 0, the deltas of the answer.
Script = Callable[[int], Sequence[dict[str, Any]]]


def calling(tool: str, arguments: Mapping[str, str], answer: Sequence[str]) -> Script:
    """A model that calls one tool and then answers in pieces."""

    def script(number: int) -> Sequence[dict[str, Any]]:
        if number:
            return [{"content": piece} for piece in answer]
        function = {"name": tool, "arguments": json.dumps(arguments, ensure_ascii=False)}
        return [{"tool_calls": [{"index": 0, "id": "c1", "type": "function", "function": function}]}]

    return script


@dataclass
class ToolServer:
    """What the server does, and what it was sent."""

    script: Script
    requests: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


def _handler(server: ToolServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            deltas = server.script(len(server.requests))
            server.requests.append(body)
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            finish = "tool_calls" if "tool_calls" in deltas[0] else "stop"
            for delta in deltas:
                self._event({"role": "assistant", **delta}, None)
            self._event({}, finish)
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, delta: dict[str, Any], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            event = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m"}
            line = json.dumps({**event, "choices": [choice]}, ensure_ascii=False)
            self.wfile.write(f"data: {line}\n\n".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(script: Script) -> Iterator[ToolServer]:
    """Run a server on a free port for as long as the block lasts."""
    told = ToolServer(script)
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(told))
    told.port = http.server_address[1]
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield told
    finally:
        http.shutdown()
        http.server_close()
