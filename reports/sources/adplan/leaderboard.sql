select
    leaderboard.campaign_id,
    coalesce(leaderboard.campaign_name, 'deleted campaign ' || leaderboard.campaign_id)
        as campaign_name,
    leaderboard.platform, leaderboard.channel, leaderboard.status, leaderboard.window_days,
    leaderboard.rank, leaderboard.spend, leaderboard.impressions, leaderboard.clicks,
    leaderboard.ctr, leaderboard.cpc, leaderboard.sessions, leaderboard.conversions,
    leaderboard.revenue, leaderboard.roas, leaderboard.roas_target, leaderboard.cac,
    leaderboard.new_customers, leaderboard.budget, leaderboard.budget_used,
    leaderboard.previous_spend, leaderboard.previous_revenue, leaderboard.previous_roas,
    leaderboard.roas_trend, leaderboard.days_below_target, leaderboard.is_alert,
    coalesce(leaderboard.alert, '') as alert
from campaigns.leaderboard as leaderboard
order by leaderboard.window_days, leaderboard.rank
