"""Ads of Meta (Facebook, Instagram) through the Marketing API."""
