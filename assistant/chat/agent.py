"""The assistant with a model (模型应答): a LangChain agent over the same tools, through the one way out.

Every message that goes to the endpoint passes `Egress.release` first. The answer is held against the
report: figures without a source are named below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant import pipeline
from assistant.chat.answer import Action, Answer
from assistant.chat.tools import Tools
from assistant.domain.finding import Severity
from assistant.domain.passage import Citation
from assistant.drafting.thinking import strip_thinking, without_thinking
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
        self.action: Action | None = None

    def stream(self, history: Sequence[tuple[str, str]], question: str) -> Iterator[str]:
        """Yield the answer to a question piece by piece; `history` is (role, text), oldest first.

        Raises EndpointError where the service fails, EgressRefused where a message holds a secret.
        """
        import httpx
        from langgraph.errors import GraphRecursionError
        from openai import OpenAIError

        messages = [*history[-_TURNS:], ("user", question)]
        local = self.settings.endpoint_is_local
        with httpx.Client(timeout=self.settings.timeout, trust_env=not local) as client:
            try:
                yield from without_thinking(self._texts(client, messages))
            except GraphRecursionError:
                raise EndpointError("模型反复查找，没有得出答复", "请换个说法，或一次只问一件事") from None
            except (OpenAIError, httpx.HTTPError, OSError, ValueError, KeyError, TypeError) as error:
                raise EndpointError(
                    f"模型服务没有正常答复（{error.__class__.__name__}）",
                    "请检查服务地址和网络；清空 OPENAI_BASE_URL 后助手仍可在本机答复",
                ) from error

    def _texts(self, client: object, messages: Sequence[tuple[str, str]]) -> Iterator[str]:
        """Yield the words of the model's own messages, not those of its tools."""
        from langchain_core.messages import AIMessageChunk

        told = {"messages": list(messages)}
        for chunk, _ in self._built(client).stream(told, {"recursion_limit": _STEPS}, stream_mode="messages"):
            if isinstance(chunk, AIMessageChunk) and chunk.text:
                yield str(chunk.text)

    def checked(self, words: str) -> Answer:
        """Return the answer made of all pieces: without thinking, and with a line naming what has no source."""
        said = strip_thinking(words).strip()
        proof = pipeline.prove_text(said, self.tools.evaluation)
        wrong = [found.text for found in proof.findings if found.severity is Severity.ERROR and found.text]
        note = f"\n注意：以下内容没有出处，请勿采用：{'、'.join(dict.fromkeys(wrong))}。" if wrong else ""
        words = f"{said}{note}" if said else "模型没有给出答复。"
        return Answer(text=words, citations=self.citations, action=self.action)

    def _built(self, client: object) -> Any:
        from langchain.agents import create_agent
        from langchain_core.tools import StructuredTool
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        key = self.settings.api_key.get_secret_value() or "none"
        model = ChatOpenAI(
            model=self.settings.model or "default",
            base_url=self.settings.base_url,
            api_key=SecretStr(key),
            temperature=self.settings.temperature,
            timeout=self.settings.timeout,
            max_retries=1,
            stream_usage=False,
            http_client=client,
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
            "rewrite_section": tools.rewrite_section,
            "check_draft": tools.check_draft,
            "compare_last_year": tools.compare_last_year,
            "propose_change": tools.propose_change,
            "propose_export": tools.propose_export,
            "propose_draft": tools.propose_draft,
            "problems": tools.problems,
            "way_up": tools.way_up,
            "standing": tools.standing,
        }

    def _heard(self, verb: Callable[..., Answer]) -> Callable[..., str]:
        """Return the tool as the model sees it: words out, citations kept here."""
        from functools import wraps

        @wraps(verb)
        def tool(*given: Any, **named: Any) -> str:
            answer = verb(*given, **named)
            if not self.egress.local and any(secret in answer.text for secret in self.egress.secrets):
                return WITHHELD
            self.action = answer.action or self.action
            self.citations = tuple(dict.fromkeys((*self.citations, *answer.citations)))
            return answer.text

        tool.__annotations__ = {**verb.__annotations__, "return": str}
        return tool


def guard(egress: Egress) -> Any:
    """Return the middleware that lets a model call out only after its whole text was released."""
    from langchain.agents.middleware import AgentMiddleware

    class Released(AgentMiddleware):
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
