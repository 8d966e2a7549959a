select segment, description, type, is_auto_update, members, manual_members, rebuilt_on
from customers.segments
where removed_on is null
order by segment
