"""Work that goes on while the user clicks elsewhere (后台任务): a thread with a progress that pages tail.

Knows nothing about Streamlit; a job never calls it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import ZhijiError
from assistant.ui.boundary import fault_of


class Stopped(ZhijiError):
    """The user stopped the job (已停止)."""

    code = "stopped"

    def __init__(self) -> None:
        super().__init__("已按您的要求停止，没有保存", "可以随时重新开始")


@dataclass
class Job:
    """One piece of work: what it does, how far it is, what it has said so far, and how it ended."""

    title: str
    done_steps: int = 0
    all_steps: int = 0
    at: str = ""
    pieces: list[tuple[str, str]] = field(default_factory=list)
    result: object = None
    fault: ZhijiError | None = None
    _ended: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether the work still goes on."""
        return not self._ended.is_set()

    @property
    def fraction(self) -> float:
        """How far the work is, between 0 and 1."""
        return min(1.0, self.done_steps / self.all_steps) if self.all_steps else 0.0

    def report(self, done: int, total: int, what: str) -> None:
        """Take down the progress; raises Stopped where the user asked to stop."""
        self._obey()
        self.done_steps, self.all_steps, self.at = done, total, what

    def add(self, key: str, words: str) -> None:
        """Take down one more piece of text under a key; raises Stopped where the user asked to stop."""
        self._obey()
        self.pieces.append((key, words))

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; return whether the work has ended."""
        return self._ended.wait(seconds)

    def start(self, work: Callable[[Job], object]) -> Job:
        """Begin the work in a thread of its own and return the job."""
        threading.Thread(target=self._run, args=(work,), name=self.title, daemon=True).start()
        return self

    def _run(self, work: Callable[[Job], object]) -> None:
        def act() -> None:
            self.result = work(self)

        self.fault = fault_of(act)
        self._ended.set()

    def _obey(self) -> None:
        if self._stop.is_set():
            raise Stopped


class Jobs:
    """The jobs of this process by key; at most one of a key at a time."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> Job | None:
        """Return the latest job of that key, None where there was none."""
        return self._jobs.get(key)

    def start(self, key: str, title: str, work: Callable[[Job], object]) -> Job:
        """Start a job and return it; where one of that key is running, return that one."""
        with self._lock:
            running = self._jobs.get(key)
            if running is not None and running.running:
                return running
            self._jobs[key] = job = Job(title)
            return job.start(work)

    def forget(self, key: str) -> None:
        """Drop a job that has ended and been shown."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and not job.running:
                del self._jobs[key]
