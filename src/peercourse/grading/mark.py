"""Mark: nbgrader's formgrader in the browser, on this machine alone and without any way to run code."""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peercourse.grading.folder import GradingFolder
from peercourse.grading.settings import use_local_templates
from peercourse.quiz.release import programs_on_path

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""The formgrader's own pages need inline scripts. Whatever they do, nothing goes to or comes from another server."""


def serve_marking(folder: GradingFolder, *, open_browser: bool, say: Callable[[str], None]) -> None:
    """Serve the formgrader until Ctrl-C.

    Args:
        folder: the grading folder.
        open_browser: whether to open the browser as well as print the address.
        say: told the address.

    Raises:
        GradingError: nothing was released.
    """
    folder.require()
    use_local_templates()
    before = Path.cwd()
    # In this process alone: nbgrader starts its helpers, and looks for settings, by the environment.
    with tempfile.TemporaryDirectory(prefix="peercourse-mark-") as place, programs_on_path():
        _own_jupyter(Path(place))
        os.chdir(folder.root)
        try:
            _serve(folder, open_browser=open_browser, say=say)
        finally:
            os.chdir(before)


def _own_jupyter(place: Path) -> None:
    """Keep the trainer's other Jupyter settings and extensions out, and ours out of theirs."""
    for name in ("CONFIG", "DATA", "RUNTIME"):
        folder = place / name.lower()
        folder.mkdir()
        os.environ[f"JUPYTER_{name}_DIR"] = str(folder)
    os.environ["JUPYTER_NO_CONFIG"] = "1"


def _serve(folder: GradingFolder, *, open_browser: bool, say: Callable[[str], None]) -> None:
    from jupyter_server.serverapp import ServerApp
    from tornado.ioloop import IOLoop

    server: Any = ServerApp(config=_server_config(folder.root, secrets.token_urlsafe(32)))
    server.initialize(argv=[])
    if folder.db_url:
        _use_gradebook(server.web_app.settings["nbgrader_formgrader"].coursedir, folder.db_url)
    address = f"http://127.0.0.1:{server.port}/formgrader/gradebook?token={server.identity_provider.token}"

    def announce() -> None:
        say(f"Marking is open at\n\n  {address}\n\nMarks are saved as you go. Stop with Ctrl-C.")
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    # The loop runs this first of all, and by then the server listens: nobody is sent to a closed door.
    IOLoop.current().add_callback(announce)
    server.start()


def _use_gradebook(coursedir: Any, db_url: str) -> None:
    """Let the formgrader use another gradebook than its settings name.

    It reads ``nbgrader_config.py`` anew at every request, so the address is put back whenever that changes it.
    """
    coursedir.db_url = db_url
    coursedir.observe(lambda _: coursedir.set_trait("db_url", db_url), "db_url")


def _server_config(root: Path, token: str) -> Any:
    from traitlets.config import Config

    config = Config()
    config.ServerApp.jpserver_extensions = {"nbgrader.server_extensions.formgrader": True}
    config.ServerApp.root_dir = str(root)
    config.ServerApp.ip = "127.0.0.1"
    config.ServerApp.port = 0
    config.ServerApp.allow_root = True
    config.ServerApp.open_browser = False
    config.ServerApp.answer_yes = True
    config.ServerApp.terminals_enabled = False
    config.ServerApp.log_level = 50
    config.ServerApp.default_url = "/formgrader/gradebook"
    config.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": CONTENT_SECURITY_POLICY}}
    config.IdentityProvider.token = token
    config.ServerApp.kernel_manager_class = "peercourse.grading.no_kernels.NoKernels"
    return config
