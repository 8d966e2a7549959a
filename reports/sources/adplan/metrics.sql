select * from metrics.dictionary order by number, metric
