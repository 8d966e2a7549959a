"""What one export file says of each session, in a form that can be added up over files.

A session that lasts past midnight stands in two daily files, and a day of many events is exported
as several. So every file is summed up once, and `sessions.py` puts the parts together.
"""

from orchestration.sources.exports.links import UTM

# Of the first event that tells: GA4 reports the campaign a session began with.
_TRAFFIC = tuple(f"utm_{part}" for part in UTM)
_LAST_CLICK = (
    *(f"last_click_{part}" for part in UTM),
    "google_ads_campaign",
    "channel_reported",
)

# Columns taken from the first event, by the moment that decides which is the first. The key of
# the landing page prefers, of events at one moment, one that knows where the visitor came from.
FIRSTS: dict[str, tuple[str, ...]] = {
    "landing_key": ("page_url", "referrer"),
    "traffic_key": _TRAFFIC,
    "click_key": ("click_id",),
    "place_key": ("country", "device"),
    "last_click_key": _LAST_CLICK,
}

_IS_TOLD = {
    "landing_key": "page_url is not null",
    "traffic_key": " or ".join(f"{name} is not null" for name in _TRAFFIC),
    "click_key": "click_id is not null",
    "place_key": "country is not null or device is not null",
    "last_click_key": " or ".join(f"{name} is not null" for name in _LAST_CLICK),
}


def session_parts(flat_file: str) -> str:
    """Return the query for one row per session of a file.

    Args:
        flat_file: SQL text of the path of the flat events, from `flat_events`.
    """
    keys = ", ".join(f"min(key) filter ({told}) as {name}" for name, told in _IS_TOLD.items())
    # An absent value is a value here: what the first event leaves out, no later one fills in.
    firsts = ", ".join(
        f"nullif(arg_min(coalesce({column}, ''), place) filter ({_IS_TOLD[name]}), '') as {column}"
        for name, columns in FIRSTS.items()
        for column in columns
    )
    return f"""
        select session_id, any_value(visitor_id) as visitor_id,
            min(user_id) as first_user_id, max(user_id) as last_user_id,
            min(us) as started_us, max(us) as ended_us,
            count(*) filter (event_name = 'page_view') as pageviews,
            bool_or(is_engaged) as is_engaged, sum(engagement_ms) as engagement_ms,
            {keys}, {firsts}
        from (
            select *, us * 2 + cast(referrer is null as bigint) as key,
                -- Rows of one moment in the order of the file: the first is always the same.
                cast(us * 2 + cast(referrer is null as bigint) as hugeint) * 4294967296
                    + file_row_number as place
            from (
                select *, epoch_us(timestamp) as us
                from read_parquet({flat_file}, file_row_number = true)
                where session_id is not null and timestamp is not null
            )
        )
        group by session_id
        order by started_us, session_id
    """
