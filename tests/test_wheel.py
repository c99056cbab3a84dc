"""The wheel holds everything that the program reads, and works where no checkout is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.alerts.receivers import unused_port

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("accredwatch", "scheduler", "alerts", "crawler", "storage", "extract", "foundation")


def run(*words: str | Path, **more: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    cwd = Path(more.get("cwd", ROOT))
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release is."""
    folder = tmp_path_factory.mktemp("dist")
    here = ["--no-build-isolation"] if find_spec("hatchling") else []
    done = run(sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", *here, "-w", folder, ROOT)
    if "No matching distribution found for hatchling" in done.stderr:
        pytest.skip("hatchling, which builds the wheel, is neither installed nor to be had")
    assert done.returncode == 0, done.stderr
    (made,) = folder.glob("*.whl")
    return made


def test_every_tracked_file_of_the_rooms_is_inside_and_nothing_else(wheel: Path) -> None:
    listed = run("git", "ls-files", "-z", *ROOMS)
    if listed.returncode != 0:
        pytest.skip("not in a checkout: git does not tell what belongs to the project")
    tracked = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert archive.read("accredwatch/config.toml") == (ROOT / "config.toml").read_bytes()
        assert all(archive.read(name) == (ROOT / name).read_bytes() for name in tracked & inside)
    assert tracked - inside == set()
    assert inside - tracked - {"accredwatch/config.toml"} <= untracked(inside), "what git ignores"


def untracked(inside: set[str]) -> set[str]:
    """New files of the rooms that are not committed yet."""
    new = run("git", "ls-files", "-z", "--others", "--exclude-standard", *ROOMS)
    return {name for name in new.stdout.split("\0") if name} & inside


@dataclass
class Installed:
    """The program installed from the wheel, far from the checkout."""

    bin: Path
    folder: Path

    def __call__(self, *arguments: str | Path) -> str:
        done = run(self.bin / "accredwatch", *arguments, cwd=self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv" / "bin" / "python"
    done = run(
        sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    # The packages that it needs are those of this environment; its own are the wheel's, which stand before them.
    places = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).stdout.strip()
    (Path(site) / "needed.pth").write_text("\n".join(places) + "\n", encoding="utf-8")
    whence = run(python, "-c", "import accredwatch, storage; print(accredwatch.__file__, storage.__file__)", cwd=folder)
    assert whence.stdout.count(str(site)) == 2, whence
    return Installed(python.parent, folder)


def test_it_sets_itself_up_elsewhere(installed: Installed) -> None:
    installed("init", "watch", "--yes", "--contact", "me@example.org", "--channel-url", "json://localhost/")
    config = installed.folder / "watch" / "config.toml"
    assert "channels  desk" in installed("--config", config, "config", "check")
    installed("--config", config, "db", "upgrade")
    assert (installed.folder / "watch" / "var" / "accredwatch.sqlite3").is_file()
    assert "accredwatch" in (installed.folder / "watch" / "config.schema.json").read_text(encoding="utf-8")


STORIES = {
    "en": "CEC accredits observers\n\nASTANA. 1 March 2023. The Central Election Commission accredited 157 foreign "
    "observers at its meeting on Wednesday for the elections to the Mazhilis.",
    "ru": "ЦИК аккредитовал наблюдателей\n\nАСТАНА. 1 марта 2023 года. Центральная избирательная комиссия "
    "аккредитовала 24 международных наблюдателя на выборах депутатов Мажилиса.",
    "kk": "Шетелдік байқаушылар аккредиттелді\n\nАСТАНА. 2023 жылғы 1 наурыз. Орталық сайлау комиссиясы Мәжіліс "
    "депутаттарының сайлауына 24 халықаралық байқаушыны аккредиттеді.",
}


def test_it_reads_every_language(installed: Installed) -> None:
    files = [installed.folder / f"{language}.txt" for language in STORIES]
    for file, text in zip(files, STORIES.values(), strict=True):
        file.write_text(text, encoding="utf-8")
    read = [json.loads(line) for line in installed("extract", "--json", *files).splitlines()]
    stated = {one["lang"]: [figure["value"] for figure in one["figures"]] for one in read}
    assert stated == {"en": [157], "ru": [24], "kk": [24]}


@pytest.fixture
def served(installed: Installed) -> Iterator[str]:
    with unused_port() as port:
        pass
    words: list[str | Path] = [installed.bin / "accredwatch", "serve", "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with subprocess.Popen(words, cwd=installed.folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.send_signal(signal.SIGTERM)


def test_it_serves_the_page(served: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(served, timeout=30) as answer:
                page = answer.read().decode()
            break
        except urllib.error.URLError:
            assert time.monotonic() < deadline
    assert "<html" in page
