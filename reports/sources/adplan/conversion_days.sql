select
    date, conversion_type, channel, platform, conversions, value, sessions, converting_sessions
from conversions.conversion_days
where date > (select as_of from health.settings) - 400
order by conversion_type, channel, platform, date
