"""Whole sessions out of the parts that single files hold of them."""

from collections.abc import Sequence
from pathlib import Path

from orchestration.ingestion.sql import path_literal
from orchestration.sources.exports.links import UTM
from orchestration.sources.ga4_export.session_parts import FIRSTS

# GA4 counts a session as engaged from ten seconds or two pages on
# (https://support.google.com/analytics/answer/12195621).
_ENGAGED_MS, _ENGAGED_PAGEVIEWS = 10_000, 2


def whole_sessions(
    own: Path, others: Sequence[Path], due: Sequence[Path], *, uses_last_click: bool
) -> str:
    """Return the query for the sessions that the rows of one file belong to, whole.

    Args:
        own: Parts of the file.
        others: Parts of the files that may hold something of its sessions.
        due: Parts of the files whose sessions are laid in the same run. Of these, the one in
            which a session ends lays it, so that it is laid once.
        uses_last_click: Whether GA4's last click stands in where a session names no campaign.
    """
    files = [own, *others]
    numbers = {path: number for number, path in enumerate(sorted(files))}
    parts = " union all by name ".join(
        f"select *, {number} as part, {str(path in due or path == own).lower()} as is_due "
        f"from read_parquet({path_literal(path)})"
        for path, number in numbers.items()
    )
    firsts = ", ".join(
        f"nullif(arg_min(coalesce({column}, ''), {_order(key)}) filter ({key} is not null), '') "
        f"as {column}"
        for key, columns in FIRSTS.items()
        for column in columns
    )
    return f"""
        select session_id, visitor_id, user_id, started_at, ended_at, landing_page, referrer,
            {_utm(uses_last_click=uses_last_click)}, click_id, pageviews, is_bounce,
            country, device, channel_reported
        from (
            select session_id, any_value(visitor_id) as visitor_id,
                -- Two users in one session make it nobody's.
                case when min(first_user_id) = max(last_user_id) then min(first_user_id) end
                    as user_id,
                make_timestamp(min(started_us)) as started_at,
                make_timestamp(max(ended_us)) as ended_at,
                cast(sum(pageviews) as bigint) as pageviews,
                {_is_bounce()} as is_bounce,
                {firsts.replace("as page_url", "as landing_page")},
                arg_max(part, {_order("ended_us")}) filter (is_due) as laid_with
            from ({parts})
            where session_id in (select session_id from read_parquet({path_literal(own)}))
            group by session_id
        )
        where laid_with = {numbers[own]}
        order by started_at, session_id
    """


def _order(key: str) -> str:
    """By moment, then by file."""
    return f"cast({key} as hugeint) * 65536 + part"


def _is_bounce() -> str:
    """GA4's own word on engagement, else its definition."""
    otherwise = (
        f"(coalesce(sum(engagement_ms), 0) >= {_ENGAGED_MS} "
        f"or sum(pageviews) >= {_ENGAGED_PAGEVIEWS})"
    )
    return f"not coalesce(bool_or(is_engaged), {otherwise})"


def _utm(*, uses_last_click: bool) -> str:
    """The campaign of a session.

    First comes what its own events name. GA4 writes Google's ad clicks as google / organic where
    the link bore no utm tags, although a gclid says better, so that these become google / cpc
    under the name that Google Ads has for the campaign. Last comes, if it is wanted, GA4's last
    click, which carries an earlier campaign over to direct visits.
    """
    is_google_ad = (
        "click_id is not null and click_id not like '%=%' "
        "and coalesce(utm_medium, 'organic') = 'organic' "
        "and coalesce(utm_source, 'google') = 'google' and google_ads_campaign is not null"
    )
    is_silent = "coalesce(utm_source, utm_medium, utm_campaign, click_id) is null"
    google = {"source": "'google'", "medium": "'cpc'", "campaign": "google_ads_campaign"}
    columns = []
    for part in UTM:
        branches = [f"when {is_google_ad} then {google.get(part, f'utm_{part}')}"]
        if uses_last_click:
            by_ads = google.get(part, "null")
            branches += [
                f"when {is_silent} and coalesce(last_click_source, last_click_medium, "
                f"last_click_campaign) is not null then last_click_{part}",
                f"when {is_silent} and google_ads_campaign is not null then {by_ads}",
            ]
        columns.append(f"case {' '.join(branches)} else utm_{part} end as utm_{part}")
    return ", ".join(columns)
