-- Nullable moments as text: Evidence shows a null date as 1 January 1970.
select
    segment, description, type, is_auto_update, members, manual_members,
    strftime(rebuilt_on, '%d %b %Y') as rebuilt_on
from customers.segments
where removed_on is null
order by segment
