"""Runs one measurement: starts the peers' processes, passes their lines, reads CPU and memory.

The contract of a peer: `COMMAND bench --role both|offer|answer --case C …` prints one JSON object a
line: `description` and `candidate` (passed to the other end), `mark` (`start` and `end` of the
receiver's window, `mem` when so many pairs are idle) and at last `result`.
"""

import json
import os
import select
import signal
import subprocess
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PROCESSORS = os.cpu_count()


class NoResult(Exception):
    """A peer ended, or took too long, without a result."""


def _stat(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()


def process_tree(root):
    """`root` and all its descendants."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                children.setdefault(int(_stat(entry)[1]), []).append(int(entry))
            except OSError:
                pass  # it ended meanwhile
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_seconds(pids):
    """User and system time, with that of children that ended."""
    total = 0
    for pid in pids:
        try:
            total += sum(int(field) for field in _stat(pid)[11:15])
        except OSError:
            pass
    return total / TICKS_PER_SECOND


def pss_kb(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return total


def busy_seconds():
    """What all processors worked since the machine started, time stolen by others included."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, soft, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + soft + steal) / TICKS_PER_SECOND


class Peer:
    """One process of a peer, in the network that `prefix` chooses."""

    def __init__(self, command, role, case, prefix):
        arguments = [*prefix, *command, "bench", "--role", role]
        for name, value in case.options.items():
            arguments += [f"--{name}", str(value)]
        self.errors = open(os.environ.get("BENCH_STDERR", os.devnull), "ab")
        self.rest = b""
        self.process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env={**os.environ, **case.environment},
            start_new_session=True,
        )

    def tree(self):
        return process_tree(self.process.pid)

    def send(self, line):
        try:
            self.process.stdin.write(line + b"\n")
            self.process.stdin.flush()
        except OSError:
            pass  # it ended; its end is noticed where its output is read

    def lines(self):
        """The lines that are there; None when there will be no more."""
        read = os.read(self.process.stdout.fileno(), 1 << 16)
        if not read:
            return None
        *lines, self.rest = (self.rest + read).split(b"\n")
        return [line for line in lines if line.startswith(b"{")]

    def stop(self):
        """Ends what was started here, by process id, and nothing else."""
        pids = self.tree() if self.process.poll() is None else []
        for pid in reversed(pids):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.errors.close()


class Session:
    """The peers of one measurement, from their start to the result."""

    def __init__(self, peers):
        self.peers = peers
        self.started = time.monotonic(), busy_seconds()
        self.window = None
        self.figures = {}
        self.memory = []

    def own_cpu_seconds(self):
        return sum(cpu_seconds(peer.tree()) for peer in self.peers)

    def mark(self, peer, line):
        if line["name"] == "start":
            self.window = self.own_cpu_seconds()
        elif line["name"] == "end" and self.window is not None:
            self.figures["cpuSeconds"] = self.own_cpu_seconds() - self.window
        elif line["name"] == "mem":
            self.memory.append((line["n"], pss_kb(peer.tree())))

    def finish(self, result):
        result.update(self.figures)
        then, busy = self.started
        others = busy_seconds() - busy - self.own_cpu_seconds()
        share = others / (time.monotonic() - then) / PROCESSORS
        result["otherCpuPercent"] = round(max(0.0, 100 * share), 1)
        if len(self.memory) == 2:
            (few, few_kb), (many, many_kb) = self.memory
            result["pssPerPairKb"] = (many_kb - few_kb) / (many - few)
        if result.get("bytes") and "cpuSeconds" in result:
            result["cpuSecondsPerGB"] = result["cpuSeconds"] / (result["bytes"] / 1e9)
        return result

    def run(self, seconds):
        """Passes lines until a result comes."""
        end = time.monotonic() + seconds
        alive = dict(enumerate(self.peers))
        while alive and time.monotonic() < end:
            outputs = [peer.process.stdout for peer in alive.values()]
            readable, _, _ = select.select(outputs, [], [], 0.5)
            for number, peer in list(alive.items()):
                if peer.process.stdout not in readable:
                    continue
                lines = peer.lines()
                if lines is None:
                    del alive[number]
                    continue
                for line in lines:
                    message = json.loads(line)
                    if message["type"] == "result":
                        return self.finish(message)
                    if message["type"] == "mark":
                        self.mark(peer, message)
                    elif len(self.peers) == 2:
                        self.peers[1 - number].send(line)
        raise NoResult("ended without a result" if not alive else f"no result in {seconds} s")


def measure(command, case, prefix=(), limit_seconds=120):
    """One result of one peer: `case` has `options`, an `environment`, and `two` for two processes."""
    roles = ["offer", "answer"] if case.two else ["both"]
    peers = []
    try:
        for role in roles:
            peers.append(Peer(command, role, case, prefix))
        return Session(peers).run(limit_seconds)
    finally:
        for peer in peers:
            peer.stop()
