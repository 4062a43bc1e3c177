"""Over HTTP: one worker, one line per request, wrk with 16 connections."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import joblib

from benchmarks.lines import ROOT, read_lines
from benchmarks.measure import Row, compare, in_turns
from objections.artifact import CURRENT
from training.run import PIPELINE

CONNECTIONS = 16
SECONDS = 4
MLSERVER = ROOT / ".venv-mlserver" / "bin" / "mlserver"
PORTS = {"ours": 8201, "empty": 8202, "pipeline": 8203, "mlserver": 8204}
_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local bodies, next = {{}}, 0
for line in io.lines("{bodies}") do bodies[#bodies + 1] = line end
request = function() next = next % #bodies + 1; return wrk.format(nil, nil, nil, bodies[next]) end
"""


def measure_http() -> list[Row]:
    """Measure requests per second of all servers in turns."""
    model = ROOT / "models" / CURRENT / PIPELINE
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        texts = [row["text"] for row in read_lines()[:2_000]]
        lines = _write_script(folder, "lines", [{"text": text, "speaker": "client"} for text in texts])
        inputs = _write_script(folder, "inputs", [_mlserver_body(text) for text in texts])
        serve = [str(ROOT / ".venv/bin/objections"), "serve", "--port", str(PORTS["ours"])]
        commands = {
            "ours": serve,
            "empty": [sys.executable, "-m", "benchmarks.servers.empty", str(PORTS["empty"])],
            "pipeline": [
                sys.executable,
                "-m",
                "benchmarks.servers.pipeline",
                str(PORTS["pipeline"]),
                str(model),
            ],
            "mlserver": [str(MLSERVER), "start", str(_mlserver_model(folder, model))],
        }
        for name, command in commands.items():
            stack.enter_context(_running(command, PORTS[name]))
        path, v2 = "/v1/classify", "/v2/models/objections/infer"
        _ask_once(PORTS["mlserver"], v2, _mlserver_body(texts[0]))
        runs: Mapping[str, Callable[[], float]] = {
            "ours": lambda: _requests(PORTS["ours"], path, lines),
            "empty": lambda: _requests(PORTS["empty"], path, lines),
            "pipeline": lambda: _requests(PORTS["pipeline"], path, lines),
            "mlserver": lambda: _requests(PORTS["mlserver"], v2, inputs),
        }
        rates = in_turns(runs)
    unit = "requests/s"
    return [
        compare("HTTP, an empty FastAPI endpoint", rates["ours"], rates["empty"], unit, 0.7),
        compare("HTTP, FastAPI around scikit-learn's pipeline", rates["ours"], rates["pipeline"], unit, 8),
        compare("HTTP, MLServer's scikit-learn runtime", rates["ours"], rates["mlserver"], unit, 10),
    ]


def _write_script(folder: Path, name: str, bodies: list[dict[str, object]]) -> Path:
    lines, script = folder / f"{name}.jsonl", folder / f"{name}.lua"
    lines.write_text("".join(json.dumps(body) + "\n" for body in bodies), encoding="utf-8")
    script.write_text(_SCRIPT.format(bodies=lines), encoding="utf-8")
    return script


def _mlserver_body(text: str) -> dict[str, object]:
    parameters = {"content_type": "str"}
    given = {"name": "text", "shape": [1], "datatype": "BYTES", "data": [text], "parameters": parameters}
    return {"inputs": [given], "outputs": [{"name": "predict_proba"}]}


def _mlserver_model(folder: Path, model: Path) -> Path:
    """Write the category pipeline as MLServer wants it: one head is all that it can serve."""
    joblib.dump(joblib.load(model)["category"], folder / "model.joblib")
    settings = {
        "http_port": PORTS["mlserver"],
        "grpc_port": 8205,
        "metrics_port": 8206,
        "parallel_workers": 0,
    }
    about = {
        "name": "objections",
        "implementation": "mlserver_sklearn.SKLearnModel",
        "parameters": {"uri": "./model.joblib"},
    }
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "model-settings.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(  # noqa: S603 (our own commands)
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(port)
            yield
        finally:
            process.terminate()


def wait_for(port: int, seconds: float = 120) -> None:
    """Wait until something answers HTTP."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")


def _requests(port: int, path: str, script: Path) -> float:
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError("wrk is missing: apt-get install wrk")
    command = [
        wrk,
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{SECONDS}s",
        "-s",
        str(script),
        f"http://127.0.0.1:{port}{path}",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 (ours)
    if "Non-2xx" in said:
        raise RuntimeError(f"{path}: {said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None or float(found[1]) == 0:
        raise RuntimeError(f"{path}: {said}")
    return float(found[1])


def _ask_once(port: int, path: str, body: dict[str, object]) -> None:
    """Let a server load what it loads at its first request."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=120).close()  # noqa: S310 (a fixed address)
