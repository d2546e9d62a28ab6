"""What registers tell of bodies through time, stored for SQL, whether pages name the bodies or not."""

from collections.abc import Iterable

from sqlite_utils import Database

from archive.sync import Row, sync_table
from normalise.resolution.bodies import Bodies
from normalise.resolution.history import History, Life


def store_histories(db: Database, bodies: Bodies, history: History) -> None:
    """Bring the tables ``bodies`` and ``successions`` up to date, as part of the caller's transaction."""
    lives = {id_: life for id_, life in history.lives.items() if life != Life()}
    merged = {id_ for merger in history.mergers for id_ in (merger.body, merger.successor)}
    sync_table(db, "bodies", ["id"], _body_rows(sorted(lives.keys() | merged), bodies, history))
    rows = [{"body_id": m.body, "successor_id": m.successor, "valid_from": m.date} for m in history.mergers]
    sync_table(db, "successions", ["body_id", "successor_id"], rows)


def _body_rows(ids: Iterable[str], bodies: Bodies, history: History) -> Iterable[Row]:
    for id_ in ids:
        entry, life = bodies.entries.get(id_), history.lives.get(id_, Life())
        # A register may name a body of a merger by its number alone.
        name = entry.names[0] if entry else id_
        yield {"id": id_, "name": name, "valid_from": life.starts, "valid_to": life.ends}
