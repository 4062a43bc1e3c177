"""The real server, in a process of its own."""

import ast
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import httpx2 as httpx
import pytest

from service.exit_codes import ExitCode
from tests.support import OBJECTIONS, ROOT, serving

Run = Callable[..., "CompletedProcess[bytes]"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECRET = "перезвоните Марине на дачу"


def _readme_example() -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The route, the body and the answer that the README shows."""
    found = re.search(
        r"curl -s http://127\.0\.0\.1:8000(\S+) .*?-d '(.*?)'\n```\n\n```json\n(.*?)```", README, re.DOTALL
    )
    assert found
    return found[1], json.loads(found[2]), json.loads(found[3])


def test_the_readme_example_is_real(tmp_path: Path) -> None:
    """Posted to the shipped model, the README's line gets the README's answer."""
    route, body, expected = _readme_example()
    with serving(ROOT, tmp_path / "log") as address:
        answer = httpx.post(address + route, json=body).raise_for_status().json()
    assert list(answer) == list(expected)
    assert answer["category"] == expected["category"]
    assert answer["scores"] == pytest.approx(expected["scores"], abs=0.02)
    for part in ("term", "name", "definition", "points", "advice"):
        assert answer["glossary"][part] == expected["glossary"][part]
    spans = [
        [(span["start"], span["end"], span["text"]) for span in a["evidence"]] for a in (answer, expected)
    ]
    assert spans[0] == spans[1]


SPIED = """
import sys
opened, imported, unpickled = [], [], []
def spy(event, arguments):
    if event == "open":
        opened.append(str(arguments[0]))
    elif event == "import":
        imported.append(arguments[0].partition(".")[0])
    elif event == "pickle.find_class":
        unpickled.append(arguments[0].partition(".")[0])
sys.addaudithook(spy)
import atexit
@atexit.register
def tell():
    files = [path for path in opened if path.endswith((".csv", ".joblib", ".pkl"))]
    fitting = sorted({"training", "sklearn", "joblib", "pandas", "matplotlib"} & {*imported, *sys.modules})
    seen = len(opened) > 50, len(imported) > 50
    print("spied", *seen, files, fitting, sorted(set(unpickled)), file=sys.stderr, flush=True)
import signal
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
sys.argv = ["objections", "serve"]
from service.cli import main
main()
"""


def test_the_service_neither_trains_nor_unpickles_nor_reads_the_labels(home: Path, tmp_path: Path) -> None:
    """Watched from inside by Python's audit hooks, from the first import to the last answer.

    What is unpickled is numba's record of the code it compiled, nothing of a model.
    """
    log = tmp_path / "log"
    with serving(home, log, sys.executable, "-c", SPIED) as address:
        httpx.post(address + "/v1/classify", json={"text": "дорого", "explain": True}).raise_for_status()
        httpx.get(address + "/v1/model").raise_for_status()
        httpx.get(address + "/v1/glossary").raise_for_status()
    said = re.search(r"spied True True \[\] \[\] (.*)", log.read_text(encoding="utf-8"))
    assert said
    assert set(ast.literal_eval(said[1])) <= {"builtins", "copyreg", "numba", "numpy", "objections"}


def test_no_word_of_a_client_reaches_the_log(home: Path, tmp_path: Path) -> None:
    """Not from bodies, bad bodies, addresses or queries."""
    log = tmp_path / "log"
    with serving(home, log) as address:
        httpx.post(address + "/v1/classify", json={"text": SECRET, "speaker": SECRET, "explain": True})
        httpx.post(address + "/v1/classify", json={"text": SECRET, SECRET: SECRET})
        httpx.post(address + "/v1/classify/batch", json={"lines": [{"text": SECRET, "id": SECRET}]})
        httpx.post(address + "/v1/classify", content=SECRET.encode())
        httpx.get(address + f"/v1/glossary/{SECRET}", params={"text": SECRET})
        httpx.get(address + f"/{SECRET}")
    said = log.read_text(encoding="utf-8")
    assert len(re.findall(r"service\.access_log", said)) == 6
    for word in (*SECRET.split(), "%D0"):
        assert word not in said


def test_several_workers_answer_alike(home: Path, tmp_path: Path) -> None:
    """Each loads the same model."""
    command = str(OBJECTIONS), "serve", "--workers", "2"
    with (
        serving(home, tmp_path / "log", *command) as address,
        ThreadPoolExecutor(8) as pool,
    ):
        # The address is open before the workers are up; requests wait in its queue.
        answers = list(
            pool.map(
                lambda _: httpx.post(
                    address + "/v1/classify", json={"text": "это дорого"}, timeout=30
                ).json(),
                range(40),
            )
        )
    assert answers == [answers[0]] * 40
    assert answers[0]["category"]


def test_a_taken_port_is_told(run_objections: Run) -> None:
    """With what to do about it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_objections("serve", "--port", str(port))
    assert done.returncode == ExitCode.FAILED
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def _type(home: Path, *arguments: str, **environment: str) -> "CompletedProcess[bytes]":
    """Run the real command in a folder where no model was trained for it."""
    settings = {**os.environ, "OBJECTIONS_HOME": str(home), **environment}
    return subprocess.run(
        [OBJECTIONS, *arguments], capture_output=True, env=settings, check=False, timeout=300
    )


@pytest.fixture
def own_home(tmp_path: Path) -> Path:
    """A folder with the shipped model and nothing stored yet."""
    for name in ("data", "models"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 (what is refused)
def test_without_keys_others_cannot_be_let_in(tmp_path: Path, host: str) -> None:
    """By option or by setting; the message says what to do."""
    for arguments, environment in (
        (("--host", host), {}),
        ((), {"OBJECTIONS_HOST": host}),
    ):
        done = _type(tmp_path, "serve", *arguments, **environment)
        assert done.returncode == ExitCode.FAILED
        said = done.stderr.decode()
        assert f"{host} can be reached from other machines, and no API key is configured" in said
        assert "objections keys create" in said
        assert "Traceback" not in said


def test_with_a_key_others_are_let_in_by_it(own_home: Path) -> None:
    """The real command on every address: the key opens, what is not it does not, and it is told nowhere."""
    made = _type(own_home, "keys", "create", "anna", "--role", "score")
    assert made.returncode == ExitCode.OK
    key, log = made.stdout.decode().strip(), own_home / "log"
    command = str(OBJECTIONS), "serve", "--host", "0.0.0.0", "--workers", "2"  # noqa: S104 (what is tested)
    with serving(own_home, log, *command) as address:
        url = address.replace("0.0.0.0", "127.0.0.1") + "/v1/classify"  # noqa: S104 (as above)
        good = [_ask(url, key) for _ in range(20)]
        bad = [_ask(url, wrong) for wrong in ("x", "obj_guessed", key[:-1])]
        refused = _type(own_home, "keys", "revoke", "anna")
        assert refused.returncode == ExitCode.OK
        time.sleep(2)
        late = [_ask(url, key) for _ in range(20)]
        watched = httpx.get(url.replace("/v1/classify", "/metrics"), timeout=30).text
    assert [response.status_code for response in good] == [200] * 20
    assert [response.status_code for response in (*bad, *late)] == [401] * 23
    assert key not in log.read_text(encoding="utf-8")
    counted = re.findall(
        r'objections_requests_total\{method="POST",route="/v1/classify",status="200"\} (\S+)', watched
    )
    assert counted == ["20.0"]
    assert len(re.findall(r"^process_resident_memory_bytes ", watched, re.MULTILINE)) == 1


def _ask(url: str, key: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.post(url, json={"text": "это дорого"}, headers=headers, timeout=60)
