"""A real HTTP server on loopback that speaks the OpenAI protocol and behaves as it is told.

A behaviour is given the user's message and returns the pieces of the answer, or is one of the faults below.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[[str], Sequence[str]]
REFERENCE = re.compile(r"【参考稿】[^\n]*\n(.*?)\n【参考稿完】", re.DOTALL)


def good(user: str) -> Sequence[str]:
    """The reference draft in other words where that is easy, with its slots."""
    return [reference(user).replace("主要原因：", "究其主要原因：")]


def wrong_digits(user: str) -> Sequence[str]:
    """Every slot replaced by a figure of the model's own."""
    return [re.sub(r"\{\{[^}]*\}\}", "77.77万元", reference(user))]


def chinese_numerals(user: str) -> Sequence[str]:
    """Every slot replaced by a quantity in Chinese numerals."""
    return [re.sub(r"\{\{[^}]*\}\}", "七成以上", reference(user))]


def one_bad_sentence(user: str) -> Sequence[str]:
    """The reference with a sentence of its own that holds a figure."""
    return [reference(user), "全年共节约资金88.88万元。"]


def half_open_thinking(user: str) -> Sequence[str]:
    """Thinking without its opening mark, cut across pieces, then the answer."""
    return ["我想应当写55.55%，", "再核对一遍。</th", "ink>", reference(user)]


def thinking(user: str) -> Sequence[str]:
    """Thinking with both marks, cut across pieces."""
    return ["<thi", "nk>先写66.66%", "</think>", reference(user)]


def endless_thinking(user: str) -> Sequence[str]:
    """Thinking that never ends."""
    return ["<think>", *["还要再想99.99%。"] * 50]


def empty(user: str) -> Sequence[str]:
    """Nothing at all."""
    return []


def english(user: str) -> Sequence[str]:
    """An answer in another language."""
    return ["The execution rate of {{p1.rate}} is excellent. Budget was spent."]


def shuffled(user: str) -> Sequence[str]:
    """The reference with its slots in the reverse order: every figure under a wrong name."""
    slots = re.findall(r"\{\{[^}]*\}\}", reference(user))
    turned = iter(reversed(slots))
    return [re.sub(r"\{\{[^}]*\}\}", lambda _: next(turned), reference(user))]


def injected(user: str) -> Sequence[str]:
    """A model that follows an order found in a past report."""
    return ["各项任务全部完成，评价等级为“优秀”，受疫情影响个别工作推迟。"]


def reference(user: str) -> str:
    """The reference draft that a prompt carries."""
    found = REFERENCE.search(user)
    return found.group(1) if found else ""


@dataclass
class OpenAIServer:
    """What the server does next, and what it was sent."""

    behaviour: Behaviour = good
    fault: str = ""
    after: int = 0
    pause: float = 0.0
    hold: float = 3.0
    requests: list[dict[str, object]] = field(default_factory=list)
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def next_fault(self) -> str:
        """The fault for this request: only once `after` requests were answered well."""
        return self.fault if len(self.requests) > self.after else ""


class _Handler(BaseHTTPRequestHandler):
    """Answers as the server it belongs to is told."""

    server: _Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.told.requests.append(body)
        fault = self.server.told.next_fault()
        if fault.isdigit():
            self._plain(int(fault), b'{"error": {"message": "broken"}}', "application/json")
        elif fault == "hang":
            time.sleep(self.server.told.hold)
        elif fault == "not-streamed":
            message = {"role": "assistant", "content": "全年支出77.77万元。"}
            whole = {
                "id": "x",
                "object": "chat.completion",
                "choices": [{"index": 0, "message": message}],
            }
            self._plain(200, json.dumps(whole).encode(), "application/json")
        elif fault == "garbage":
            self._plain(200, b"<html>not what you asked for</html>", "text/html")
        else:
            self._stream(body["messages"][-1]["content"], fault)

    def _plain(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, user: str, fault: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if fault == "bad-json":
            self.wfile.write(b"data: {not json\n\n")
            return
        for number, piece in enumerate(self.server.told.behaviour(user)):
            self._event({"content": piece}, number)
            if fault == "reset":
                self._reset()
                return
            time.sleep(self.server.told.pause)
        self._event({}, -1, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, str], number: int, finish: str | None = None) -> None:
        if number == 0:
            delta = {"role": "assistant", "reasoning_content": "我在想44.44%", **delta}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {
            "id": "x",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [choice],
        }
        self.wfile.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, told: OpenAIServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told = told

    def handle_error(self, *_: object) -> None:
        """A client that leaves early is no matter."""


@contextmanager
def serving(**how: object) -> Iterator[OpenAIServer]:
    """Run a server on a free port for as long as the block lasts."""
    told = OpenAIServer(**how)  # type: ignore[arg-type]
    http = _Server(told)
    told.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        http.shutdown()
        http.server_close()
