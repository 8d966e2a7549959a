"""How a landed value becomes a typed one, as SQL expressions.

Parsing is tolerant about form (an id may be a number, a number may be text, a timestamp may
carry an offset or be an epoch) and strict about meaning: what cannot be read becomes null
here and a reason for quarantine in `rules.py`, never a guess. No expression may fail, whatever
the value: a failure would stop the run.
"""

from collections.abc import Callable

from orchestration.ingestion.contract import SQL_TYPES, Kind

TEXT_KINDS = frozenset({Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.CURRENCY})

_NESTED = ("STRUCT", "MAP")
_FLOATS = ("DOUBLE", "FLOAT")
_NUMBERS = (
    *_FLOATS,
    "DECIMAL",
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
)

# What Python and the databases beside us can hold; it also rules out infinity.
_FIRST_MOMENT, _LAST_MOMENT = "timestamp '0001-01-01'", "timestamp '9999-12-31 23:59:59.999999'"

# Data frames write an absent number as NaN, and an absent object as null.
_ABSENT = "('', 'NaN', 'nan')"
_ABSENT_DOCUMENT = "('', 'NaN', 'nan', 'null')"

_TRUE = "('true', 't', 'yes', 'y', 'on', '1', '1.0')"
_FALSE = "('false', 'f', 'no', 'n', 'off', '0', '0.0')"


def parsed(column: str, kind: Kind, landed_type: str) -> str:
    """Return the SQL that reads `column` of type `landed_type` as `kind`.

    Args:
        column: A quoted identifier or any SQL expression.
        kind: What the contract says the column means.
        landed_type: DuckDB type of the column in the file, such as `VARCHAR` or `DOUBLE`.

    Returns:
        An expression of the kind's SQL type; null where the value is absent or unreadable.
    """
    if kind in TEXT_KINDS:
        return _normalised(_as_text(column, landed_type), kind)
    if kind in (Kind.AMOUNT, Kind.COUNT, Kind.NUMBER):
        return _parsed_number(column, kind, landed_type)
    return _PARSERS[kind](column, landed_type)


def is_present(column: str, kind: Kind, landed_type: str) -> str:
    """Return the SQL condition that the file held a value, readable or not."""
    if landed_type != "VARCHAR":
        return f"{column} is not null"
    if kind in TEXT_KINDS:
        return f"trim({column}) <> ''"
    absent = _ABSENT_DOCUMENT if kind is Kind.JSON else _ABSENT
    return f"trim({column}) not in {absent}"


def _as_text(column: str, landed_type: str) -> str:
    if landed_type == "VARCHAR":
        return column
    if _is_one_of(landed_type, (*_FLOATS, "DECIMAL")):
        # Data frames turn an id column with a gap into floats; 123.0 is the id 123.
        return (
            f"case when {column} = trunc({column}) then "
            f"coalesce(cast(try_cast({column} as hugeint) as varchar), cast({column} as varchar)) "
            f"else cast({column} as varchar) end"
        )
    if _is_nested(landed_type):
        return f"cast(to_json({column}) as varchar)"
    return f"cast({column} as varchar)"


def _parsed_id(column: str, landed_type: str) -> str:
    if landed_type != "VARCHAR":
        return _as_text(column, landed_type)
    text = f"trim({column})"
    # An id column with a gap that went through a data frame reads 123.0 in CSV and JSON.
    return (
        f"case when {text} in {_ABSENT} then null "
        f"when ends_with({text}, '.0') and regexp_full_match({text}, '-?[0-9]+\\.0') "
        f"then {text}[:-3] else {text} end"
    )


def _normalised(text: str, kind: Kind) -> str:
    if kind is Kind.EMAIL:
        return f"nullif(lower(trim({text})), '')"
    if kind is Kind.CURRENCY:
        return f"nullif(upper(trim({text})), '')"
    if kind is Kind.PHONE:
        return f"nullif(regexp_replace({text}, '[^0-9+]', '', 'g'), '')"
    return f"nullif({text}, '')"


