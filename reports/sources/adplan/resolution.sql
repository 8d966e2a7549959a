select
    resolution_method, coalesce(unresolved_reason, '') as unresolved_reason, touches,
    share_of_touches, share_of_tagged_touches, campaigns, average_confidence
from attribution.resolution_stats
order by touches desc, resolution_method, unresolved_reason
