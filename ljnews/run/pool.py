"""A pool of worker processes that can be killed: pages go in, items come out, whatever the pages do.

Main method: `Pool.run`. Each worker has a thread here that hands it a few tasks, waits for their items one by one, and learns which task it
was at when it died. How it died decides: an alarm is a page that hung (quarantined), a crash is tried once more alone, SIGKILL (another
program's or the system's doing) twice, then quarantined. The tasks beside the bad one go back to the queue.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import Pipe, reduction
from multiprocessing.connection import Connection

from ljnews.errors import WorkerError
from ljnews.records import Page
from ljnews.run.process import failure
from ljnews.run.worker import Encode, Limits, Task
from ljnews.store.sink import Item, Key

_Sent = tuple[int, Task, int]  # ordinal, task, how many workers it saw die
Keep = Callable[[Key, Page], str]

# Tasks handed over at once, to be done side by side, and the work that they may be, so that a stop waits for little.
_HANDFUL = 16
_HANDFUL_SECONDS = 1.0
# Tasks on their way per worker, so that an ordered sink can wait for a slow page while others go on.
_WINDOW = 64
# Beyond the worker's own alarm, which fires first unless the clock was stopped.
_GRACE = 2.0


class Pool:
    """Worker processes around one nursery."""

    def __init__(
        self, workers: int, encode: Encode, *, config: str | None = None, limits: Limits | None = None, keep: Keep | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.workers = workers
        self._keep = keep
        self._encode, self._config = encode, config
        self._todo: queue.SimpleQueue[_Sent | None] = queue.SimpleQueue()
        self._finished: queue.SimpleQueue[tuple[int, Item | None] | BaseException] = queue.SimpleQueue()
        self._stopping = False
        self._pace = 0.0  # seconds that the last page took
        self._running: dict[int, int] = {}  # thread → pid of its worker
        self._nursery_lock = threading.Lock()
        self._start_nursery()
        self._threads = [threading.Thread(target=self._tend, args=(n,), daemon=True) for n in range(workers)]
        for thread in self._threads:
            thread.start()

    # --- nursery

    def _start_nursery(self) -> None:
        self._control, theirs = Pipe()
        handle = theirs.fileno()
        os.set_inheritable(handle, True)
        command = [sys.executable, "-m", "ljnews.run.nursery", str(handle)]
        # One thread each: the workers are the parallelism, and a BLAS pool would not survive a fork.
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        # A group of its own: Ctrl-C in a terminal reaches every process of a group, this one even before it has learnt to leave that to the pool.
        self._nursery = subprocess.Popen(
            command, pass_fds=[handle], stdin=subprocess.DEVNULL, env={**os.environ, **threads}, process_group=0
        )
        theirs.close()
        self._control.send(self._config)

    def _fork(self) -> tuple[int, Connection]:
        """Return the pid of a new worker and the line to it."""
        ours, theirs = Pipe()
        try:
            with self._nursery_lock:
                self._control.send(("fork", self.limits))
                reduction.send_handle(self._control, theirs.fileno(), self._nursery.pid)
                pid: int = self._control.recv()
        except (EOFError, OSError) as error:
            code = self._nursery.poll()
            raise WorkerError(
                f"the process that makes workers has ended{f' with status {code}' if code else ''}; see the line above, or use --workers 0"
            ) from error
        theirs.close()
        ours.send((self._encode, self._config))
        return pid, ours

    def _reap(self, pid: int) -> tuple[int, int]:
        """Return how a worker ended, its exit code or minus the signal, and which task of its handful it was at."""
        try:
            with self._nursery_lock:
                self._control.send(("reap", pid))
                status, at = self._control.recv()
                return os.waitstatus_to_exitcode(status), at
        except (EOFError, OSError):
            return 0, 0

    # --- one thread per worker

    def _tend(self, me: int) -> None:
        """Keep one worker at work until the queue ends."""
        try:
            served, line = 0, None
            while (first := self._todo.get()) is not None:
                if self._stopping:
                    self._finished.put((first[0], None))
                    continue
                if line is None:
                    served, (self._running[me], line) = 0, self._fork()
                handful = self._handful(first)
                served += len(handful)
                if not self._serve(me, line, handful) or served >= self.limits.pages:
                    self._drop(me, line)
                    line = None
            if line is not None:
                self._drop(me, line)
        except BaseException as error:
            self._finished.put(error)

    def _handful(self, first: _Sent) -> list[_Sent]:
        """Return a few tasks; a task that is tried again goes alone."""
        handful = [first]
        wanted = min(_HANDFUL, 1 + self._todo.qsize() // self.workers, max(1, int(_HANDFUL_SECONDS / max(self._pace, 1e-6))))
        while len(handful) < wanted and not first[2]:
            try:
                task = self._todo.get_nowait()
            except queue.Empty:
                break
            if task is None or task[2]:
                self._todo.put(task)
                break
            handful.append(task)
        return handful

    def _serve(self, me: int, line: Connection, handful: list[_Sent]) -> bool:
        """Have a handful done; return whether the worker is still there."""
        left = dict(enumerate(handful))
        try:
            line.send([task for _, task, _ in handful])
            while left:
                if not line.poll(self.limits.seconds * len(left) + _GRACE):
                    os.kill(self._running[me], signal.SIGALRM)
                n, item = line.recv()
                number, task, _ = left.pop(n)
                self._pace = sum(item.seconds.values())
                self._finished.put((number, self._quarantined(task, item) if _ended_worker(item) else item))
        except (EOFError, OSError):
            self._bury(*self._reap(self._running[me]), left)
            self._running.pop(me)
            return False
        return True

    def _bury(self, ended_by: int, at: int, left: dict[int, _Sent]) -> None:
        """Decide what becomes of the tasks that a dead worker left; one that left by itself (0) blames none."""
        if ended_by and not self._stopping:
            number, task, deaths = left.pop(at if at in left else min(left))
            patience = 0 if ended_by == -signal.SIGALRM else 2 if ended_by == -signal.SIGKILL else 1
            if deaths < patience:
                self._todo.put((number, task, deaths + 1))
            else:
                self._finished.put((number, self._quarantined(task, _dead(task, ended_by, self.limits))))
        for rest in left.values():
            self._todo.put(rest)

    def _quarantined(self, task: Task, item: Item) -> Item:
        """Keep the page and say how to replay it."""
        if self._keep is not None and item.failure is not None:
            told = f"{item.failure.message}; replay: {self._keep(task.key, task.page)}"
            item.failure = item.failure.model_copy(update={"message": told})
        return item

    def _drop(self, me: int, line: Connection) -> None:
        """Let a worker go."""
        line.close()
        if (pid := self._running.pop(me, None)) is not None:
            self._reap(pid)

    # --- the caller's side

    def run(self, tasks: Iterator[Task], *, ordered: bool = False, stopped: Callable[[], bool] = lambda: False) -> Iterator[Item]:
        """Yield the item of every task, in order where asked, as they come otherwise; after `stopped()` only what is at hand."""
        sent, given, more = 0, 0, True
        waiting: dict[int, Item | None] = {}
        while True:
            while more and not stopped() and sent - given < _WINDOW * self.workers:
                task = next(tasks, None)
                if task is None:
                    more = False
                else:
                    self._todo.put((sent, task, 0))
                    sent += 1
            if stopped() and not self._stopping:
                self._stop()
            if given == sent:
                return
            number, item = self._next()
            waiting[number if ordered else given + len(waiting)] = item
            while given in waiting:
                ready = waiting.pop(given)
                given += 1
                if ready is not None:
                    yield ready

    def _next(self) -> tuple[int, Item | None]:
        """Return the next finished task; an error of a thread is the caller's."""
        while True:
            try:
                got = self._finished.get(timeout=0.2)
            except queue.Empty:
                if self._stopping and time.monotonic() > self._deadline:
                    for pid in list(self._running.values()):
                        os.kill(pid, signal.SIGKILL)
                continue
            if isinstance(got, BaseException):
                raise got
            return got

    def _stop(self) -> None:
        """Take no new task; what is being done may finish within three seconds."""
        self._stopping = True
        self._deadline = time.monotonic() + 3.0

    def close(self) -> None:
        """End all workers and the nursery."""
        for _ in self._threads:
            self._todo.put(None)
        for pid in list(self._running.values()):
            os.kill(pid, signal.SIGKILL)  # idle, or given up by a stop: its thread reaps it
        for thread in self._threads:
            thread.join(timeout=2.0)
        self._control.close()
        try:
            self._nursery.wait(timeout=2.0)
        except subprocess.TimeoutExpired:
            self._nursery.kill()
            self._nursery.wait()


