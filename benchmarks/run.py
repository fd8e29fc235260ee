"""Measures trueup beside its floor and its peers, all in one run, and prints what came out as Markdown.

    python benchmarks/run.py [--sizes 100 1000 10000] [--repeat 3] [--json FILE] [--no-site] [--no-schedule] [--no-history] [--quick]

Every time is that of a new process. See benchmarks/README.md for what each column is.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import commits
import generate
import invented
import tasks
from measure import Job, Result, growth, measure
from pages import Reading, reading
from peers import CHECK_JSONSCHEMA, YAMALE, peers_environment, write_copies

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "schemas"
TODAY = ("--today", invented.TODAY.isoformat())
TRUEUP, FLOOR, JSONSCHEMA, PEER_YAMALE = "trueup", "floor", "check-jsonschema", "yamale"
BARE, EMPTY, EMPTY_FLOOR = "python -c pass", "trueup check, empty workspace", "floor, empty workspace"
LARGEST_SITE = 1000
TASKJUGGLER = "tj3"
STATUS = "trueup status"
SCHEDULES = (2000, 10_000)
HISTORY_RECORDS, HISTORY_COMMITS, REVIEWED = 10_000, 5000, 20
TRUEUP_CHECK, GIT_LOG = "trueup check", "git log --raw"

Results = dict[str, Result]


def trueup() -> tuple[tuple[str, ...], dict[str, str]]:
    """The command that starts trueup: the installed program where there is one, else this checkout's."""
    program = Path(sys.executable).with_name("trueup")
    if program.exists():
        return (str(program),), {}
    return (sys.executable, "-m", "trueup"), {"PYTHONPATH": str(ROOT / "tools")}


def workspace(folder: Path, size: int) -> Path:
    """A workspace of ``size`` records, made anew."""
    place = folder / f"records-{size}"
    shutil.rmtree(place, ignore_errors=True)
    generate.write(place, size)
    return place


def check_jobs(folder: Path, size: int, programs: Path) -> tuple[list[Job], list[Job]]:
    """The jobs that check a whole workspace, and those that check one file of it."""
    command, environment = trueup()
    place = workspace(folder, size)
    plain = folder / f"plain-{size}"
    shutil.rmtree(plain, ignore_errors=True)
    copies = write_copies(place, plain, SCHEMAS)
    judge = str(programs / "check-jsonschema")
    meeting = min((place / "meetings").iterdir()).stem
    whole = [
        Job(TRUEUP, ((*command, "check", *TODAY),), place, environment),
        Job(STATUS, ((*command, "status", *TODAY),), place, environment),
        Job(FLOOR, ((sys.executable, str(ROOT / "benchmarks" / "floor.py"), str(place), str(SCHEMAS)),), place),
        Job(
            JSONSCHEMA,
            tuple((judge, "--schemafile", str(SCHEMAS / f"{kind}.schema.json"), *files) for kind, files in copies.items()),
            plain,
        ),
        Job(PEER_YAMALE, ((str(programs / "yamale"), "-s", "schema.yaml", "."),), plain),
    ]
    single = [
        Job(TRUEUP, ((*command, "check", f"meetings/{meeting}.md", *TODAY),), place, environment),
        Job(JSONSCHEMA, ((judge, "--schemafile", str(SCHEMAS / "meeting.schema.json"), f"meeting/{meeting}.yaml"),), plain),
    ]
    return whole, single


def start_jobs(folder: Path, nothing: Path) -> list[Job]:
    """``nothing``: an empty folder, outside the checkout, which is a workspace itself."""
    command, environment = trueup()
    empty = folder / "empty"
    shutil.rmtree(empty, ignore_errors=True)
    for record_folder in generate.FOLDERS.values():
        (empty / record_folder).mkdir(parents=True)
    (empty / "trueup.yaml").touch()
    floor = (sys.executable, str(ROOT / "benchmarks" / "floor.py"), str(empty), str(SCHEMAS))
    return [
        Job(BARE, ((sys.executable, "-c", "pass"),), nothing),
        Job("trueup --version", ((*command, "--version"),), nothing, environment),
        # Where there is no workspace there is nothing to check, which is what exit code 3 says.
        Job("trueup check, no workspace", ((*command, "check"),), nothing, environment, exit_code=3),
        Job(EMPTY, ((*command, "check"),), empty, environment),
        Job(EMPTY_FLOOR, (floor,), empty),
    ]


