"""What the address of a page says of the campaign that led to it, as SQL."""

UTM = ("source", "medium", "campaign", "content", "term")

# Networks' click ids in the order they are looked for. Google's stands alone in `click_id`, the
# others with their name, by which the channel rules tell networks apart.
_CLICK_IDS = ("gbraid", "wbraid", "fbclid", "msclkid", "ttclid")

# What analytics tools write for nothing.
_NOTHING = "('', '(not set)', '(direct)', '(none)', '(data not available)', 'null', 'undefined')"
_NO_CAMPAIGN = "('(organic)', '(referral)')"


def url_parameter(url: str, name: str) -> str:
    """SQL: a parameter of an address, decoded; null where it is absent or blank."""
    raw = f"regexp_extract({url}, '[?&#]{name}=([^&#]*)', 1)"
    plain = f"replace({raw}, '+', ' ')"
    # What is no valid encoding is kept as it stands.
    return f"nullif(trim(coalesce(try(url_decode({plain})), {plain})), '')"


def url_utm(url: str, part: str) -> str:
    """SQL: utm_source, utm_medium, ... of an address."""
    # Most addresses carry none; five patterns need not be tried on them.
    return f"case when contains({url}, 'utm_') then {url_parameter(url, f'utm_{part}')} end"


def url_click_id(url: str) -> str:
    """SQL: the click id in an address, as the column `click_id` holds it."""
    others = ", ".join(f"'{name}=' || {url_parameter(url, name)}" for name in _CLICK_IDS)
    found = f"coalesce({url_parameter(url, 'gclid')}, {others})"
    is_likely = (
        f"(contains({url}, 'clid=') or contains({url}, 'braid=') or contains({url}, 'clkid='))"
    )
    return f"case when {is_likely} then {found} end"


def told(value: str) -> str:
    """SQL: a source, medium or term, null where the tool wrote that there is none."""
    return f"case when trim({value}) not in {_NOTHING} then trim({value}) end"


def told_campaign(value: str) -> str:
    """SQL: a campaign's name, null where the tool wrote what kind of visit it was instead."""
    return f"case when {told(value)} not in {_NO_CAMPAIGN} then {told(value)} end"
