"""The site on localhost, built again when something is saved. The page in the browser reloads by itself."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from peercourse.content.problems import ContentError
from peercourse.publish.site import BuildError, build_site

WATCHED = (
    *("book", "modules", "quizzes", "evidence", "handbook", "src"),
    *("index.md", "_config.yml", "_toc.yml", "institution.yml"),
)


def serve_site(root: Path, port: int, say: Callable[[str], None]) -> None:
    """Build and serve until Ctrl-C.

    Args:
        root: the course folder.
        port: port on 127.0.0.1.
        say: told about each step.

    Raises:
        ContentError, BuildError: the port is taken, or the first build did not succeed. Later builds that do not
            succeed only say so, and the last good site is served on.
    """
    _must_be_free(port)
    site = root / "_site"
    build_site(root, site, say=say)

    def rebuild() -> None:
        try:
            build_site(root, site, say=say)
        except (ContentError, BuildError) as error:
            say(f"{error}\nMend this and save; the last good site is still shown.")

    server = LiveReloadServer(builder=rebuild, host="127.0.0.1", port=port, root=str(site))
    for name in WATCHED:
        if (root / name).exists():
            server.watch(str(root / name))
    say(f"\nOpen http://127.0.0.1:{port}/ in your browser. Ctrl-C stops.")
    try:
        server.serve()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        server.shutdown()


def _must_be_free(port: int) -> None:
    try:
        with socket.create_server(("127.0.0.1", port)):
            pass
    except (OSError, OverflowError):
        raise BuildError(f"Port {port} cannot be used; take another one: scripts/serve --port 8123") from None
