select
    topic, sum(texts) as texts, sum(scored_texts) as scored_texts,
    sum(mean_score * scored_texts) / nullif(sum(scored_texts), 0) as mean_score,
    sum(negative_share * scored_texts) / nullif(sum(scored_texts), 0) as negative_share
from customers.sentiment_topics
where topic is not null
group by topic
order by texts desc, topic
