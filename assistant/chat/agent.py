"""The assistant with a model (模型应答): a LangChain agent over the same tools, through the one way out.

Every message that goes to the endpoint passes `Egress.release` first. The answer is held against the
report: figures without a source are named below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant import pipeline
from assistant.chat.answer import Answer
from assistant.chat.tools import Tools
from assistant.domain.finding import Severity
from assistant.domain.passage import Citation
from assistant.egress import Egress
from assistant.errors import EndpointError
from assistant.prompts import Prompts
from assistant.settings import Settings

PURPOSE = "助手对话"
#: What a model elsewhere gets in place of an answer that holds confidential (保密) words.
WITHHELD = "（结果涉及保密内容，没有提供。请用户在本机页面查看。）"
_TURNS = 12
_STEPS = 16


class Agent:
    """An agent for one report; `citations` gathers the sources its tools found."""

    def __init__(self, settings: Settings, egress: Egress, prompts: Prompts, tools: Tools) -> None:
        self.settings, self.egress, self.prompts, self.tools = settings, egress, prompts, tools
        self.citations: tuple[Citation, ...] = ()

    def stream(self, history: Sequence[tuple[str, str]], question: str) -> Iterator[str]:
        """Yield the answer to a question piece by piece; `history` is (role, text), oldest first.

        Raises EndpointError where the service fails, EgressRefused where a message holds a secret.
        """
        from langchain_core.messages import AIMessageChunk
        from openai import OpenAIError

        messages = [*history[-_TURNS:], ("user", question)]
        try:
            for chunk, _ in self._built().stream(
                {"messages": messages}, {"recursion_limit": _STEPS}, stream_mode="messages"
            ):
                if isinstance(chunk, AIMessageChunk) and chunk.text:
                    yield str(chunk.text)
        except OpenAIError as error:
            raise EndpointError(
                f"模型服务没有正常答复：{error.__class__.__name__}",
                "请检查服务地址和网络，或改用不带模型的助手",
            ) from None

    def unproven(self, answer: str) -> str:
        """Return what must be said below an answer: the figures in it that have no source, "" for none."""
        proof = pipeline.prove_text(answer, self.tools.evaluation)
        wrong = [found.text for found in proof.findings if found.severity is Severity.ERROR and found.text]
        return f"注意：以下内容没有出处，请勿采用：{'、'.join(dict.fromkeys(wrong))}。" if wrong else ""

    def _built(self) -> Any:
        from langchain.agents import create_agent
        from langchain_core.tools import StructuredTool
        from langchain_openai import ChatOpenAI

        model = ChatOpenAI(
            model=self.settings.model or "default",
            base_url=self.settings.base_url,
            api_key=self.settings.api_key if self.settings.api_key.get_secret_value() else _no_key,
            temperature=self.settings.temperature,
            timeout=self.settings.timeout,
            max_retries=1,
        )
        offered = [
            StructuredTool.from_function(self._heard(verb), name=name, description=verb.__doc__ or name)
            for name, verb in self._verbs().items()
        ]
        return create_agent(
            model, offered, system_prompt=self.prompts.text("chat.md"), middleware=[guard(self.egress)]
        )

    def _verbs(self) -> dict[str, Callable[..., Answer]]:
        tools = self.tools
        return {
            "search": tools.search,
            "explain_score": tools.explain_score,
            "figure": tools.figure,
            "draft_section": tools.draft_section,
            "check_text": tools.check_text,
            "list_findings": tools.list_findings,
        }

    def _heard(self, verb: Callable[..., Answer]) -> Callable[..., str]:
        """Return the tool as the model sees it: words out, citations kept here."""
        from functools import wraps

        @wraps(verb)
        def tool(*given: Any, **named: Any) -> str:
            answer = verb(*given, **named)
            if not self.egress.local and any(secret in answer.text for secret in self.egress.secrets):
                return WITHHELD
            self.citations = tuple(dict.fromkeys((*self.citations, *answer.citations)))
            return answer.text

        tool.__annotations__ = {**verb.__annotations__, "return": str}
        return tool


def _no_key() -> str:
    """Return a stand-in for the key of a service that wants none."""
    return "none"


def guard(egress: Egress) -> Any:
    """Return the middleware that lets a model call out only after its whole text was released."""
    from langchain.agents.middleware import AgentMiddleware

    class Released(AgentMiddleware):  # type: ignore[type-arg]
        """Releases system prompt and messages before each call of the model."""

        def wrap_model_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
            system = request.system_message
            parts = [*([system] if system is not None else []), *request.messages]
            egress.release(PURPOSE, "\n".join(_words(message) for message in parts))
            return handler(request)

    return Released()


def _words(message: Any) -> str:
    """Return all words of a message: its text, and the arguments of the tools it calls."""
    calls = [str(call["args"]) for call in getattr(message, "tool_calls", ())]
    return "\n".join([str(message.text), *calls])
