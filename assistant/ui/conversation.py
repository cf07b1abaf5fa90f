"""The job that answers one message: by the model where one is configured, otherwise by the router; kept when done."""

from __future__ import annotations

from assistant.bootstrap import secrets_of
from assistant.chat.agent import Agent
from assistant.chat.answer import CHOOSE, DONE, OPEN, Answer
from assistant.chat.router import Intent, reply, understand
from assistant.chat.slots import nth_of
from assistant.chat.tools import Tools
from assistant.domain.draft import Draft
from assistant.domain.report import Report
from assistant.ui.actions import accept, action_of, refuse, take_back
from assistant.ui.desk import Desk
from assistant.ui.jobs import Job
from assistant.ui.state import State
from assistant.workspace.store import Message

#: A yes, a no and an undo are said in few words.
_SHORT = 20


def key_of(report_id: int) -> str:
    """Return the key of the conversation job of a report."""
    return f"chat-{report_id}"


def conversation_of(at: Desk, state: State) -> int:
    """Return the open conversation of this session: the chosen one, else the latest of the report, else a new one."""
    known = [one.id for owner in (state.report_id, None) for one in at.workspace.conversations.of(owner)]
    if state.conversation not in known:
        mine = at.workspace.conversations.of(state.report_id)
        state.conversation = mine[0].id if mine else at.workspace.conversations.begin(state.report_id)
    return state.conversation


def ask(at: Desk, state: State, question: str, *, model: bool) -> Job | None:
    """Keep the question, then answer it: a yes, a no and an undo at once, all else in the background."""
    number, report_id, report = conversation_of(at, state), state.report_id, state.edited
    before = at.workspace.conversations.messages(number)
    at.workspace.conversations.add(number, Message(role="user", text=question))
    settled = _settled(at, state, question, list(before))
    if settled is not None:
        at.workspace.conversations.add(number, Message(role="assistant", text=settled))
        return None
    history = [(message.role, message.text) for message in before]
    question = _chosen(question, list(before))

    said = [text for role, text in history if role == "user"]

    def work(job: Job) -> None:
        tools = tools_for(at, report, report_id)
        answer = (
            _by_model(at, report, job, tools, history, question) if model else reply(question, tools, said)
        )
        at.workspace.conversations.add(number, _message(answer))

    return at.jobs.start(key_of(report_id), "助手", work)


def tools_for(at: Desk, report: Report, report_id: int) -> Tools:
    """Return the tools of the assistant bound to a report; sections are drafted offline."""
    bench, evaluation = at.workbench, at.evaluate(report)

    def latest() -> Draft | None:
        entry = at.workspace.latest_draft(report_id)
        return None if entry is None else entry.draft

    return Tools(
        evaluation,
        bench.retriever(),
        bench.prompts,
        lambda: bench.writer("offline", evaluation),
        latest,
        lambda: bench.library.rates() if bench.library.exists() else (),
        bench.nearness(),
    )


def _chosen(question: str, before: list[Message]) -> str:
    """Return the choice that the user names by its place (第二个) where the last answer offered some."""
    action = action_of(before[-1]) if before else None
    place = nth_of(question) if action is not None else 0
    choices = action.choices if action is not None else ()
    return choices[place - 1] if 0 < place <= len(choices) else question


def _settled(at: Desk, state: State, question: str, before: list[Message]) -> str | None:
    """Return what became of the latest proposal where the user speaks of it, None where not."""
    intent = understand(question).intent if len(question) <= _SHORT else Intent.UNKNOWN
    wanted = {Intent.YES: OPEN, Intent.NO: OPEN, Intent.UNDO: DONE}.get(intent)
    if wanted is None:
        return None
    for message in reversed(before):
        action = action_of(message)
        if (
            action is None
            or action.kind == CHOOSE
            or action.state != wanted
            or (wanted == DONE and action.kind != "fill")
        ):
            continue
        if intent is Intent.YES:
            return accept(at, state, message)
        return refuse(at, message) if intent is Intent.NO else take_back(at, state, message)
    return None


def _message(answer: Answer) -> Message:
    action = answer.action.model_dump_json() if answer.action else ""
    return Message(role="assistant", text=answer.text, citations=answer.citations, action=action)


def _by_model(
    at: Desk, report: Report, job: Job, tools: Tools, history: list[tuple[str, str]], question: str
) -> Answer:
    way_out = at.workbench.egress.guarding(secrets_of(report))
    agent = Agent(at.settings, way_out, at.workbench.prompts, tools)
    words = ""
    for piece in agent.stream(history, question):
        words += piece
        job.add("answer", piece)
    return agent.checked(words)
