"""PureRTC beside libwebrtc, in a network namespace of its own: see scripts/bench-compare --help."""

import argparse
import json
import os
import shlex
import signal
import statistics
import subprocess
import sys
from dataclasses import dataclass, field, replace

from measure import NoResult, measure

# libwebrtc never uses 127.0.0.1: this address, on a veth pair that leads nowhere, is for both peers.
ADDRESS = "10.78.0.1/24"


@dataclass(frozen=True)
class Case:
    """What is measured, and what of the result counts."""

    name: str
    title: str
    figure: str
    unit: str
    options: dict = field(default_factory=dict)
    environment: dict = field(default_factory=dict)
    two: bool = False
    more_is_better: bool = False

    def over(self, seconds):
        """The same with measuring windows of so many seconds."""
        if "secs" not in self.options:
            return self
        return self.with_options(secs=seconds, warm=min(2, seconds))

    def with_options(self, **options):
        return replace(self, options={**self.options, **options})


def _flow(size, kind="throughput"):
    return {"case": kind, "size": size, "secs": 3, "warm": 2}


_PING_PONG = {"case": "pingpong", "size": 64, "count": 3000}

# A JVM compiles while it runs: a service is warm, a test is young.
_WARM_PING_PONG = {"unmeasured": 20000}


CASES = [
    Case(
        "throughput-16k",
        "throughput, messages of 16 KiB",
        "MBps",
        "MB/s",
        {**_flow(16384), "high": 1 << 20},
        more_is_better=True,
    ),
    Case(
        "throughput-64k",
        "throughput, messages of 64 KiB",
        "MBps",
        "MB/s",
        {**_flow(65536), "high": 1 << 20},
        more_is_better=True,
    ),
    Case(
        "msgrate-64",
        "messages of 64 bytes, each at its best backlog",
        "msgps",
        "1/s",
        _flow(64, "msgrate"),
        more_is_better=True,
    ),
    Case(
        "pingpong",
        "ping-pong of 64 bytes, one process, p50",
        "p50",
        "µs",
        {**_PING_PONG, **_WARM_PING_PONG},
    ),
    Case(
        "pingpong-two",
        "ping-pong of 64 bytes, two processes, p50",
        "p50",
        "µs",
        {**_PING_PONG, **_WARM_PING_PONG},
        two=True,
    ),
    Case(
        "pingpong-young",
        "the same, the first 3,200 of each process",
        "p50",
        "µs",
        _PING_PONG,
        two=True,
    ),
    Case(
        "connect",
        "set-up, p50",
        "p50",
        "ms",
        {"case": "connect", "count": 30, "unmeasured": 300},
    ),
    Case(
        "connect-young",
        "the same, the first 33 of a process",
        "p50",
        "ms",
        {"case": "connect", "count": 30},
    ),
    Case(
        "memory",
        "memory (PSS) of an idle pair, 100 pairs",
        "pssPerPairKb",
        "KB",
        {"case": "memory", "count": 100},
        # What large heaps leave lying and what an optimizing compiler holds is no pair's.
        {"JAVA_TOOL_OPTIONS": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"},
    ),
]

BACKLOGS = [8 << 10, 64 << 10, 256 << 10, 1 << 20]


class Refused(Exception):
    """The comparison cannot be made; the message says why and what to do."""


class Namespace:
    """A network of this run's own; removed at the end."""

    def __init__(self):
        self.name = f"purertc-bench-{os.getpid()}"

    def __enter__(self):
        if os.geteuid() != 0:
            raise Refused("a network namespace needs root: run it with sudo")
        self._ip("netns", "add", self.name)
        try:
            inside = ["-n", self.name]
            self._ip(*inside, "link", "set", "lo", "up")
            self._ip(*inside, "link", "add", "bench0", "type", "veth", "peer", "name", "bench1")
            self._ip(*inside, "addr", "add", ADDRESS, "dev", "bench0")
            self._ip(*inside, "link", "set", "bench0", "up")
            self._ip(*inside, "link", "set", "bench1", "up")
        except BaseException:
            self.__exit__()
            raise
        return ["ip", "netns", "exec", self.name]

    def __exit__(self, *_):
        self._ip("netns", "delete", self.name)

    @staticmethod
    def _ip(*arguments):
        done = subprocess.run(["ip", *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise Refused(f"ip {' '.join(arguments)}: {done.stderr.strip()}")


@dataclass
class Quiet:
    """When a result counts: other processes must not have taken more than this."""

    percent: float
    repeats: int
    allow_busy: bool

    def measure(self, command, case, prefix):
        best = None
        for _ in range(1 + self.repeats):
            try:
                result = measure(command, case, prefix)
            except NoResult as failure:
                print(f"  {case.name}: {failure}; again", file=sys.stderr)
                continue
            if best is None or result["otherCpuPercent"] < best["otherCpuPercent"]:
                best = result
            if best["otherCpuPercent"] <= self.percent:
                return best
            if self.allow_busy:
                break
            taken = result["otherCpuPercent"]
            print(f"  {case.name}: other processes took {taken} %; again", file=sys.stderr)
        if best is None:
            raise Refused(f"{case.name}: no result; BENCH_STDERR=FILE keeps what the peers say")
        if not self.allow_busy:
            raise Refused(
                f"{case.name}: other processes took {best['otherCpuPercent']} % of the CPU, allowed are"
                f" {self.percent} %: end them, or add --allow-busy and do not quote the figures"
            )
        return best


def best_backlog(command, case, prefix):
    """The case with the backlog that suits this peer best, by a short run each."""

    def rate(high):
        probe = case.over(1).with_options(high=high)
        return measure(command, probe, prefix)[case.figure]

    return case.with_options(high=max(BACKLOGS, key=rate))


def compare(peers, cases, runs, quiet, prefix):
    """For each case: each peer's figures, taken in turn, their median, and the ratio."""
    rows = []
    for case in cases:
        tuned = {
            peer: best_backlog(command, case, prefix) if case.name == "msgrate-64" else case
            for peer, command in peers.items()
        }
        results = {peer: [] for peer in peers}
        for number in range(1, runs + 1):
            for peer, command in peers.items():
                print(f"{case.name} {number}/{runs} {peer}", file=sys.stderr)
                results[peer].append(quiet.measure(command, tuned[peer], prefix))
        rows.append(row(case, tuned, results))
    return rows


def row(case, tuned, results):
    """The medians of one case."""
    line = {
        "name": case.name,
        "title": case.title,
        "unit": case.unit,
        "moreIsBetter": case.more_is_better,
    }
    for peer, runs in results.items():
        figures = [run[case.figure] for run in runs]
        line[peer] = {
            "median": statistics.median(figures),
            "runs": figures,
            "otherCpuPercent": max(run["otherCpuPercent"] for run in runs),
            "options": tuned[peer].options,
        }
        for extra in ("p99", "cpuSecondsPerGB"):
            if all(extra in run for run in runs):
                line[peer][extra] = statistics.median(run[extra] for run in runs)
    line["ratio"] = line["ours"]["median"] / line["libwebrtc"]["median"]
    return line


def number(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}"


def table(rows):
    """Markdown, which also reads well on a terminal."""
    lines = [
        "| what | unit | PureRTC | libwebrtc | PureRTC / libwebrtc | better is |",
        "|---|---|---|---|---|---|",
    ]
    for line in rows:
        cells = [
            line["title"],
            line["unit"],
            number(line["ours"]["median"]),
            number(line["libwebrtc"]["median"]),
            f"{line['ratio']:.2f}",
            "more" if line["moreIsBetter"] else "less",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-compare",
        description="Measures PureRTC and libwebrtc in turn, in a network namespace of its own (needs root),"
        " and prints medians and ratios. A quick pass: --runs 1 --secs 1.",
    )
    names = [case.name for case in CASES]
    parser.add_argument("--cases", default=",".join(names), help="of " + ", ".join(names))
    parser.add_argument("--runs", type=int, default=5, help="of each case and peer (5)")
    parser.add_argument("--secs", type=float, default=3, help="of each measuring window (3)")
    parser.add_argument("--other-cpu", type=float, default=5, metavar="PERCENT",
                        help="a run during which other processes took more is repeated (5)")
    parser.add_argument("--repeats", type=int, default=3, help="of a disturbed run (3)")
    parser.add_argument("--allow-busy", action="store_true", help="takes disturbed runs as they are")
    parser.add_argument("--json", action="store_true", help="one JSON object a case")
    parser.add_argument("--ours", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--libwebrtc", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    wanted = options.cases.split(",")
    unknown = set(wanted) - set(names)
    if unknown or options.runs < 1 or options.secs <= 0:
        parser.error(f"no case {', '.join(unknown)}" if unknown else "--runs and --secs are positive")
    options.chosen = [case.over(options.secs) for case in CASES if case.name in wanted]
    return options


def main():
    options = arguments()
    # So that the namespace and the peers go, too, when this is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    peers = {"ours": shlex.split(options.ours), "libwebrtc": shlex.split(options.libwebrtc)}
    quiet = Quiet(options.other_cpu, options.repeats, options.allow_busy)
    try:
        with Namespace() as prefix:
            rows = compare(peers, options.chosen, options.runs, quiet, prefix)
    except (Refused, NoResult) as failure:
        sys.exit(f"bench-compare: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
    if options.json:
        print("\n".join(json.dumps(line) for line in rows))
    else:
        print(table(rows))


if __name__ == "__main__":
    main()
