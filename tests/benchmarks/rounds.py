"""Runs the variants of a suite in interleaved rounds and prints their medians and ratios."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import child, lean_server
from tests.benchmarks.variants import SUITES

ROOT = Path(__file__).parents[2]
# Ten times the work and seven rounds: COMMUNITY_BOT_BENCH=long make bench
IS_LONG = os.environ.get("COMMUNITY_BOT_BENCH") == "long"
ROUNDS = 7 if IS_LONG else 3
SCALE = 10 if IS_LONG else 1


@dataclass(frozen=True, slots=True)
class Figure:
    """What one run of one variant took."""

    rate: float
    cpu_ms: float
    latencies: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio of DESIGN.md's "Figures to reach"."""

    ours: str
    anchor: str
    ratio: float


@contextmanager
def server() -> Iterator[int]:
    """Start the lean server in a process of its own."""
    with subprocess.Popen(
        _pinned(0, [sys.executable, "-m", lean_server.__name__]),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.stdin.close()


def run_suite(
    suite: str, *, count: int, round_trip: int, postgres: str = ""
) -> dict[str, list[Figure]]:
    """Run each variant once a round, so that what disturbs the machine disturbs all alike."""
    figures: dict[str, list[Figure]] = {name: [] for name in SUITES[suite]}
    with server() as port:
        run = 0
        for _ in range(ROUNDS):
            for name, one in SUITES[suite].items():
                run += 1
                job: dict[str, Any] = {
                    "port": port,
                    "run": run,
                    "count": max(int(count * SCALE * one.share), 20),
                    "round_trip": round_trip,
                    "postgres": postgres,
                }
                figures[name].append(_run(suite, name, job))
    return figures


def _run(suite: str, name: str, job: Mapping[str, Any]) -> Figure:
    command = [sys.executable, "-m", child.__name__, suite, name, json.dumps(job)]
    done = subprocess.run(
        _pinned(1, command), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    took = json.loads(done.stdout.splitlines()[-1])
    count: int = job["count"]
    return Figure(
        rate=count / took["seconds"],
        cpu_ms=1000 * took["cpu"] / count,
        latencies=tuple(took["latencies"]),
    )


def _pinned(place: int, command: list[str]) -> list[str]:
    """Give server and client a core each where the system lets us choose."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(cores) < 2:
        return command
    pin = f"import os, sys; os.sched_setaffinity(0, {{{cores[place]}}}); "
    return [sys.executable, "-c", pin + "os.execv(sys.argv[1], sys.argv[1:])", *command]


def table(title: str, figures: Mapping[str, list[Figure]], *targets: Target) -> str:
    """Lay out medians, the spread, and each target beside what was reached."""
    width = max(map(len, figures))
    lines = ["", title, f"{'':{width}}   per second (lowest..highest)   CPU ms each"]
    for name, runs in figures.items():
        rates = [run.rate for run in runs]
        spread = f"{min(rates):.0f}..{max(rates):.0f}"
        cpu = median(run.cpu_ms for run in runs)
        lines.append(f"{name:{width}}   {median(rates):10.0f}   ({spread:>14})   {cpu:11.2f}")
    for target in targets:
        rate = ratio(figures, target, lambda run: run.rate)
        work = ratio(figures, target, lambda run: 1 / run.cpu_ms)
        lines.append(
            f"{target.ours} / {target.anchor}: {rate:.2f} by the clock, {work:.2f} by the CPU"
            f" (to reach: {target.ratio:g})"
        )
    return "\n".join(lines)


def ratio(
    figures: Mapping[str, list[Figure]], target: Target, of: Callable[[Figure], float]
) -> float:
    """Return the median of the ratios of each round."""
    pairs = zip(figures[target.ours], figures[target.anchor], strict=True)
    return median(of(one) / of(other) for one, other in pairs)
