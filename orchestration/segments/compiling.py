"""Rules as SQL: one query that decides all segments in one pass over the people.

Every value of a rule is a bound parameter; the names in the SQL are columns of
customers.dim_people and names made up here. So its text says nothing that a person wrote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from orchestration.as_of import AsOf
from orchestration.segments.comparisons import DAYS, Comparison, EventWindow, read_comparison
from orchestration.segments.fields import EVENTS, PATTERNS_FIELD, PEOPLE, FieldKind, Known
from orchestration.workspace.segment_rules import Rule, RuleCondition, RuleGroup

_INFIX = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "==": "=", "!=": "<>"}
_NONE_OF = ("!=", "not_in", "not_contains")


@dataclass(frozen=True)
class Compiled:
    """A query.

    Attributes:
        sql: Its text, with places `$1`, `$2` ... for the parameters.
        parameters: Their values, in order.
    """

    sql: str
    parameters: list[object]


_NOBODY = Compiled(
    "select cast(null as varchar) as person_id, cast(null as integer[]) as hits where false", []
)


def decide(rules: Mapping[str, RuleGroup], known: Known, as_of: AsOf) -> Compiled:
    """Write the query that decides for everybody in which segments they are by the rules.

    Args:
        rules: The rules of each segment, by its name.
        known: What the rules can speak of.
        as_of: The day to look from, in the time zone by which times are dated.

    Returns:
        The query of person_id and hits: for each segment its position among the rules, counted
        from 1, or null for somebody whom they do not fit. It reads `customers.dim_people` and,
        where events are counted, `journeys.fct_journey_events`.
    """
    return _Compiler(known, as_of).compiled(rules) if rules else _NOBODY


def compile_rules(rules: Mapping[str, RuleGroup], known: Known, as_of: AsOf) -> Compiled:
    """Write the query of the members by the rules: segment and person_id; as `decide` does."""
    decided = decide(rules, known, as_of)
    # What is unnested is repeated with every other column at hand, so they are few by then.
    sql = f"""with unnested as (
    select person_id, unnest(hits) as hit from ({decided.sql})
)

select cast(${len(decided.parameters) + 1} as varchar[])[hit] as segment, person_id
from unnested
where hit is not null"""
    return Compiled(sql, [*decided.parameters, list(rules)])


@dataclass
class _Compiler:
    """Collects what the conditions need: parameters, columns of people, counts of events."""

    known: Known
    as_of: AsOf
    parameters: list[object] = field(default_factory=list)
    # The columns that conditions compare, each by its name with what it is made of.
    columns: dict[str, str] = field(default_factory=dict)
    counts: dict[EventWindow, str] = field(default_factory=dict)

    def compiled(self, rules: Mapping[str, RuleGroup]) -> Compiled:
        hits = _lines(
            f"case when {self._group(group)} then {position} end"
            for position, group in enumerate(rules.values(), start=1)
        )
        columns = _lines(f"{made} as {name}" for name, made in self.columns.items())
        sql = f"""with
{self._event_counts()}
compared as (
    select
        people.person_id{"," if columns else ""}{columns}
    from {PEOPLE} as people{self._join()}
)

select
    person_id,
    [{hits}
    ] as hits
