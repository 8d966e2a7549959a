"""Pauses keep calls under any quota of Meta's kind, and use most of it."""

import pytest

from orchestration.sources.meta_api.pace import pause_seconds, regain_seconds, used_percent


@pytest.mark.parametrize(
    ("calls", "window_seconds"),
    # An app in development, 200 calls an hour of an app, insights of a small account, standard.
    [(60, 300), (200, 3600), (600, 3600), (9000, 300)],
)
@pytest.mark.parametrize("call_seconds", [0.05, 1.0])
def test_a_quota_that_decays_is_never_used_up(
    calls: int, window_seconds: float, call_seconds: float
):
    per_second = calls / window_seconds
    used, highest, seconds, made = 0.0, 0.0, 0.0, 3 * calls
    for _ in range(made):
        used += 1
        highest = max(highest, used / calls)
        pause = pause_seconds(used / calls * 100, 75) + call_seconds
        seconds += pause
        used = max(0.0, used - pause * per_second)
    assert highest < 0.95
    # Three times the quota takes two windows longer than the first, which is free.
    assert seconds < max(1.1 * 2 * window_seconds + 0.3 * window_seconds, made * call_seconds * 1.1)


def test_a_quota_that_ends_on_the_hour_is_not_used_up_within_it():
    used, seconds = 0, 0.0
    while seconds < 3600:
        used += 1
        seconds += pause_seconds(used / 200 * 100, 75) + 0.5
    assert used < 200


def test_pauses_grow_with_use_and_are_bounded():
    pauses = [pause_seconds(percent, 60) for percent in range(0, 130)]
    assert pauses == sorted(pauses)
    assert (pauses[60], pauses[-1]) == (0.0, 300.0)


def test_all_headers_are_read_and_the_fullest_counts():
    headers = {
        "X-App-Usage": '{"call_count": 10, "total_time": 20, "total_cputime": 30}',
        "x-ad-account-usage": '{"acc_id_util_pct": 40.5, "reset_time_duration": 100}',
        "X-Business-Use-Case-Usage": '{"1": [{"type": "ads_insights", "call_count": 50, '
        '"estimated_time_to_regain_access": 0}, {"type": "ads_management", "total_time": 61}]}',
        "x-fb-ads-insights-throttle": '{"app_id_util_pct": 3, "acc_id_util_pct": 62.25}',
    }
    assert used_percent(headers) == 62.25
    assert regain_seconds(headers) == 0
    for name in list(headers)[::-1]:
        del headers[name]
        assert used_percent(headers) == {3: 61, 2: 40.5, 1: 30, 0: 0}[len(headers)]


@pytest.mark.parametrize(
    "value", ["", "[]", "null", "{", '{"call_count": null}', '{"call_count": "x"}']
)
def test_a_header_of_another_form_slows_nothing_down(value: str):
    assert used_percent({"X-App-Usage": value}) == 0
    assert regain_seconds({"X-App-Usage": value}) == 0
