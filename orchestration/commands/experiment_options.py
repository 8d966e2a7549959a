"""Options that several commands of `adplan experiment` take."""

from typing import Annotated

import typer

Name = Annotated[str, typer.Argument(help="Its name in experiments.yaml.", metavar="NAME")]
At = Annotated[
    str,
    typer.Option(
        help="When: a day of the workspace, or a time (UTC unless it carries an offset); else now."
    ),
]
Type = Annotated[
    str | None, typer.Option(help="ad_creative, landing_page, audience, budget or bidding.")
]
Metric = Annotated[
    str | None,
    typer.Option(help="What decides: conversion_rate, ctr, cpc, roas, leads or revenue."),
]
Guardrail = Annotated[
    list[str] | None, typer.Option(help="Metric that must not get worse; repeatable.")
]
Goal = Annotated[str | None, typer.Option(help="Goal of goals.yaml; else every purchase.")]
Unit = Annotated[str | None, typer.Option(help="What is assigned: visitor or customer.")]
Variants = Annotated[
    list[str] | None,
    typer.Option("--variant", help="An arm and its share, repeatable.", metavar="NAME=SPLIT"),
]
Control = Annotated[str | None, typer.Option(help="The arm that others are compared with.")]
AdSets = Annotated[
    list[str] | None,
    typer.Option(
        "--ad-set",
        help="A Meta ad set that is an arm instead of exposures; repeatable.",
        metavar="VARIANT=ID",
    ),
]
Dimension = Annotated[
    list[str] | None,
    typer.Option(help="Also by country, device, channel, landing_page, customer_type; repeatable."),
]
Confidence = Annotated[float | None, typer.Option(help="Such as 0.95.")]
Target = Annotated[int | None, typer.Option(help="Units over all arms, when it may be decided.")]
MinimumEffect = Annotated[float | None, typer.Option(help="Relative lift worth finding: 0.1.")]
WindowDays = Annotated[
    int | None, typer.Option(help="Days after exposure that count; else as in adplan.yaml.")
]
Ends = Annotated[str | None, typer.Option(help="Last day, or a time, when it ends by plan.")]
Description = Annotated[str | None, typer.Option(help="What is tried, and why.")]
