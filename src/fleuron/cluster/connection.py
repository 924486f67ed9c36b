"""Connect to a Dask scheduler, and send it values that many tasks need; no other module imports Dask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# How long a cluster may take to answer, in seconds.
CLUSTER_TIMEOUT = 30


class NoCluster(Exception):
    """Raised when there is no cluster to use, with the reason in one sentence."""


def connect(address: str, timeout: float = CLUSTER_TIMEOUT) -> Any:
    """Return a client of the Dask scheduler at an address; raise NoCluster if none with workers answers in time."""
    try:
        from distributed import Client
    except ImportError as error:
        raise NoCluster("to use a Dask cluster, install its client: pip install 'fleuron[dask]'") from error
    try:
        client = Client(address, timeout=timeout, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(f"no Dask scheduler answers at {address}") from error
    try:
        client.wait_for_workers(1, timeout=timeout)
    except TimeoutError as error:
        client.close()
        raise NoCluster(f"the Dask scheduler at {address} has no workers") from error
    return client


def send_once(client: Any, name: str, make: Callable[..., Any], *values: Any) -> Any:
    """Let a worker call ``make`` with large values; return the future by which tasks receive what it returns.

    It is the result of a task, and not scattered: scattered data is lost with the worker that has it, the result of a
    task is computed again.
    """
    import dask

    # It is meant to be large: Dask warns of a task with more than 10 MB of arguments.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):
        return client.submit(make, *values, key=name)


def number_of_threads(client: Any) -> int:
    """Return how many tasks the workers of a cluster run at once, at least one."""
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))
