"""Measures everything and writes docs/benchmarks.md with its plots: see scripts/bench-report --help."""

import argparse
import datetime
import json
import os
import platform
import re
import shlex
import subprocess
import sys
from pathlib import Path

import compare
import plot

HOME = Path(__file__).resolve().parents[2]
TEMPLATE = Path(__file__).with_name("benchmarks.template.md")
PAGE = HOME / "docs" / "benchmarks.md"
IMAGES = HOME / "docs" / "images"
KEPT = HOME / "bench" / "target" / "report.json"

# What `scripts/purertc bench` measures for the page; each line of output is one object.
OWN = [
    "throughput --size 16384",
    "throughput --size 65536",
    "msgrate --size 64",
    "pingpong",
    "connect",
    "memory --pairs 100",
]

FIGURES = {
    "throughput": [("MBps", "{} MB/s"), ("cpuSecondsPerGB", "{} CPU s/GB")],
    "msgrate": [("msgps", "{} messages/s"), ("allocatedBytesPerMessage", "{} bytes allocated each")],
    "pingpong": [("p50", "p50 {} µs"), ("p99", "p99 {} µs")],
    "connect": [("jvmStartMs", "JVM start {} ms"), ("p50", "p50 {} ms"), ("p99", "p99 {} ms")],
    "memory": [
        ("heapPerPeerKb", "{} KB of heap a peer"),
        ("pssPerPairKb", "{} KB of PSS a pair"),
        ("threadsMore", "{} threads more"),
        ("idleCpuPercent", "{} % CPU"),
    ],
}


class Failed(Exception):
    """A step of the report failed; the message says which command and why."""


