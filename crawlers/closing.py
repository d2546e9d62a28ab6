"""Close a run: link and index what came in, look after the sources, write what happened, tell whom it concerns."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from archive.alarms import settle_alarms
from archive.frontier import count_due, watch_deadlines
from archive.runs import COUNTS, RunState, end_run
from archive.schema import transaction
from crawlers.clock import told
from crawlers.context import CrawlContext, Tally
from crawlers.notify import notify
from crawlers.schedule import DEADLINE_WATCH, stamp
from crawlers.sources import Source
from crawlers.steps import Alarm
from crawlers.watch import alarms
from pipelines.flow import Summary
from pipelines.store import Problem, store_problem

# A host that asked for rest, or that could not be reached a while ago, or has had its requests of the day.
_RESTING = frozenset({"backoff", "budget"})


def close_run(context: CrawlContext) -> Summary:
    """Finish the flow and the runs of all sources; returns the summary of the whole crawl."""
    context.sightings.flush()
    context.hosts.save()
    skew = context.clock.skew()
    if skew:
        _sound_clock(context, told(skew))
    summary = context.flow.close() if context.is_part else context.flow.finish(expire=skew is None)
    raised: list[str] = []
    for source in context.sources.values():
        raised += _close_source(context, source)
        _add_to_summary(summary, context.tallies[source.id])
    _watch_deadlines(context)
    for line in raised:
        context.progress.say(f"alarm: {line}")
    if not context.is_part:
        notify(raised)
    return summary


def _sound_clock(context: CrawlContext, message: str) -> None:
    """An alarm of the run's first source: the clock is the machine's, and one word of it is enough."""
    next(iter(context.tallies.values())).alarms.append(Alarm("clock", message))


def _close_source(context: CrawlContext, source: Source) -> list[str]:
    tally = context.tallies[source.id]
    now = stamp(datetime.now(UTC))
    waiting = count_due(context.db, tally.turn, now=now)
    is_whole = not (waiting or tally.stalled or context.interrupted or context.fatal)
    tally.alarms.extend(alarms(context.db, source, tally, is_whole_round=is_whole))
    if _was_idle(context, tally):
        # With a crawl every hour, rows that say nothing would be most of the list.
        with transaction(context.db):
            context.db.execute("DELETE FROM runs WHERE id = ?", [tally.run_id])
        return []
    counts = {name: tally.actions[name] for name in COUNTS} | {
        "due": max(tally.due, tally.fetched),
        "fetched": tally.fetched,
        "failed": tally.failed,
    }
    with transaction(context.db):
        columns = ", ".join(f"{name} = ?" for name in counts)
        context.db.execute(f"UPDATE runs SET {columns} WHERE id = ?", [*counts.values(), tally.run_id])  # noqa: S608 - constants
        for alarm in tally.alarms:
            problem = Problem(source.start[0] if source.start else source.id, alarm.kind, alarm.message, now)
            store_problem(context.db, problem, tally.run_id)
        settle_alarms(context.db, source.id, now=now)
        state, message = _state(context, tally), _message(context, tally)
        end_run(context.db, tally.run_id, state, message or None)
    is_lost = state == "failed" and context.fatal is None
    return [
        *(alarm.message for alarm in tally.alarms),
        *([f"{source.id}: nothing was fetched ({message})"] if is_lost else []),
    ]


def _was_idle(context: CrawlContext, tally: Tally) -> bool:
    """Whether nothing of a source was due, or what was is still left alone.

    The part of a crawl on a cluster leaves that to the whole.
    """
    is_resting = bool(tally.failures) and tally.failures.keys() <= _RESTING
    nothing = not (tally.fetched or tally.alarms) and (is_resting or not (tally.due or tally.failures))
    return nothing and not (context.is_part or context.fatal or context.interrupted)


def _state(context: CrawlContext, tally: Tally) -> RunState:
    if context.fatal is not None or (tally.failed and not tally.fetched):
        return "failed"
    return "partial" if tally.failed or tally.alarms or tally.stalled or context.interrupted else "done"


def _message(context: CrawlContext, tally: Tally) -> str:
    interrupted = "interrupted" if context.interrupted else ""
    counts = ", ".join(f"{name} {number}" for name, number in sorted(tally.failures.items()))
    return "; ".join(
        part for part in (interrupted, counts, *(f"alarm {a.kind}: {a.message}" for a in tally.alarms)) if part
    )


def _add_to_summary(summary: Summary, tally: Tally) -> None:
    """What never reached the flow: pages that answered 304, and failures that are none of the archive's."""
    summary.actions["unchanged"] += tally.unmodified
    summary.problems.update(Counter({alarm.kind: 1 for alarm in tally.alarms}))


def _watch_deadlines(context: CrawlContext) -> None:
    now = datetime.now(UTC)
    with transaction(context.db):
        watch_deadlines(
            context.db,
            today=now.date().isoformat(),
            horizon=(now + DEADLINE_WATCH).date().isoformat() + "T24",
            tomorrow=stamp(now + timedelta(days=1)),
        )
