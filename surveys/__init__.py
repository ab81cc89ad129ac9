"""Collecting and tallying what victims and residents say."""