def run(command):
    """Standard output of a command of this project."""
    print(f"$ {shlex.join(command)}", file=sys.stderr)
    done = subprocess.run(command, cwd=HOME, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Failed(f"{shlex.join(command)} ended with {done.returncode}")
    return done.stdout


def objects(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def first_match(pattern, path, otherwise):
    found = re.search(pattern, Path(path).read_text(), re.MULTILINE)
    return found.group(1) if found else otherwise


def java_version():
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else "java"
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr.splitlines()
    return told[1].split(" (")[0] + " " + told[0].split('"')[1]


def machine():
    """What the figures depend on."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    virtual = " (virtual machine)" if "hypervisor" in Path("/proc/cpuinfo").read_text() else ""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HOME, capture_output=True, text=True
    )
    return {
        "date": datetime.date.today().strftime("%-d %B %Y"),
        "processor": first_match(r"^model name\s*: (.*)$", "/proc/cpuinfo", platform.machine())
        + virtual,
        "processors": os.cpu_count(),
        "memory": f"{pages / 2**30:.0f} GiB",
        "system": first_match(r'^PRETTY_NAME="(.*)"$', "/etc/os-release", "Linux")
        + ", Linux "
        + platform.release().split("-")[0],
        "java": java_version(),
        "commit": commit.stdout.strip() or "unknown",
        "webrtcjava": first_match(
            r"<webrtc-java.version>(.*)</webrtc-java.version>", HOME / "pom.xml", "unknown"
        ),
        "jmh": first_match(r"<jmh.version>(.*)</jmh.version>", HOME / "pom.xml", "unknown"),
    }


def measure(options):
    """Runs all three kinds of benchmark."""
    beside = ["scripts/bench-compare", "--runs", str(options.runs), "--secs", str(options.secs)]
    if options.allow_busy:
        beside.append("--allow-busy")
    own = []
    for words in OWN:
        command = ["scripts/purertc", "bench", *words.split()]
        if words.split()[0] in ("throughput", "msgrate"):
            command += ["--secs", str(options.secs)]
        own.append({"command": shlex.join(command), "results": objects(run([*command, "--json"]))})
    rows = objects(run([*beside, "--json"]))
    loops = ["scripts/jmh", "-wi", "2", "-w", "300ms", "-i", "2", "-r", "300ms"]
    results = HOME / "bench" / "target" / "jmh.json"
    run([*loops, "-rf", "json", "-rff", str(results)])
    return {
        "machine": machine(),
        "compareCommand": shlex.join(beside),
        "compare": rows,
        "own": own,
        "jmhCommand": shlex.join(loops),
        "jmh": json.loads(results.read_text()),
    }


def own_table(own):
    lines = ["| command | where | figures |", "|---|---|---|"]
    for measured in own:
        for result in measured["results"]:
            texts = [
                text.format(compare.number(result[name]))
                for name, text in FIGURES[result["case"]]
                if name in result
            ]
            where = ", ".join(
                result[name] for name in ("placement", "callbacks", "mode") if name in result
            )
            command = measured["command"].removeprefix("scripts/purertc ")
            lines.append(f"| `{command}` | {where} | {', '.join(texts)} |")
    return "\n".join(lines)


def loops(jmh):
    """(name, nanoseconds) of each benchmark."""
    for result in jmh:
        words = result["benchmark"].split(".")[-2:]
        name = f"{words[0].removesuffix('Benchmark')}.{words[1]}"
        values = ", ".join(result.get("params", {}).values())
        metric = result["primaryMetric"]
        factor = {"ns/op": 1, "us/op": 1000}[metric["scoreUnit"]]
        yield f"{name} ({values})" if values else name, metric["score"] * factor


def loops_table(jmh):
    lines = ["| inner loop | ns |", "|---|---|"]
    lines += [f"| {name} | {nanos:,.0f} |" for name, nanos in loops(jmh)]
    return "\n".join(lines)


def verdict(rows, name, column, sign, bound):
    """Whether a mark is reached."""
    line = rows[name]
    value = line["ratio"] if column == "ratio" else line[column]["median"]
    return value >= float(bound) if sign == ">=" else value <= float(bound)


def fill(template, data):
    """The page: `{{…}}` replaced by tables, figures (`ratio connect`), verdicts (`mark …`)."""
    rows = {line["name"]: line for line in data["compare"]}
    texts = {
        "compare": compare.table(data["compare"]),
        "compareCommand": data["compareCommand"],
        "own": own_table(data["own"]),
        "loops": loops_table(data["jmh"]),
        "jmhCommand": data["jmhCommand"],
        **{name: str(value) for name, value in data["machine"].items()},
    }

    def replacement(match):
        words = match.group(1).split()
        if len(words) == 1:
            return texts[words[0]]
        if words[0] == "ratio":
            return f"{rows[words[1]]['ratio']:.2f}"
        if words[0] == "mark":
            return "reached" if verdict(rows, *words[1:]) else "not yet"
        return compare.number(rows[words[1]][words[0]]["median"])

    return re.sub(r"\{\{(.*?)\}\}", replacement, template)


def beside_plot(rows):
    groups = [
        (
            line["title"].removesuffix(", each at its best backlog"),
            [
                (series, line[peer]["median"], f"{compare.number(line[peer]['median'])} {line['unit']}")
                for series, peer in (("PureRTC", "ours"), ("libwebrtc", "libwebrtc"))
            ],
        )
        for line in rows
    ]
    return plot.grouped("PureRTC beside libwebrtc (medians)", groups)


def loops_plot(jmh):
    bars = [
        (name, nanos, f"{nanos:,.0f} ns")
        for name, nanos in loops(jmh)
        if not name.startswith("Sdp")
    ]
    return plot.single("Inner loops, time of one call", bars)


def write(data):
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "bench-compare.svg").write_text(beside_plot(data["compare"]))
    (IMAGES / "bench-loops.svg").write_text(loops_plot(data["jmh"]))
    PAGE.write_text(fill(TEMPLATE.read_text(), data))
    print(f"wrote {PAGE.relative_to(HOME)} and its plots", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-report",
        description="Measures PureRTC alone, beside libwebrtc (needs root) and its inner loops, in about six"
        " minutes, and writes docs/benchmarks.md and its plots. The words of the page stand in"
        f" {TEMPLATE.relative_to(HOME)}.",
    )
    parser.add_argument("--runs", type=int, default=5, help="of each case beside libwebrtc (5)")
    parser.add_argument("--secs", type=float, default=2, help="of each measuring window (2)")
    parser.add_argument("--allow-busy", action="store_true",
                        help="also when other processes use the CPU: not for figures to quote")
    parser.add_argument("--again", action="store_true",
                        help="writes the page from the figures of the last run, without measuring")
    options = parser.parse_args()
    try:
        if not options.again:
            data = measure(options)
            KEPT.parent.mkdir(parents=True, exist_ok=True)
            KEPT.write_text(json.dumps(data, indent=1))
        elif not KEPT.exists():
            raise Failed(f"no figures of an earlier run in {KEPT.relative_to(HOME)}")
        write(json.loads(KEPT.read_text()))
    except Failed as failure:
        sys.exit(f"bench-report: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
