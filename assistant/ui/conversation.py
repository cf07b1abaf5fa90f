"""The job that answers one message: by the model where one is configured, otherwise by the router; kept when done."""

from __future__ import annotations

from assistant.bootstrap import secrets_of
from assistant.chat.agent import Agent
from assistant.chat.answer import Answer
from assistant.chat.router import reply
from assistant.chat.tools import Tools
from assistant.domain.report import Report
from assistant.ui.desk import Desk
from assistant.ui.jobs import Job
from assistant.ui.state import State
from assistant.workspace.store import Message


def key_of(report_id: int) -> str:
    """Return the key of the conversation job of a report."""
    return f"chat-{report_id}"


def ask(at: Desk, state: State, question: str, *, model: bool) -> Job:
    """Keep the question, then answer it in the background about the report as it is edited now."""
    report_id, report = state.report_id, state.edited
    history = [(message.role, message.text) for message in at.workspace.messages(report_id)]
    at.workspace.add_message(report_id, Message(role="user", text=question))

    def work(job: Job) -> None:
        tools = tools_for(at, report)
        answer = _by_model(at, report, job, tools, history, question) if model else reply(question, tools)
        message = Message(role="assistant", text=answer.text, citations=answer.citations)
        at.workspace.add_message(report_id, message)

    return at.jobs.start(key_of(report_id), "助手", work)


def tools_for(at: Desk, report: Report) -> Tools:
    """Return the tools of the assistant bound to a report; sections are drafted offline."""
    bench, evaluation = at.workbench, at.evaluate(report)
    return Tools(evaluation, bench.retriever(), bench.prompts, lambda: bench.writer("offline", evaluation))


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
