"""Definitions that fit a simulated shop: its goals and its experiment."""

GOALS_YAML = """\
# What counts as a conversion. Purchases carry revenue; the others carry a fixed value or none.
goals:
  - name: purchase
    conversion_type: purchase
    on: order
    value: total
    counts_as_revenue: true
  - name: newsletter
    conversion_type: lead_form_submission
    on: form
    where: {form_name: newsletter}
    value: 5
    once_per: person
  - name: add_to_cart
    conversion_type: add_to_cart
    on: event
    where: {event_type: add_to_cart}
    once_per: session
  - name: begin_checkout
    conversion_type: begin_checkout
    on: event
    where: {event_type: begin_checkout}
    once_per: session
  - name: deep_scroll
    conversion_type: scroll_depth
    on: event
    where: {event_type: scroll_depth, properties.percent: {">=": 75}}
    once_per: session
"""

EXPERIMENTS_YAML = """\
experiments:
  - name: summer_banner
    type: ad_creative
    status: running
    primary_metric: conversion_rate
    goal: purchase
    unit: visitor
    variants:
      - {{name: control, split: 0.5, is_control: true}}
      - {{name: bright, split: 0.5}}
    confidence_level: 0.95
    target_sample_size: 1000
    started_at: {started_at}
    ended_at: null
"""
