"""What pages stand on is made right after a change, before the first reader comes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from api.library import Library
from api.preparing import Preparing
from api.settings import Settings
from tests.api.conftest import FIRST, NOW, SECOND
from tests.api.rooms import ToyGraph, ToyRooms


class Counting(ToyRooms):
    """Rooms that count how often a graph was made."""

    graphs = 0

    def graph(self, citing: Iterable[Any]) -> ToyGraph:
        self.graphs += 1
        return super().graph(citing)


@pytest.fixture
def rooms() -> Counting:
    return Counting()


def test_after_a_change_it_is_made_ready_once_it_is_quiet(library: Library, rooms: Counting) -> None:
    library.add(FIRST.encode(), "một.txt")
    preparing = Preparing(library)
    preparing.first()
    assert rooms.graphs == 1 and not preparing.look() and not preparing.look()
    library.add(SECOND.encode(), "hai.txt")
    assert not preparing.look(), "more may come"
    assert preparing.look() and not preparing.look()
    made = rooms.graphs
    library.graph().overview("2024-01-10")
    assert rooms.graphs == made == 2


def test_an_office_that_stores_all_the_time_is_not_slowed_down(library: Library, rooms: Counting) -> None:
    library.add(FIRST.encode(), "một.txt")
    preparing = Preparing(library)
    preparing.first()
    preparing._rest_until = float("inf")  # as after a long time of making ready
    library.add(SECOND.encode(), "hai.txt")
    assert [preparing.look() for _ in range(3)] == [False] * 3
    preparing._rest_until = 0.0
    assert preparing.look()


def test_another_process_s_changes_are_seen(library: Library, rooms: Counting, settings: Settings) -> None:
    preparing = Preparing(library)
    preparing.first()
    assert rooms.graphs == 0 and not preparing.look(), "nothing is there yet"
    other = Library(settings, ToyRooms(), now=lambda: NOW)
    other.add(FIRST.encode(), "một.txt")
    other.close()
    assert [preparing.look() for _ in range(3)] == [False, True, False]
    assert rooms.graphs == 1


def test_the_graph_is_made_anew_only_where_a_change_is_of_the_graph(library: Library, rooms: Counting) -> None:
    document = library.add(FIRST.encode(), "một.txt").document
    assert document is not None
    first = library.graph()
    duty = library.duties(library.profile("co_so_giao_duc", "thpt", "An Bình"))[0]
    edit = {"target": "deadline", "key": duty.known.key, "action": "edit", "changes": {"due": "2024-02-01"}}
    library.correcting.correct(document, edit)
    assert library.graph() is first and library.duties(library.profile("co_so_giao_duc"))[0].due == "2024-02-01"
    number = library.correcting.correct(
        document, {"target": "header", "action": "edit", "changes": {"number": "51/SGDĐT-VP"}}
    )
    renamed = library.graph()
    assert renamed is not first and renamed.around("51/SGDĐT-VP", "2024-01-10")["cites"]
    library.undo_correction(number.id)
    assert library.graph() is not renamed
    library.add(SECOND.encode(), "hai.txt")
    assert len(library.graph().held()) == 2
    library.remove("20/SGDĐT-VP")
    assert len(library.graph().held()) == 1
