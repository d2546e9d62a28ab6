"""Signals that ask a process to end: the first one is told to others, a second one has its usual effect."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeAlias

# From the keyboard, and from whatever stops services (systemd, containers, a machine that shuts down).
SIGNALS = (signal.SIGINT, signal.SIGTERM)
_Handler: TypeAlias = Callable[[int, FrameType | None], Any] | int


@contextmanager
def first_signal(tell: Callable[[], None]) -> Iterator[None]:
    """While the block runs, the first of `SIGNALS` calls ``tell`` in a thread, and the block goes on.

    Not in a handler: what the main thread is doing just then (a line half said, a store half asked) could be what
    ``tell`` waits for. Outside the main thread no signal comes, and nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = {number: signal.getsignal(number) or signal.SIG_DFL for number in SIGNALS}

    def heed(_number: int, _frame: FrameType | None) -> None:
        _restore(usual)
        threading.Thread(target=tell, daemon=True).start()

    for number in SIGNALS:
        signal.signal(number, heed)
    try:
        yield
    finally:
        _restore(usual)


def _restore(usual: Mapping[signal.Signals, _Handler]) -> None:
    for number, handler in usual.items():
        signal.signal(number, handler)