def schedule_jobs(folder: Path, size: int) -> list[Job]:
    """The schedule of so many tasks; by TaskJuggler too where it is installed."""
    command, environment = trueup()
    place = folder / f"tasks-{size}"
    shutil.rmtree(place, ignore_errors=True)
    tasks.write(place, size)
    jobs = [Job(TRUEUP, ((*command, "schedule", "--format", "json", *TODAY),), place, environment)]
    if shutil.which(TASKJUGGLER):
        jobs.append(Job(TASKJUGGLER, ((TASKJUGGLER, "--silent", "tasks.tjp"),), place))
    return jobs


def history_jobs(folder: Path) -> list[Job]:
    """What is asked of a year of commits, beside one check of what is on disk and what git alone takes for the log."""
    command, environment = trueup()
    place = workspace(folder, HISTORY_RECORDS)
    commits.with_past(place, HISTORY_COMMITS)
    for path in sorted((place / "plans").glob("*.md"))[:REVIEWED]:
        path.write_bytes(path.read_bytes() + b"Reviewed.\n")
    jobs = [
        Job(TRUEUP_CHECK, ((*command, "check", *TODAY),), place, environment),
        Job(GIT_LOG, (("git", "log", "--raw", "-z", "--no-renames", "--no-abbrev", "-m", "--first-parent"),), place),
        Job("trueup timeline, 52 weeks", ((*command, "timeline", *TODAY),), place, environment),
        Job(f"trueup review of {REVIEWED} records", ((*command, "review", "HEAD", *TODAY),), place, environment),
        Job("trueup history --kind plan", ((*command, "history", "--kind", "plan"),), place, environment),
        Job("trueup status --as-of, half a year ago", ((*command, "status", "--as-of", "2026-05-20"),), place, environment),
    ]
    if (bundle := corpora() / "backlog-md.bundle").is_file():
        clone = folder / "backlog-md"
        shutil.rmtree(clone, ignore_errors=True)
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(bundle), str(clone)], check=True)
        subprocess.run(["git", "-C", str(clone), "checkout", "--quiet", "--detach", "origin/main"], check=True)
        shutil.copytree(ROOT / "tests" / "adoption" / "backlog-md", clone, dirs_exist_ok=True)
        jobs.append(Job("trueup history --kind task, backlog-md", ((*command, "history", "--kind", "task"),), clone, environment))
    return jobs


def corpora() -> Path:
    """Where the repositories of others are that the tests clone too (tests/test_adoption.py)."""
    return Path(os.environ.get("TRUEUP_CORPORA") or ROOT.parent / "shared" / "corpora")


def history_table(results: Results) -> str:
    check = results[TRUEUP_CHECK]
    rows = [[name, timed(one), f"{one.best / check.best:.2f}", f"{one.memory / 2**20:.0f} MiB"] for name, one in results.items()]
    return table(["command", "best / median", "× one check", "memory"], rows)


MKDOCS = """\
site_name: Benchmark
docs_dir: docs
use_directory_urls: false
theme: {name: material, font: false}
validation: {nav: {omitted_files: ignore}}
"""


