"""Everything below a folder, however deep: an inbox may hold folders in folders without end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path


def below(root: Path, unopened: Callable[[Path, OSError], None] = lambda _path, _error: None) -> Iterator[Path]:
    """Files, folders and links in order, each folder before what is in it. Links are not followed.

    Python's own ways call themselves once a folder, and stop at a thousand.

    Args:
        root: the folder, or a link to it; it is not named itself.
        unopened: told of a folder that cannot be opened, and why.
    """
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if path != root:
            yield path
        try:
            if path.is_dir() and (path == root or not path.is_symlink()):
                with os.scandir(path) as entries:
                    waiting += [Path(entry.path) for entry in sorted(entries, key=lambda one: one.name, reverse=True)]
        except OSError as error:
            unopened(path, error)
