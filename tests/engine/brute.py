"""Answers by trying everything, over any system with ``start``, ``moves`` and ``is_final``."""

from __future__ import annotations

import heapq
from collections import deque

from guiju.core.flow.net import Net


class TooManyError(Exception):
    """The reference itself would take too long."""


class NetGame:
    """A net played as it stands, transition by transition, never reduced."""

    def __init__(self, net: Net) -> None:
        self.net, self.start = net, net.initial

    def is_final(self, marking) -> bool:
        return marking == self.net.final

    def moves(self, marking):
        for index, t in enumerate(self.net.transitions):
            if all(marking >> p & 1 for p in range(len(self.net.places)) if t.take >> p & 1):
                yield t.label, self.net.fire(marking, index)


class Words:
    """Membership and enumeration by following all states at once."""

    def __init__(self, game) -> None:
        self.game = game
        self.begin = self.quiet({game.start})

    def quiet(self, states) -> frozenset:
        seen, waiting = set(states), list(states)
        while waiting:
            for label, after in self.game.moves(waiting.pop()):
                if not label and after not in seen:
                    seen.add(after)
                    waiting.append(after)
            if len(seen) > 4000:
                raise TooManyError
        return frozenset(seen)

    def after(self, states, label) -> frozenset:
        return self.quiet({to for s in states for by, to in self.game.moves(s) if by == label})

    def labels(self, states) -> set[str]:
        return {by for s in states for by, _ in self.game.moves(s) if by}

    def has(self, word) -> bool:
        states = self.begin
        for label in word:
            states = self.after(states, label)
        return any(map(self.game.is_final, states))

    def up_to(self, length: int, most: int = 3000) -> set[tuple[str, ...]]:
        """Return all words of at most ``length`` activities."""
        words, level, seen = set(), {(): self.begin}, 0
        for _ in range(length + 1):
            following = {}
            for word, states in level.items():
                if any(map(self.game.is_final, states)):
                    words.add(word)
                for label in self.labels(states):
                    following[*word, label] = self.after(states, label)
            seen += len(following)
            if seen > most:
                raise TooManyError
            level = following
        return words


def least_cost(game, trace, *, free_tail: bool = False, most: int = 60_000) -> int | None:
    """Return the least number of insertions and deletions; None if the end is unreachable.

    With ``free_tail`` the flow may go on for nothing after the trace: the prefix cost.
    """
    heap, settled, tie = [(0, 0, game.start, 0)], set(), 0
    while heap:
        cost, _, state, place = heapq.heappop(heap)
        if (state, place) in settled:
            continue
        settled.add((state, place))
        if len(settled) > most:
            raise TooManyError
        over = place == len(trace)
        if over and game.is_final(state):
            return cost
        steps = [] if over else [(cost + 1, state, place + 1)]
        for label, after in game.moves(state):
            paid = cost + (bool(label) and not (over and free_tail))
            steps.append((paid, after, place))
            if label and not over and label == trace[place]:
                steps.append((cost, after, place + 1))
        for paid, after, there in steps:
            tie += 1
            heapq.heappush(heap, (paid, tie, after, there))
    return None


def states_of(game, most: int = 4000) -> dict:
    """Return every reachable state with the states one move on."""
    found, waiting = {}, deque([game.start])
    while waiting:
        state = waiting.popleft()
        if state not in found:
            found[state] = [after for _, after in game.moves(state)]
            waiting.extend(found[state])
            if len(found) > most:
                raise TooManyError
    return found


def can_finish(game, graph: dict) -> set:
    """Return the states of ``graph`` from which the end can be reached."""
    before: dict = {state: [] for state in graph}
    for state, following in graph.items():
        for after in following:
            before[after].append(state)
    good = {s for s in graph if game.is_final(s)}
    waiting = list(good)
    while waiting:
        for state in before[waiting.pop()]:
            if state not in good:
                good.add(state)
                waiting.append(state)
    return good


class Exhaustive:
    """Soundness of a net by its definition."""

    def __init__(self, net: Net, most: int = 4000) -> None:
        self.net = net
        self.graph = states_of(NetGame(net), most)
        self.overfull = any(net.overfills(m, i) for m in self.graph for i in net.enabled(m))
        self.good = can_finish(NetGame(net), self.graph)
        fired = {net.transitions[i].node for m in self.graph for i in net.enabled(m)}
        self.dead = {t.node for t in net.transitions} - fired

    @property
    def stuck(self) -> bool:
        return len(self.good) < len(self.graph)

    @property
    def is_sound(self) -> bool:
        return not (self.overfull or self.stuck or self.dead)


def replay_nodes(net: Net, path) -> tuple[set[int], bool]:
    """Follow ``path`` (nodes, each visit once) from the start in every way that fits it.

    Returns the markings in which the whole path can end, and whether some way there
    puts a second token into a place.
    """
    seen = {(net.initial, 0)}
    waiting, ends, doubled = [(net.initial, 0)], set(), False
    while waiting:
        marking, done = waiting.pop()
        if done == len(path):
            ends.add(marking)
        for index in net.enabled(marking):
            node = net.transitions[index].node
            if done < len(path) and node == path[done]:
                there = done + 1
            elif done and node == path[done - 1]:
                there = done
            else:
                continue
            doubled = doubled or bool(net.overfills(marking, index))
            after = (net.fire(marking, index), there)
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return ends, doubled
