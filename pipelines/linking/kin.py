"""Which bodies stand for each other where pages name a project's lead: unit and owner, a body and what it became."""

from normalise.resolution.bodies import Bodies
from normalise.resolution.history import History


class Kin:
    """Kinship of registered bodies; made once, then only read. It hangs on the registers alone, on no page."""

    def __init__(self, bodies: Bodies, history: History) -> None:
        """The bodies with their owners, and their successors."""
        self._bodies, self._history = bodies, history
        self._lines: dict[str, frozenset[str]] = {}

    def line(self, body: str) -> frozenset[str]:
        """The body with the bodies that it is a part of and those that stand for it today, at any depth."""
        if body not in self._lines:
            found: set[str] = set()
            waiting = [body]
            while waiting:
                current = waiting.pop()
                if current not in found:
                    found.add(current)
                    entry = self._bodies.entries.get(current)
                    waiting += [entry.part_of] if entry and entry.part_of else []
                    waiting += self._history.successor_today(current)
            self._lines[body] = frozenset(found)
        return self._lines[body]
