"""The one boundary of the application: a fault of ours is said in Chinese, any other is logged and said plainly.

Knows nothing about pages; `fault_of` also guards the background jobs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from assistant.errors import ZhijiError
from assistant.ui.markup import said

log = logging.getLogger("zhiji.ui")


class UnexpectedFault(ZhijiError):
    """Something that the program did not foresee (意外错误); its details stand in the log."""

    code = "unexpected"

    def __init__(self) -> None:
        super().__init__(
            "程序遇到意外情况，这一步没有完成", "已填的数据没有丢失；请重试，仍不行请把日志交给维护人员"
        )


def fault_of(action: Callable[[], object]) -> ZhijiError | None:
    """Run `action` and return what stopped it, None where nothing did; unforeseen faults are logged."""
    try:
        action()
    except ZhijiError as error:
        return error
    except Exception:
        log.exception("unforeseen fault")
        return UnexpectedFault()
    return None


def bounded(show: Callable[[], object]) -> None:
    """Show a page or a part of it; where it cannot go on, say why and what to do."""
    fault = fault_of(show)
    if fault is not None:
        show_fault(fault)


def show_fault(fault: ZhijiError) -> None:
    """Show the message and the remedy of a fault; both are data and never interpreted."""
    st.html(said("zj-fault", fault.message, fault.remedy))