def _parsed_json(column: str, landed_type: str) -> str:
    if landed_type != "VARCHAR":
        return f"to_json({column})"
    # A JSON string that holds JSON was encoded twice on its way.
    text = (
        f"case when starts_with(ltrim({column}), '\"') "
        f"then json_extract_string(try_cast({column} as json), '$') else {column} end"
    )
    document = f"nullif(try_cast({text} as json), 'null')"
    return f"case when trim({column}) not in {_ABSENT} then {document} end"


def _parsed_timestamp(column: str, landed_type: str) -> str:
    if landed_type == "DATE" or _is_one_of(landed_type, ("TIMESTAMP",)):
        return _bounded(f"try_cast({column} as timestamp)")
    if _is_one_of(landed_type, _NUMBERS):
        return _from_epoch(f"try_cast({column} as double)")
    text = _as_text(column, landed_type)
    # Through timestamptz, because a plain cast to timestamp ignores a written offset.
    # An offset may stand apart from the time; the database reads it only where it does not.
    joined = f"regexp_replace({text}, ' +([+-][0-9:]+)$', '\\1')"
    moment = _bounded(f"cast(try_cast({joined} as timestamptz) as timestamp)")
    otherwise = f"coalesce({moment}, {_from_epoch(f'try_cast({text} as double)')})"
    return (
        f"case when {_is_plain_moment(text)} "
        f"then coalesce(try_cast({text} as timestamp), {otherwise}) else {otherwise} end"
    )


def _is_plain_moment(text: str) -> str:
    """Whether a text is of the usual form: a year of four digits, and no offset but Z.

    Time zones make a cast seven times as slow, and nearly no text needs them.
    """
    usual = f"{text} like '____-__-__ __:__:__'"
    plain = f"regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([T ][0-9:.]+Z?)?')"
    return f"({text} >= '0001' and ({usual} or {plain}))"


def _parsed_date(column: str, landed_type: str) -> str:
    return f"cast({_parsed_timestamp(column, landed_type)} as date)"


def _bounded(moment: str) -> str:
    return f"case when {moment} between {_FIRST_MOMENT} and {_LAST_MOMENT} then {moment} end"


def _from_epoch(number: str) -> str:
    """Epoch seconds, milliseconds or microseconds, told apart by size (1973 to 2286)."""
    return (
        f"case when {number} between 1e8 and 1e10 then epoch_ms(cast({number} * 1e3 as bigint)) "
        f"when {number} between 1e11 and 1e13 then epoch_ms(cast({number} as bigint)) "
        f"when {number} between 1e14 and 1e16 then make_timestamp(cast({number} as bigint)) end"
    )


def _parsed_flag(column: str, landed_type: str) -> str:
    if landed_type == "BOOLEAN":
        return column
    text = f"lower(trim({_as_text(column, landed_type)}))"
    return f"case when {text} in {_TRUE} then true when {text} in {_FALSE} then false end"


def _parsed_number(column: str, kind: Kind, landed_type: str) -> str:
    is_number = _is_one_of(landed_type, _NUMBERS)
    value = column if is_number else f"trim({_as_text(column, landed_type)})"
    if kind is Kind.COUNT:
        # A cast alone would round 12.5 to 13.
        number = f"try_cast({value} as double)"
        return f"case when {number} = trunc({number}) then try_cast({value} as bigint) end"
    if kind is Kind.NUMBER:
        number = f"try_cast({value} as double)"
        return f"case when isfinite({number}) then {number} end"
    return f"try_cast({value} as {SQL_TYPES[kind]})"


def _is_one_of(landed_type: str, prefixes: tuple[str, ...]) -> bool:
    return landed_type.startswith(prefixes) and not _is_nested(landed_type)


def _is_nested(landed_type: str) -> bool:
    return landed_type.startswith(_NESTED) or landed_type.endswith("]")


_PARSERS: dict[Kind, Callable[[str, str], str]] = {
    Kind.ID: _parsed_id,
    Kind.JSON: _parsed_json,
    Kind.FLAG: _parsed_flag,
    Kind.TIMESTAMP: _parsed_timestamp,
    Kind.DATE: _parsed_date,
}
