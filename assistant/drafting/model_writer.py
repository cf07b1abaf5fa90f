"""The model writer (模型写作): a language model words prose points; every sentence is judged one by one.

The model writes slots, never figures. What is refused goes back once with the reason; what is refused
again gives way to the offline sentence. Knows nothing of any provider but the OpenAI protocol.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.domain.draft import SentenceOrigin
from assistant.domain.facts import Facts
from assistant.domain.services import ChatModel, Gate
from assistant.drafting.acceptance import Acceptance
from assistant.drafting.closed_world import ClosedWorld
from assistant.drafting.exchange import Exchange, Record, Usage
from assistant.drafting.instruction import instruction
from assistant.drafting.learned import quoting
from assistant.drafting.offline_writer import OfflineWriter
from assistant.drafting.phrases import Phrases
from assistant.drafting.slots import SlottedSentence, Values, slots_in, without_slots
from assistant.drafting.thinking import strip_thinking, without_thinking
from assistant.drafting.writer import Brief, Point
from assistant.egress import Egress, EgressRefused
from assistant.errors import EndpointError
from assistant.prompts import Prompts
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

#: An answer to one point counts up to so many characters; a stream is read up to so many pieces.
LONGEST_ANSWER, MOST_PIECES = 1500, 20000
#: One point may take so many seconds, both answers together.
PATIENCE = 90.0
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]")


class LangChainModel:
    """A chat model behind the one way out (`egress`), by the OpenAI protocol."""

    def __init__(self, settings: Settings, egress: Egress) -> None:
        self.settings, self.egress = settings, egress

    @property
    def name(self) -> str:
        """The name of the model as configured."""
        return self.settings.model

    def stream(self, system: str, user: str) -> Iterator[str]:
        """Yield pieces of the answer without its thinking.

        Raises EndpointError where the service fails, EgressRefused where the text may not leave.
        """
        import httpx
        import openai

        messages = [
            ("system", self.egress.release("写作要求", system)),
            ("user", self.egress.release("写作任务", user)),
        ]
        with httpx.Client(
            timeout=self.settings.timeout, trust_env=not self.settings.endpoint_is_local
        ) as client:
            try:
                chunks = self._chat(client).stream(messages)
                yield from without_thinking(str(chunk.text) for chunk in chunks)
            except openai.APITimeoutError as error:
                raise self._fault("没有在规定时间内回应") from error
            except openai.APIStatusError as error:
                raise self._fault(f"返回了错误（HTTP {error.status_code}）") from error
            except (openai.OpenAIError, httpx.HTTPError, OSError) as error:
                raise self._fault("连接中断或无法连接") from error
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise self._fault("返回的内容不合约定") from error

    def _chat(self, client: object) -> ChatOpenAI:
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        key = self.settings.api_key.get_secret_value() or "none"
        return ChatOpenAI(
            model=self.settings.model,
            base_url=self.settings.base_url,
            api_key=SecretStr(key),
            temperature=self.settings.temperature,
            timeout=self.settings.timeout,
            max_retries=1,
            stream_usage=False,
            http_client=client,
        )

    def _fault(self, why: str) -> EndpointError:
        return EndpointError(
            f"模型服务“{self.settings.base_url}”{why}", "请检查服务地址、密钥和模型名称，或改用本机写作"
        )


class ModelWriter:
    """Words prose points through a model, all others offline."""

    name = "model"

    def __init__(
        self,
        model: ChatModel,
        prompts: Prompts,
        gate: Gate,
        offline: OfflineWriter,
        facts: Facts,
        *,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
        record: Record | None = None,
    ) -> None:
        self.model, self.prompts, self.gate, self.offline, self.facts = model, prompts, gate, offline, facts
        self._patience, self._clock, self._record = patience, clock, record
        self.usage = Usage()
        self._world = ClosedWorld(Phrases(prompts))
        self._failure = ""

    @property
    def note(self) -> str:
        """What was asked of the service, and that it failed on the way where it did."""
        failed = f"{self._failure}，此后各段由本机写作。" if self._failure else ""
        return self.usage.told + failed

    def write(self, point: Point, brief: Brief) -> tuple[SlottedSentence, ...]:
        """Return the sentences of a paragraph: the model's where they stand, the offline ones elsewhere."""
        reference = self.offline.write(point, brief)
        if not point.prose or point.confidential or self._failure or not reference:
            return reference
        try:
            return self._worded(point, brief, reference)
        except EgressRefused:
            return reference
        except EndpointError as error:
            self._failure = error.message
            return reference

    def _worded(
        self, point: Point, brief: Brief, reference: tuple[SlottedSentence, ...]
    ) -> tuple[SlottedSentence, ...]:
        values = Values(self.facts, brief.texts, brief.pending)
        acceptance = Acceptance(point, brief, values, self.gate, reference, self._world)
        limit = self._clock() + self._patience
        accepted: list[str] = []
        complaints: list[str] = []
        for _ in range(2):
            task = instruction(self.prompts, point, brief, values, reference, complaints)
            asked = Exchange(section=brief.id, paragraph=point.id, model=self.model.name, task=task)
            answer = self._ask(asked, limit)
            sentences = sentences_of(answer)
            reasons = [(text, acceptance.objection(text)) for text in sentences]
            standing = [text for text, reason in reasons if not reason]
            refused = [f"{text}——{reason}" for text, reason in reasons if reason]
            self._keep(asked, answer=answer, accepted=tuple(standing), refused=tuple(refused))
            if _covers(standing, acceptance) >= _covers(accepted, acceptance):
                accepted = standing
            complaints = [f"“{without_slots(text, '…')}”：{reason}" for text, reason in reasons if reason]
            complaints += [f"漏了占位 {{{{{slot}}}}}" for slot in acceptance.missing(accepted)]
            if not complaints:
                break
        return merged([self._sentence(text, point) for text in accepted], reference)

    def _keep(self, asked: Exchange, **came: object) -> None:
        """Count and record a request with what came of it."""
        done = asked.model_copy(update=came)
        self.usage.add(done, self.prompts.text("system.md"))
        if self._record is not None:
            self._record(done)

    def _ask(self, asked: Exchange, limit: float) -> str:
        """Return the model's answer, bounded in length and in time; a failure is recorded."""
        pieces: list[str] = []
        try:
            with closing(_generator(self.model.stream(self.prompts.text("system.md"), asked.task))) as stream:
                for piece in stream:
                    pieces.append(piece)
                    if self._clock() > limit:
                        raise EndpointError("模型服务写作过慢，已停止等待", "可改用本机写作")
                    if len(pieces) > MOST_PIECES:
                        break
        except EndpointError as error:
            self._keep(asked, answer="".join(pieces)[:LONGEST_ANSWER], failure=error.message)
            raise
        return strip_thinking("".join(pieces))[:LONGEST_ANSWER]

    def _sentence(self, text: str, point: Point) -> SlottedSentence:
        citations = quoting(without_slots(text, "，"), point.passages)
        return SlottedSentence(text=text, citations=citations, origin=SentenceOrigin.MODEL)