def _ended_worker(item: Item) -> bool:
    return item.failure is not None and item.failure.stage == "worker"


def _dead(task: Task, ended_by: int, limits: Limits) -> Item:
    """Return the failure item of a page that ended its worker."""
    if ended_by == -signal.SIGALRM:
        name, message = "PageHung", f"took longer than {limits.seconds:g} s"
    else:
        told = signal.Signals(-ended_by).name if ended_by < 0 else f"exit code {ended_by}"
        name, message = "PageCrashed", f"ended its worker each time it was tried ({told})"
    return Item(task.key, failure=failure(task.page, "worker", name, message, False), replaces=task.replaces)


class InProcess:
    """The pool's stand-in for `workers=0`: pages are done here, without a guard against pages that hang or crash."""

    def __init__(self, encode: Encode, *, config: str | None = None) -> None:
        from ljnews.run.process import pipeline

        self._encode, self._nlp = encode, pipeline(config)

    def run(self, tasks: Iterator[Task], *, ordered: bool = False, stopped: Callable[[], bool] = lambda: False) -> Iterator[Item]:
        """Yield the item of every task, in order."""
        from ljnews.run.worker import do

        for task in tasks:
            if stopped():
                return
            yield do(task, self._nlp, self._encode)

    def close(self) -> None:
        """Nothing to close."""


def make_pool(workers: int, encode: Encode, *, config: str | None, limits: Limits, keep: Keep | None = None) -> Pool | InProcess:
    """Return a pool of processes, or its stand-in for 0 and for systems that cannot fork."""
    if workers > 0 and hasattr(os, "fork"):
        return Pool(workers, encode, config=config, limits=limits, keep=keep)
    return InProcess(encode, config=config)