def site_jobs(folder: Path, size: int) -> list[Job]:
    """The site of a workspace, and plain MkDocs with as many pages of the same text outside the navigation."""
    command, environment = trueup()
    place, plain = workspace(folder, size), folder / f"pages-{size}"
    shutil.rmtree(plain, ignore_errors=True)
    (place / "docs").mkdir()
    (place / "mkdocs.yml").write_text(MKDOCS + "plugins: [search, trueup]\n", encoding="utf-8")
    for path, kind, text in generate.records(size):
        target = plain / "docs" / kind / (Path(path).stem + ".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(plain_page(text), encoding="utf-8")
    (plain / "docs" / "index.md").write_text("# Benchmark\n", encoding="utf-8")
    (plain / "mkdocs.yml").write_text(MKDOCS + "plugins: [search]\nnav: [{Home: index.md}]\n", encoding="utf-8")
    return [
        Job(TRUEUP, ((*command, "site", "build", *TODAY),), place, environment),
        Job("mkdocs", ((sys.executable, "-m", "mkdocs", "build", "--quiet"),), plain, {"NO_MKDOCS_2_WARNING": "1"}),
    ]


def plain_page(record: str) -> str:
    """A record as somebody would write it for MkDocs alone: its fields as a list, then its text."""
    _, fields, body = record.split("---\n", 2) if record.startswith("---") else ("", record, "")
    lines = [line for line in fields.splitlines() if line.strip()]
    listed = "\n".join(f"    - {line.strip().removeprefix('- ')}" if line[0] == " " else f"- {line}" for line in lines)
    return f"# {lines[0].partition(': ')[2]}\n\n{listed}\n\n{body}"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def timed(result: Result) -> str:
    return f"{shown(result.best)} / {shown(result.median)}"


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def whole_table(measured: dict[int, Results]) -> str:
    rows = []
    for size, results in measured.items():
        own = results[TRUEUP]
        for name, result in results.items():
            beside = f"{own.best / result.best:.2f} / {own.best_cpu / result.best_cpu:.2f}" if name != TRUEUP else "1"
            rows.append([f"{size:,} {name}", timed(result), shown(result.best_cpu), beside, f"{result.memory / 2**20:.0f} MiB"])
    return table(["records, program", "best / median", "processor", "trueup takes × its time / processor", "memory"], rows)


def growth_table(measured: dict[int, Results], start: Results) -> str:
    """Exponents between neighbouring sizes, of all processor time and of what is left of it without the start."""
    steps = list(pairwise(measured))
    idle = {TRUEUP: start[EMPTY].best_cpu, FLOOR: start[EMPTY_FLOOR].best_cpu}
    lines = [(name, name, 0.0) for name in next(iter(measured.values()))]
    lines += [(f"{name}, start taken off", name, seconds) for name, seconds in idle.items()]

    def exponent(name: str, less: float, a: int, b: int) -> str:
        return f"{growth((a, measured[a][name].best_cpu - less), (b, measured[b][name].best_cpu - less)):.2f}"

    rows = [[label, *(exponent(name, less, a, b) for a, b in steps)] for label, name, less in lines]
    return table(["program", *(f"{a:,} → {b:,}" for a, b in steps)], rows)


def pair_table(measured: dict[int, Results], other: str, first: str = "records") -> str:
    rows = []
    for size, results in measured.items():
        own, peer = results[TRUEUP], results[other]
        ratio = f"{own.best / peer.best:.2f} / {own.best_cpu / peer.best_cpu:.2f}"
        rows.append([f"{size:,}", timed(own), timed(peer), ratio, f"{own.memory / 2**20:.0f} / {peer.memory / 2**20:.0f} MiB"])
    return table([first, "trueup, best / median", f"{other}, best / median", "ratio of time / processor", "memory of each"], rows)


def schedule_table(measured: dict[int, Results]) -> str:
    """Without TaskJuggler there is nothing to compare with, and the times stand alone."""
    if all(TASKJUGGLER in results for results in measured.values()):
        return pair_table(measured, TASKJUGGLER, "tasks")
    rows = [[f"{size:,}", timed(one[TRUEUP]), f"{one[TRUEUP].memory / 2**20:.0f} MiB"] for size, one in measured.items()]
    return table(["tasks", "trueup, best / median", "memory"], rows)


def reading_table(found: dict[int, Reading]) -> str:
    rows = []
    for size, one in found.items():
        page, weight = f"{one.weight.page / 1000:.0f} kB", f"{one.weight.all / 1000:.0f} / {one.weight.sent / 1000:.0f} kB"
        waits = f"{shown(min(one.shown))} / {shown(statistics.median(one.shown))} / {shown(max(one.shown))}"
        charts = f"{shown(one.charts)} / {shown(one.pages)} = {one.charts / one.pages:.0%}"
        rows.append([f"{size:,}", waits, page, f"{weight} in {one.weight.requests}", charts])
    head = ["records", "change shown, best / median / worst", "home, HTML", "home, all / compressed, in requests", "charts / all pages"]
    return table(head, rows)


def start_table(results: Results) -> str:
    rows = [[name, timed(result), f"{result.best / results[BARE].best:.1f}"] for name, result in results.items()]
    return table(["command", "best / median", "× bare Python"], rows)


def machine() -> str:
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        names = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"{os.cpu_count()} cores ({model}), {platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"{CHECK_JSONSCHEMA.replace('==', ' ')}, {YAMALE.replace('==', ' ')}; load when the run began {load}."
    )


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures trueup beside its floor and its peers.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000], metavar="N")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="runs of each that count")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single time here")
    parser.add_argument("--no-site", action="store_true", help="leave the site out")
    parser.add_argument("--no-schedule", action="store_true", help="leave the schedule out")
    parser.add_argument("--no-history", action="store_true", help="leave the past out")
    parser.add_argument("--quick", action="store_true", help=f"build no site of more than {LARGEST_SITE:,} records")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench", help="where the workspaces are made")
    return parser.parse_args()


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    options = parsed()
    folder = options.folder.resolve()
    programs = peers_environment(ROOT / "build" / "bench-venv")
    sizes = sorted(options.sizes)
    say(f"{machine()} Best and median of {options.repeat} runs, after one that does not count.\n")
    with tempfile.TemporaryDirectory() as nothing:
        start = measure(start_jobs(folder, Path(nothing)), max(options.repeat, 10))
    whole: dict[int, Results] = {}
    single: dict[int, Results] = {}
    for size in sizes:
        all_of_it, one_file = check_jobs(folder, size, programs)
        whole[size], single[size] = measure(all_of_it, options.repeat), measure(one_file, max(options.repeat, 5))
    say("## Check everything, and the status\n\n" + whole_table(whole))
    if len(sizes) > 1:
        say("Growth, as the exponent of processor time over size (1 is linear):\n\n" + growth_table(whole, start))
    say("## Check one changed file\n\n" + pair_table(single, JSONSCHEMA, "records in the workspace"))
    say("## Start\n\n" + start_table(start))
    site: dict[int, Results] = {}
    read: dict[int, Reading] = {}
    if not options.no_site:
        sites = [size for size in sizes if not options.quick or size <= LARGEST_SITE]
        site = {size: measure(site_jobs(folder, size), options.repeat) for size in sites}
        say("## Build the site\n\n" + pair_table(site, "mkdocs"))
        # In the workspace and the site that were measured last, which are still there.
        read = {size: reading(*trueup(), folder / f"records-{size}", max(options.repeat, 5)) for size in sites}
        say("## Read the site\n\n" + reading_table(read))
    schedules = {} if options.no_schedule else {size: measure(schedule_jobs(folder, size), options.repeat) for size in SCHEDULES}
    if schedules:
        say("## Schedule\n\n" + schedule_table(schedules))
    history = {} if options.no_history else measure(history_jobs(folder), options.repeat)
    if history:
        say(f"## The past: {HISTORY_RECORDS:,} records, {HISTORY_COMMITS:,} commits\n\n" + history_table(history))
    if options.json:
        found = {
            "machine": machine(),
            "check": whole,
            "check-one": single,
            "start": start,
            "site": site,
            "read": read,
            "schedule": schedules,
            "history": history,
        }
        options.json.write_text(json.dumps(found, default=asdict, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
