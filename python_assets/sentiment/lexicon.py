"""VADER, loaded once per process."""

from functools import lru_cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


@lru_cache(maxsize=1)
def analyzer() -> SentimentIntensityAnalyzer:
    """Return the analyzer; it reads its two word lists from the package, in about 20 ms."""
    return SentimentIntensityAnalyzer()
