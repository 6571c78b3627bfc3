"""Real workers: a dask scheduler with two processes of one thread, each under a nanny."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator

import pytest
from distributed import Client, LocalCluster

from pipeline.cluster import Cluster


@pytest.fixture(scope="session")
def machines() -> Iterator[Client]:
    """A client of their scheduler, to look at them and to harm them."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dask's own, about ports and sockets of its own
        with (
            LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local,
            Client(local, set_as_default=False) as client,
        ):
            yield client


@pytest.fixture
def address(machines: Client) -> str:
    """Where the scheduler is, with both of its workers there."""
    machines.wait_for_workers(2, timeout=60)
    return str(machines.scheduler.address)


@pytest.fixture
def cluster(address: str) -> Iterator[Cluster]:
    pool = Cluster(address)
    yield pool
    pool.shutdown()
