select path_type, path, path_rank, persons, converters, conversion_rate, share_of_persons
from journeys.paths
order by path_type, path_rank
