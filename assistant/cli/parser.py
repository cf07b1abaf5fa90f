"""argparse that speaks Chinese: faults of usage are raised with a sentence and a remedy. Knows no verb."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

_FAULTS = (
    (re.compile(r"the following arguments are required: (.+)"), "缺少参数 {0}"),
    (re.compile(r"unrecognized arguments: (.+)"), "不认识的参数 {0}"),
    (re.compile(r"argument (.+?): expected .+"), "参数 {0} 后面缺少内容"),
    (
        re.compile(r"argument (.+?): invalid choice: '?([^' ]*)'? \(choose from (.+)\)"),
        "参数 {0} 不接受“{1}”，可用的有 {2}",
    ),
    (re.compile(r"argument (.+?): invalid \w+ value: '?([^']*)'?"), "参数 {0} 应为数字，现为“{1}”"),
    (re.compile(r"argument (.+?): not allowed with argument (.+)"), "参数 {0} 与 {1} 不能同用"),
    (re.compile(r"one of the arguments (.+) is required"), "需要参数 {0} 之一"),
)


class UsageFault(Exception):
    """The words of the command line cannot be understood."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


class Parser(argparse.ArgumentParser):
    """argparse with Chinese faults that are raised, not printed."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageFault with the Chinese sentence for argparse's message."""
        for pattern, sentence in _FAULTS:
            if match := pattern.fullmatch(message):
                raise UsageFault(sentence.format(*match.groups()), f"用 {self.prog} --help 看用法")
        raise UsageFault(message, f"用 {self.prog} --help 看用法")
