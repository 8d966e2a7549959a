"""What a column means, and the SQL type that meaning is stored as."""

from enum import StrEnum


class Kind(StrEnum):
    """What a column means, which decides how its values are parsed."""

    ID = "id"
    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    CURRENCY = "currency"
    AMOUNT = "amount"
    COUNT = "count"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    TIMESTAMP = "timestamp"
    JSON = "json"


SQL_TYPES = {
    Kind.ID: "varchar",
    Kind.TEXT: "varchar",
    Kind.EMAIL: "varchar",
    Kind.PHONE: "varchar",
    Kind.CURRENCY: "varchar",
    # Decimals add up to the same total in any order, so a parallel sum is reproducible.
    # Six places keep what ad platforms report; twelve digits are left before the point.
    Kind.AMOUNT: "decimal(18, 6)",
    Kind.COUNT: "bigint",
    Kind.NUMBER: "double",
    Kind.FLAG: "boolean",
    Kind.DATE: "date",
    Kind.TIMESTAMP: "timestamp",
    Kind.JSON: "json",
}
