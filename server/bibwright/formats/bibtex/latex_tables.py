"""The accents, symbols and commands of LaTeX that bibliographies use, as tables.

A command that is not here is looked up in the library; so a table need not be complete, only right.
"""

from __future__ import annotations

from typing import Final

from bibwright.model.richtext import Style

#: The combining character of each accent command.
ACCENTS: Final = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "r": "\u030a",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "d": "\u0323",
    "t": "\u0361",
}

#: What an accent without a letter prints.
SPACING_ACCENTS: Final = {"`": "`", "'": "´", "^": "^", "~": "~", '"': "¨", "=": "¯", ".": "˙", "c": "¸"}

LIGATURES: Final = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0"}

#: Commands that stand for characters.
SYMBOLS: Final = {
    **{char: char for char in "&%$#_{}"},
    " ": " ",
    ",": "\u202f",
    ";": " ",
    ":": " ",
    "!": "",
    "-": "",
    "/": "",
    "@": "",
    "\\": " ",
    "\n": "\n",
    "ss": "ß",
    "SS": "ẞ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "S": "§",
    "P": "¶",
    "dag": "†",
    "ddag": "‡",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "texteuro": "€",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "textendash": "–",
    "textemdash": "—",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotesingle": "'",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotedbl": '"',
    "guillemotleft": "«",
    "guillemotright": "»",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textunderscore": "_",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textdollar": "$",
    "textdegree": "°",
    "textmu": "µ",
    "textordfeminine": "ª",
    "textordmasculine": "º",
    "textregistered": "®",
    "texttrademark": "™",
    "textperiodcentered": "·",
    "textbullet": "•",
    "textexclamdown": "¡",
    "textquestiondown": "¿",
    "textpm": "±",
    "texttimes": "×",
    "slash": "/",
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "newline": " ",
    "par": "\n",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "adddot": ".",
    "addcomma": ",",
    "addcolon": ":",
    "addspace": " ",
    "addnbspace": "\u00a0",
    "bibrangedash": "–",
    "hyphen": "-",
}

#: Commands whose argument is set in a style.
STYLE_COMMANDS: Final = {
    "textit": Style.ITALIC,
    "emph": Style.ITALIC,
    "textsl": Style.ITALIC,
    "mkbibemph": Style.ITALIC,
    "mkbibitalic": Style.ITALIC,
    "textbf": Style.BOLD,
    "mkbibbold": Style.BOLD,
    "textsc": Style.SMALL_CAPS,
    "textsuperscript": Style.SUPERSCRIPT,
    "mkbibsuperscript": Style.SUPERSCRIPT,
    "textsubscript": Style.SUBSCRIPT,
    "mkbibsubscript": Style.SUBSCRIPT,
    "underline": Style.UNDERLINE,
    "uline": Style.UNDERLINE,
}

#: Commands that set all that follows in the group.
STYLE_SWITCHES: Final = {
    "it": Style.ITALIC,
    "itshape": Style.ITALIC,
    "em": Style.ITALIC,
    "sl": Style.ITALIC,
    "slshape": Style.ITALIC,
    "bf": Style.BOLD,
    "bfseries": Style.BOLD,
    "sc": Style.SMALL_CAPS,
    "scshape": Style.SMALL_CAPS,
    "rm": Style.NONE,
    "rmfamily": Style.NONE,
    "tt": Style.NONE,
    "ttfamily": Style.NONE,
    "sf": Style.NONE,
    "sffamily": Style.NONE,
    "upshape": Style.NONE,
    "normalfont": Style.NONE,
}

#: Commands whose argument is printed as it is.
TRANSPARENT: Final = frozenset(
    ("texttt", "textrm", "textsf", "textup", "textnormal", "textmd", "mbox", "hbox", "text", "bibstring", "autocap")
)

#: Commands that print nothing.
DISCARDED: Final = frozenset(
    ("relax", "protect", "noindent", "allowbreak", "linebreak", "break", "nobreak", "sloppy", "small", "footnotesize")
)

#: Signs of simple formulas.
MATH_SYMBOLS: Final = {
    **dict(
        zip(
            "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
            "upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(),
            "α β γ δ ϵ ε ζ η θ ι κ λ μ ν ξ π ρ σ τ υ ϕ φ χ ψ ω Γ Δ Θ Λ Ξ Π Σ Υ Φ Ψ Ω".split(),
            strict=True,
        )
    ),
    "times": "×",
    "pm": "±",
    "mp": "∓",
    "cdot": "⋅",
    "circ": "∘",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "neq": "≠",
    "ne": "≠",
    "approx": "≈",
    "sim": "∼",
    "equiv": "≡",
    "infty": "∞",
    "to": "→",
    "rightarrow": "→",
    "leftarrow": "←",
    "leftrightarrow": "↔",
    "ldots": "…",
    "dots": "…",
    "prime": "′",
    "ell": "ℓ",
    "dagger": "†",
    "partial": "∂",
    "nabla": "∇",
    "sum": "∑",
    "in": "∈",
    "subset": "⊂",
    "cup": "∪",
    "cap": "∩",
    "oplus": "⊕",
    "otimes": "⊗",
    "langle": "⟨",
    "rangle": "⟩",
    "perp": "⊥",
    "propto": "∝",
    "ll": "≪",
    "gg": "≫",
}

#: The command of each style, the innermost first.
COMMANDS_OF_STYLE: Final = (
    (Style.SUPERSCRIPT, "textsuperscript"),
    (Style.SUBSCRIPT, "textsubscript"),
    (Style.SMALL_CAPS, "textsc"),
    (Style.UNDERLINE, "underline"),
    (Style.BOLD, "textbf"),
    (Style.ITALIC, "textit"),
)

#: What TeX would take for something else, and how it is written so that it prints.
ESCAPES: Final = {
    **{char: "\\" + char for char in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "\u00a0": "~",
}
