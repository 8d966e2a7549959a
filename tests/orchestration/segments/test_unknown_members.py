"""Ids that are nobody's are told, all of them that fit, and addresses are not."""

from orchestration.defs.segments.unknown_members import named_by_hand_are_people
from orchestration.segments.members import UnknownMember


def test_without_unknown_ids_the_check_passes():
    result = named_by_hand_are_people([])
    assert result.passed
    assert (result.offending_count, result.offending_rows) == (None, [])


def test_unknown_ids_are_named_by_segment_and_refuse_nothing():
    result = named_by_hand_are_people(
        [
            UnknownMember("a", "cus_1"),
            UnknownMember("a", "ann@example.org"),
            UnknownMember("b", "cus_1"),
        ]
    )
    assert not result.passed
    assert not result.refuses
    assert (result.observed, result.offending_count) == ("3", 3)
    assert result.offending_rows == [
        {"segment": "a", "unknown_members": ["cus_1", "...@example.org"]},
        {"segment": "b", "unknown_members": ["cus_1"]},
    ]


def test_no_more_is_shown_than_can_be_read():
    result = named_by_hand_are_people(
        [UnknownMember(str(segment), str(member)) for segment in range(9) for member in range(99)]
    )
    assert len(result.offending_rows) == 5
    assert result.offending_rows[0]["unknown_members"] == [str(member) for member in range(20)]
    assert result.offending_count == 891
