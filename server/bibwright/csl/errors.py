"""What can be wrong with a citation style; a record is never an error.

Both are broken configuration: the user named a style that does not exist, or a file that is not a style.
"""

from __future__ import annotations


class StyleError(Exception):
    """A style file cannot be used. `style` is its name, `place` where in it (`line 12, <text>`), or empty."""

    def __init__(self, style: str, place: str, reason: str) -> None:
        self.style = style
        self.place = place
        self.reason = reason
        where = f"{style}, {place}" if place else style
        super().__init__(f"{where}: {reason}")


class UnknownStyleError(StyleError):
    """No built-in style has this id."""

    def __init__(self, style_id: str) -> None:
        super().__init__(style_id, "", f'no citation style has the id "{style_id}"')
