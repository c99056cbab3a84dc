"""What reports state, and how disputes ended, remembered from transaction to transaction.

An election has hundreds of reports, all of which are weighed anew with each further one, and none is changed once it is
on record. Which of them count is asked in every transaction; only what they say is remembered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Pool, event
from sqlalchemy.orm import Session

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


def reads_only(session: Session) -> bool:
    """Whether the session is one that sees one consistent state and cannot write, as `Database.read` gives it."""
    bind = session.get_bind()
    return isinstance(bind, Engine) and bind.get_execution_options().get("writes") is False


class Remembered(Generic[_Key, _Value]):
    """Values of each database that stay what they are once they are committed: the `most` that were last asked for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_pool: WeakKeyDictionary[Pool, OrderedDict[_Key, _Value]] = WeakKeyDictionary()
        self._one_at_a_time = threading.Lock()

    def of(
        self, session: Session, wanted: Iterable[_Key], load: Callable[[list[_Key]], Mapping[_Key, _Value]]
    ) -> dict[_Key, _Value]:
        """The values of these keys, in their order; `load` is asked for those that are not remembered.

        What a transaction that writes has loaded is remembered by itself, and by others once it is committed: it may
        be rolled back, and another row get the key.
        """
        keys = list(wanted)
        own: dict[_Key, _Value] = session.info.setdefault(self, {})
        found = {**self._take(session, keys), **own}
        if missing := [key for key in keys if key not in found]:
            loaded = load(missing)
            found |= loaded
            if not own and not reads_only(session):
                event.listen(session, "after_commit", self._keep, once=True)
            own |= loaded
            if reads_only(session):
                self._keep(session)
        return {key: found[key] for key in keys if key in found}

    def forget(self, session: Session) -> None:
        """Load all values of the session's database anew."""
        with self._one_at_a_time:
            self._known(session).clear()
        session.info.pop(self, None)

    def _take(self, session: Session, keys: Iterable[_Key]) -> dict[_Key, _Value]:
        with self._one_at_a_time:
            known = self._known(session)
            found = {key: known[key] for key in keys if key in known}
            for key in found:
                known.move_to_end(key)
        return found

    def _keep(self, session: Session) -> None:
        with self._one_at_a_time:
            known = self._known(session)
            known.update(session.info.pop(self, {}))
            while len(known) > self._most:
                known.popitem(last=False)

    def _known(self, session: Session) -> OrderedDict[_Key, _Value]:
        bind = session.get_bind()
        engine = bind if isinstance(bind, Engine) else bind.engine
        return self._by_pool.setdefault(engine.pool, OrderedDict())
