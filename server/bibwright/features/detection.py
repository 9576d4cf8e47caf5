"""Guesses the encoding of bytes that are no UTF-8 and do not say what they are."""

from __future__ import annotations


def detect_codec(data: bytes) -> list[str]:
    """The codecs that fit, best first; empty when none does."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return [best.encoding] if best else []
