"""Garbage: memory that objects hold in rings. Python looks for it after every 700 new objects, at all objects now and
then, and finds next to nothing. What was loaded is no garbage, and rings can wait: in a first crawl of 400 pages the
crawling process looks for half a second instead of one."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects before the youngest are looked at, and how often that is before older ones are (Python's are 700, 10, 10).
_SELDOM = (10_000, 10, 10)


def collect_seldom() -> None:
    """From now on look for garbage seldom, and never among what is there now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """As `collect_seldom`, while a long work lasts; also a decorator."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