def sentences_of(answer: str) -> tuple[str, ...]:
    """Return the whole sentences of an answer; a last one without its mark is left out as unfinished."""
    return tuple(match.group().strip() for match in _SENTENCE.finditer(answer) if match.group().strip())


def merged(
    accepted: Sequence[SlottedSentence], reference: Sequence[SlottedSentence]
) -> tuple[SlottedSentence, ...]:
    """Return the accepted sentences with an offline one wherever a slot of the reference is still missing.

    An offline sentence goes after the sentences that carry what comes before it in the reference.
    """
    result = list(accepted)
    if not result:
        return tuple(reference)
    before: set[str] = set()
    for sentence in reference:
        wanted = set(slots_in(sentence.text))
        covered = {slot for one in result for slot in slots_in(one.text)}
        if not wanted <= covered:
            places = [n for n, one in enumerate(result, 1) if before & set(slots_in(one.text))]
            result.insert(max(places, default=0), sentence)
        before |= wanted
    return tuple(result)


def _covers(sentences: Sequence[str], acceptance: Acceptance) -> int:
    return len(acceptance.required) - len(acceptance.missing(sentences))


def _generator(pieces: Iterator[str]) -> Generator[str, None, None]:
    """The same pieces as something that can be closed early."""
    yield from pieces