from compared"""
        return Compiled(sql, self.parameters)

    def _place(self, value: object) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"

    def _group(self, group: RuleGroup) -> str:
        parts = [self._rule(rule) for rule in group.all]
        if group.any:
            parts.append(f"({' or '.join(map(self._rule, group.any))})")
        if group.none:
            parts.append(f"not ({' or '.join(map(self._rule, group.none))})")
        return f"({' and '.join(parts)})"

    def _rule(self, rule: Rule) -> str:
        return self._condition(rule) if isinstance(rule, RuleCondition) else self._group(rule)

    def _condition(self, condition: RuleCondition) -> str:
        comparison = read_comparison(condition, self.known)
        if comparison.kind is FieldKind.PATTERNS:
            return self._patterns(comparison)
        column = self._column(comparison)
        if comparison.operator == "is_null":
            return f"({column} is {'null' if comparison.values[0] else 'not null'})"
        # A null field fails every comparison, whichever way it is written.
        return f"coalesce({self._compared(column, self._dated(comparison))}, false)"

    def _compared(self, column: str, comparison: Comparison) -> str:
        places = [self._place(value) for value in comparison.values]
        operator = comparison.operator
        if operator == "between":
            return f"{column} between {places[0]} and {places[1]}"
        if operator in ("in", "not_in"):
            return f"{column} {operator.replace('_', ' ')} ({', '.join(places)})"
        if operator in ("contains", "not_contains"):
            return f"{operator.replace('_', ' ')}({column}, {places[0]})"
        return f"{column} {_INFIX[operator]} {places[0]}"

    def _dated(self, comparison: Comparison) -> Comparison:
        """Turn numbers of days before the run's day into dates."""
        if comparison.operator not in DAYS:
            return comparison
        first = days_before(self.as_of.day, int(str(comparison.values[0])))
        if comparison.operator == "within_last_days":
            return replace(comparison, operator="between", values=(first, self.as_of.day))
        return replace(comparison, operator="<", values=(first,))

    def _column(self, comparison: Comparison) -> str:
        """The name of a column that conditions compare, which is made once for all of them."""
        if isinstance(comparison.subject, EventWindow):
            return self._count(comparison.subject)
        name = _quoted(comparison.subject)
        if name not in self.columns:
            self.columns[name] = self._made_of(name, comparison.kind)
        return name

    def _made_of(self, name: str, kind: FieldKind) -> str:
        if kind is not FieldKind.MOMENT:
            return f"people.{name}"
        timezone = self._place(self.as_of.timezone)
        return f"cast(timezone({timezone}, timezone('UTC', people.{name})) as date)"

    def _count(self, window: EventWindow) -> str:
        number = len(self.counts) + 1
        name = self.counts.setdefault(window, f'"events {number}"')
        # Who is in no event has none.
        self.columns[name] = f"coalesce(event_counts.{name}, 0)"
        return name

    def _patterns(self, comparison: Comparison) -> str:
        """Whether somebody has one of the patterns, or none; nobody's patterns are unknown."""
        if comparison.operator == "is_null":
            name = _quoted(f"{PATTERNS_FIELD} none")
            self.columns[name] = f"(coalesce(people.{_quoted(PATTERNS_FIELD)}, '') = '')"
            return name if comparison.values[0] else f"not {name}"
        has_one = " or ".join(self._pattern(str(value)) for value in comparison.values)
        return f"not ({has_one})" if comparison.operator in _NONE_OF else f"({has_one})"

    def _pattern(self, pattern: str) -> str:
        name = _quoted(f"{PATTERNS_FIELD} {pattern}")
        if name not in self.columns:
            column = f"people.{_quoted(PATTERNS_FIELD)}"
            patterns = f"string_split(coalesce({column}, ''), ', ')"
            self.columns[name] = f"list_contains({patterns}, {self._place(pattern)})"
        return name

    def _event_counts(self) -> str:
        """The counts per person, all in one scan of the events that are counted at all."""
        if not self.counts:
            return ""
        counted = _lines(
            f"count(*) filter (where {self._is_counted(window)}) as {name}"
            for window, name in self.counts.items()
        )
        types = ", ".join(map(self._place, sorted({one.event_type for one in self.counts})))
        return f"""event_counts as (
    select
        person_id,{counted}
    from {EVENTS}
    where event_type in ({types})
    group by person_id
),
"""

    def _is_counted(self, window: EventWindow) -> str:
        is_type = f"event_type = {self._place(window.event_type)}"
        if window.within_days is None:
            return is_type
        first = days_before(self.as_of.day, window.within_days)
        return f"{is_type} and occurred_date >= {self._place(first)}"

    def _join(self) -> str:
        if not self.counts:
            return ""
        return "\n    left join event_counts on people.person_id = event_counts.person_id"


def days_before(day: date, days: int) -> date:
    """Return the day so many days earlier; the first of all where there is none so early.

    Example:
        >>> days_before(date(2026, 3, 1), 1), days_before(date(2026, 3, 1), 10**9)
        (datetime.date(2026, 2, 28), datetime.date(1, 1, 1))
    """
    return day - timedelta(days=days) if days < day.toordinal() else date.min


def _lines(parts: Iterable[str]) -> str:
    return ",".join(f"\n        {part}" for part in parts)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
