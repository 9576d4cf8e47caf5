"""Titles and other running text."""
