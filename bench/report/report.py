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
DOCS = HOME / "docs"
QUICK_DOCS = HOME / "bench" / "target" / "quick"
KEPT = "report.json"

# What `scripts/purertc bench` measures for the page; each line of output is one object.
OWN = [
    "throughput --size 16384",
    "throughput --size 65536",
    "msgrate --size 64",
    "pingpong --unmeasured 20000",
    "connect --unmeasured 300",
    "idle --pairs 100",
    "throughput --size 16384 --loops 2 --rtt 50ms",
    "throughput --size 16384 --loops 2 --rtt 50ms --loss 1%",
]

# Drawn by `bench` itself, because it knows all percentiles.
DRAWN = {"pingpong", "connect"}

# Of the CPU, in per cent, and how often a run that was disturbed more is repeated.
MOST_OTHER_CPU = 5
REPEATS = 3

# Shorter than any figure deserves: shows that everything works.
QUICK = {
    "pingpong": ["--count", "300", "--unmeasured", "200"],
    "connect": ["--count", "3", "--unmeasured", "3"],
    "idle": ["--unmeasured", "5", "--secs", "0.5"],
}

FIGURES = {
    "throughput": [
        ("MBps", "{} MB/s"),
        ("cpuSecondsPerGB", "{} CPU s/GB"),
        ("relayCeilingPerSecond", "the relay's ceiling is {} datagrams/s"),
    ],
    "msgrate": [("msgps", "{} messages/s"), ("allocatedBytesPerMessage", "{} bytes allocated each")],
    "pingpong": [("p50", "p50 {} µs"), ("p99", "p99 {} µs")],
    "connect": [("jvmStartMs", "JVM start {} ms"), ("p50", "p50 {} ms"), ("p99", "p99 {} ms")],
    "idle": [
        ("heapPerPeerKb", "{} KB of heap a peer"),
        ("pssPerPairKb", "{} KB of PSS a pair"),
        ("threadsMore", "{} threads more"),
        ("idleCpuPercent", "{} % CPU"),
    ],
}


# What a loop must be compared with: the bare cipher's time by ours.
LOOP_RATIOS = {
    "srtp-protect": ("SrtpPacket.cipherSeal", "SrtpPacket.protect"),
    "srtp-unprotect": ("SrtpPacket.cipherOpen", "SrtpPacket.unprotect"),
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


def measure_own(options, images):
    """Each command of OWN with its results."""
    own = []
    for words in OWN:
        command = ["scripts/purertc", "bench", *words.split()]
        case = words.split()[0]
        if case in ("throughput", "msgrate"):
            command += ["--secs", str(options.secs)]
        if options.quick:
            command += QUICK.get(case, ["--warm", "0.5"])
        elif case in ("throughput", "msgrate", "pingpong"):
            command += ["--runs", "3"]
        extra = ["--svg", str(images / f"bench-{case}.svg")] if case in DRAWN else []
        results = undisturbed([*command, "--json", *extra], options.allow_busy)
        own.append({"command": shlex.join(command), "results": results})
    return own


def undisturbed(command, allow_busy):
    """The results of a run during which no other processes took much of the CPU."""
    for _ in range(1 + REPEATS):
        results = objects(run(command))
        if allow_busy or all(it.get("otherCpuPercent", 0) <= MOST_OTHER_CPU for it in results):
            return results
    raise Failed(
        f"{shlex.join(command)}: other processes took more than {MOST_OTHER_CPU} % of the CPU:"
        " end them, or add --allow-busy and do not quote the figures"
    )


def measure(options, images):
    """Runs all three kinds of benchmark."""
    beside = ["scripts/bench-compare", "--runs", str(options.runs), "--secs", str(options.secs)]
    if options.allow_busy:
        beside.append("--allow-busy")
    own = measure_own(options, images)
    rows = objects(run([*beside, "--json"]))
    iterations = "1" if options.quick else "2"
    loops = ["scripts/jmh", "-wi", iterations, "-w", "300ms", "-i", iterations, "-r", "300ms"]
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


def loop_ratios(jmh):
    """Rows like those beside libwebrtc, of AES-128-GCM."""
    nanos = dict(loops(jmh))
    return {
        name: {"ratio": nanos[f"{bare} (AEAD_AES_128_GCM)"] / nanos[f"{ours} (AEAD_AES_128_GCM)"]}
        for name, (bare, ours) in LOOP_RATIOS.items()
    }


def verdict(rows, name, column, sign, bound):
    """Whether a mark is reached."""
    line = rows[name]
    value = line["ratio"] if column == "ratio" else line[column]["median"]
    return value >= float(bound) if sign == ">=" else value <= float(bound)


def fill(template, data):
    """The page: `{{…}}` replaced by tables, figures (`ratio connect`), verdicts (`mark …`)."""
    rows = {line["name"]: line for line in data["compare"]} | loop_ratios(data["jmh"])
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


def write(data, page, images):
    (images / "bench-compare.svg").write_text(beside_plot(data["compare"]))
    (images / "bench-loops.svg").write_text(loops_plot(data["jmh"]))
    page.write_text(fill(TEMPLATE.read_text(), data))
    print(f"wrote {page.relative_to(HOME)} and its plots", file=sys.stderr)


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-report",
        description="Measures PureRTC alone, beside libwebrtc (needs root) and its inner loops, in about ten"
        " minutes, and writes docs/benchmarks.md and its plots. The words of the page stand in"
        f" {TEMPLATE.relative_to(HOME)}.",
    )
    parser.add_argument("--runs", type=int, default=5, help="of each case beside libwebrtc (5)")
    parser.add_argument("--secs", type=float, default=2, help="of each measuring window (2)")
    parser.add_argument("--allow-busy", action="store_true",
                        help="also when other processes use the CPU: not for figures to quote")
    parser.add_argument("--again", action="store_true",
                        help="writes the page from the figures of the last run, without measuring")
    parser.add_argument("--quick", action="store_true",
                        help="two minutes to see that everything works: the page is written to"
                        f" {QUICK_DOCS.relative_to(HOME)}, its figures mean nothing")
    options = parser.parse_args()
    if options.quick:
        options.runs, options.secs, options.allow_busy = 1, 0.5, True
    return options


def main():
    options = arguments()
    docs = QUICK_DOCS if options.quick else DOCS
    images = docs / "images"
    kept = HOME / "bench" / "target" / ("quick" if options.quick else ".") / KEPT
    try:
        images.mkdir(parents=True, exist_ok=True)
        if not options.again:
            data = measure(options, images)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(data, indent=1))
        elif not kept.exists():
            raise Failed(f"no figures of an earlier run in {kept.relative_to(HOME)}")
        write(json.loads(kept.read_text()), docs / "benchmarks.md", images)
    except Failed as failure:
        sys.exit(f"bench-report: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
