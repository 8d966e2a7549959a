"""Forecasts of many series: their cost, their errors beside others', and their intervals."""
