"""A Jupyter server that cannot run code: the formgrader needs none, and trainees' words must not find one."""

from __future__ import annotations

from typing import Any, NoReturn

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError


class NoKernels(AsyncMappingKernelManager):
    """Refuses to start a kernel, whoever asks."""

    async def start_kernel(self, **_: Any) -> NoReturn:  # type: ignore[override]
        """Refuse.

        Raises:
            HTTPError: always.
        """
        raise HTTPError(403, "This server runs no code.")
