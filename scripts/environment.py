"""What the scripts share: a suitable Python, the environment in .venv, and plain endings. Standard library alone."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
SUPPORTED = ((3, 11), (3, 12), (3, 13))


def stop(sentence):
    """End with one sentence."""
    sys.exit("\n" + sentence)


def use_supported_python():
    """Go on under Python 3.11 to 3.13; look for one on PATH if this is another."""
    if sys.version_info[:2] in SUPPORTED:
        return
    for major, minor in reversed(SUPPORTED):
        other = shutil.which(f"python{major}.{minor}")
        if other:
            sys.exit(subprocess.call([other, *sys.argv]))
    stop(
        "Python 3.11, 3.12 or 3.13 is needed; this is {}.{}. Install one of them and run this again.".format(
            *sys.version_info[:2]
        )
    )


def venv_program(name):
    """Path of a program inside .venv."""
    folder = VENV / ("Scripts" if os.name == "nt" else "bin")
    return folder / (name + ".exe" if os.name == "nt" else name)


def ensure_environment():
    """Make .venv from the lock unless it is there already.

    Returns:
        Path of its Python.
    """
    python = venv_program("python")
    packages, project = VENV / "packages.sha256", VENV / "project.sha256"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    if not (python.exists() and _is_noted(packages, _packages_digest())):
        use_supported_python()
        _make_venv()
        _install([*pip, "install", "--progress-bar", "off", "--require-hashes", "--requirement", str(LOCK)])
        packages.write_text(_packages_digest(), encoding="utf-8")
    if not _is_noted(project, _project_digest()):
        _install([*pip, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
        project.write_text(_project_digest(), encoding="utf-8")
    return python


def _make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        stop("Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv")
    print("Setting up .venv from requirements.lock. The first time this takes a few minutes.", flush=True)
    shutil.rmtree(str(VENV), ignore_errors=True)
    venv.create(str(VENV), with_pip=True)


def _is_noted(stamp, digest):
    return stamp.exists() and stamp.read_text(encoding="utf-8") == digest


def _packages_digest():
    """What the installed packages depend on: the lock, and where .venv lies."""
    return hashlib.sha256(LOCK.read_bytes() + str(ROOT).encode()).hexdigest()


def _project_digest():
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def _install(command):
    """Run pip, counting packages on one line; show its words only if it stops."""
    total = sum("==" in line for line in LOCK.read_text(encoding="utf-8").splitlines())
    lines, count = [], 0
    shows = sys.stdout.isatty()
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout:
            lines.append(line)
            count += line.startswith("Collecting")
            if shows and line.startswith("Collecting"):
                print(f"\r  {count} of about {total} packages fetched", end="", flush=True)
            elif line.startswith("Installing collected"):
                print(f"\r  {count} packages fetched; unpacking them", flush=True)
    if process.returncode:
        print("".join(lines[-15:]))
        stop("The packages could not be installed (see above). With a network connection, run this again.")
    if count:
        print(f"  done in {time.monotonic() - started:.0f} s", flush=True)


def run(command, **options):
    """Run a command in the course folder and return its exit status; Ctrl-C ends quietly."""
    try:
        return subprocess.call([str(part) for part in command], cwd=str(ROOT), **options)
    except KeyboardInterrupt:
        return 130


def program_environment():
    """Environment variables with .venv's programs first on PATH."""
    folder = str(venv_program("python").parent)
    return {**os.environ, "PATH": os.pathsep.join([folder, os.environ.get("PATH", "")]), "PYTHONUTF8": "1"}
