"""The nursery: one clean process that loads the pipeline once and forks a worker whenever the pool asks.

Loading takes a second or two, forking 20 ms: a killed worker is replaced before anyone waits, and the word lists are shared memory. The
nursery has no threads, so forking it is safe. The pool starts it as `python -m ljnews.run.nursery FD`; it ends when the pool hangs up, and
its workers with it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from mmap import mmap
from multiprocessing import reduction
from multiprocessing.connection import Connection
from typing import Any

_PR_SET_PDEATHSIG = 1


def main(handle: int) -> None:
    """Serve the pool: `("fork", limits)` gives a pid, `("reap", pid)` how that worker ended (a wait status) and at which task of its handful."""
    from ljnews.errors import LjnewsError
    from ljnews.run.process import pipeline

    for one in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)  # stopping is the pool's to order; the workers inherit this
    control = Connection(handle)
    try:
        _warm(pipeline(control.recv()))
        gc.collect()
        gc.freeze()  # what is loaded is never traced again: its pages stay shared
        marks: dict[int, mmap] = {}  # where each worker notes which of its tasks it is at
        while True:
            wish, told = control.recv()
            if wish == "fork":
                mark = mmap(-1, 1)
                pid = _fork(control, told, mark)
                marks[pid] = mark
                control.send(pid)
            else:
                control.send((os.waitpid(told, 0)[1], marks.pop(told)[0]))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except LjnewsError as error:
        sys.exit(f"ljnews: {type(error).__name__}: {error.message}")


def _warm(nlp: Any) -> None:
    """Do one page of each kind, so that what is imported and built at first use is there before the first fork."""
    from ljnews.records import Page
    from ljnews.run.process import process

    text = "南充市委书记张三调研时表示,力争年底前完成投资10亿元。" * 12
    process(Page(input="warm", given={"text": text, "date": "2022-08-05"}), nlp)
    process(Page(input="warm", content=f"<html><body><h1>题目</h1><p>2022-08-05 来源:日报</p><p>{text}</p></body></html>".encode()), nlp)


def _fork(control: Connection, limits: Any, mark: mmap) -> int:
    """Fork a worker that serves the connection whose handle comes over the control line; return its pid."""
    handle = reduction.recv_handle(control)
    pid = os.fork()
    if pid:
        os.close(handle)
        return pid
    from ljnews.run.worker import serve

    _die_with_parent()
    os.close(control.fileno())
    code = 1
    try:
        serve(Connection(handle), limits, mark)
        code = 0
    finally:
        os._exit(code)


def _die_with_parent() -> None:
    """Ask the kernel (Linux) to end this process with the nursery: a hung worker outlives nobody."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]))
