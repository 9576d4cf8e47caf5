"""The user's settings, read from whatever a client or a configuration file gives; a wrong value is a message.

One table, `KEYS`, says which there are: it is read here, and the JSON schema, the settings of the VS Code extension
and the documentation are made of it. Editors write the keys in camelCase, files with hyphens; both are understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from bibwright.analysis.diagnostics import Severity
from bibwright.formats.bibtex.keys import PatternError, read_pattern

DEFAULT_STYLES = ("apa", "modern-language-association", "chicago-author-date")
_MOST_STYLES = 24
DIALECTS = ("bibtex", "biblatex")
#: What `severity` takes; None switches a rule off.
SEVERITIES: Mapping[str, Severity | None] = {**{severity.label: severity for severity in Severity}, "off": None}
#: Stands for every rule.
ALL = "ALL"


class Kind(Enum):
    """What a key takes."""

    #: A list of selectors of rules.
    RULES = "rules"
    #: A table from selectors to severities.
    SEVERITIES = "severities"
    #: A table from globs to lists of selectors.
    RULES_BY_GLOB = "rules by glob"
    DIALECT = "dialect"
    #: A list of files.
    FILES = "files"
    #: A list of globs.
    GLOBS = "globs"
    #: A list of names, in which case does not matter.
    NAMES = "names"
    #: A list of ids of citation styles, and of .csl files.
    STYLES = "styles"
    #: The name of a language, as `de-AT`.
    LOCALE = "locale"
    #: True or false.
    SWITCH = "switch"
    #: A pattern of citation keys.
    KEY_PATTERN = "key pattern"


class Key(NamedTuple):
    """One key. `help` is Markdown, its first sentence a summary; `example` is a value as TOML.

    A `name` with a dot is that of a key in a table.
    """

    name: str
    kind: Kind
    help: str
    example: str

    @property
    def camel_case(self) -> str:
        """The name as editors write it."""
        return re.sub("-([a-z])", lambda match: match[1].upper(), self.name)

    @property
    def replaces(self) -> bool:
        """Whether a value takes the place of that of a weaker source; others build on each other."""
        return self.kind not in (Kind.RULES, Kind.SEVERITIES)

    @property
    def attribute(self) -> str:
        """The attribute of `Settings`."""
        return re.sub("[-.]", "_", self.name)


KEYS = (
    Key(
        "select",
        Kind.RULES,
        "The rules to apply, instead of those that are on by default.",
        '["S", "V408"]',
    ),
    Key(
        "extend-select",
        Kind.RULES,
        "Rules to apply besides those that are on by default or selected. This is how a rule that is off by default is "
        "switched on.",
        '["T"]',
    ),
    Key(
        "ignore",
        Kind.RULES,
        "Rules not to apply. Where `select` and `ignore` both name a rule, the more exact one counts: "
        '`select = ["V408"]` with `ignore = ["V"]` applies V408 alone of its family.',
        '["T611"]',
    ),
    Key(
        "severity",
        Kind.SEVERITIES,
        "How serious the findings of a rule are: `error`, `warning`, `information` or `hint`; `off` switches the rule "
        "off. A severity switches no rule on.",
        '{ V408 = "error", T = "hint", X701 = "off" }',
    ),
    Key(
        "per-file-ignores",
        Kind.RULES_BY_GLOB,
        "Rules not to apply in some files. The patterns are those of a `.gitignore`, relative to the folder of the "
        "configuration file.",
        '{ "archive/*.bib" = ["N", "T"], "*.ris" = ["V408"] }',
    ),
    Key(
        "dialect",
        Kind.DIALECT,
        "The dialect of `.bib` files: `bibtex` or `biblatex`. Without it, what the file declares or the LaTeX "
        "documents near it use decides.",
        '"biblatex"',
    ),
    Key(
        "macro-files",
        Kind.FILES,
        "`.bib` files that are loaded before every other one and define string macros, relative to the folder of the "
        "configuration file.",
        '["macros/journals.bib"]',
    ),
    Key(
        "entry-types",
        Kind.NAMES,
        "Entry types that your styles know and no data model has.",
        '["dataset", "podcast"]',
    ),
    Key(
        "fields",
        Kind.NAMES,
        "Fields that your styles or programs know and no data model has.",
        '["mendeley-tags", "rating"]',
    ),
    Key(
        "styles",
        Kind.STYLES,
        "Citation styles shown when you point at an entry and offered for copying and inserting, in this order: ids, "
        "which `bibwright styles` lists, and `.csl` files, relative to the folder of the configuration file. Without "
        "it they are APA, MLA and Chicago (author-date).",
        '["ieee", "kci-apa"]',
    ),
    Key(
        "locale",
        Kind.LOCALE,
        "The language of citations in styles that have none of their own, as `de-AT`. Without it that is American "
        "English.",
        '"ko-KR"',
    ),
    Key(
        "exclude",
        Kind.GLOBS,
        "Files and folders not to check. The patterns are those of a `.gitignore`, relative to the folder of the "
        "configuration file. The command line checks a file all the same when it is named.",
        '["vendor/", "*-export.bib"]',
    ),
    Key(
        "convert.keep-unmapped",
        Kind.SWITCH,
        "Whether a conversion puts what the other format cannot hold into its note, from where it comes back on "
        "return. Without it that is lost, and reported.",
        "true",
    ),
    Key(
        "convert.key-pattern",
        Kind.KEY_PATTERN,
        "The pattern of citation keys when a conversion to BibTeX or biblatex makes them, as JabRef and Better BibTeX "
        "have it. Without one a record keeps its own key.",
        '"[auth:lower][year][veryshorttitle:lower]"',
    ),
)


class Selection(NamedTuple):
    """What one source of settings says about which rules apply; `select` is None when it leaves the set as it is."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Glob(NamedTuple):
    """A pattern as in a `.gitignore`, relative to the folder `base`."""

    base: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one document. What the keys mean `KEYS` says.

    `selections` are those of the sources, the weakest first. `macro_files`, and those `styles` that are files, are
    paths with the folder they are relative to put before them. `given` are the keys that a source gave, `styles` being
    the default when it did not.
    """

    selections: tuple[Selection, ...] = ()
    severity: tuple[tuple[str, Severity | None], ...] = ()
    per_file_ignores: tuple[tuple[Glob, tuple[str, ...]], ...] = ()
    dialect: str = ""
    macro_files: tuple[str, ...] = ()
    entry_types: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    styles: tuple[str, ...] = DEFAULT_STYLES
    locale: str = ""
    exclude: tuple[Glob, ...] = ()
    convert_keep_unmapped: bool = False
    convert_key_pattern: str = ""
    given: frozenset[str] = frozenset()

    def overridden_by(self, other: Settings) -> Settings:
        """These settings, with what `other` gives in their place; selections and severities build on each other."""
        given = {
            key.attribute: getattr(other, key.attribute) for key in KEYS if key.name in other.given and key.replaces
        }
        return replace(
            self,
            **given,
            selections=(*self.selections, *other.selections),
            severity=(*self.severity, *other.severity),
            given=self.given | other.given,
        )


#: The keys and indices that lead to a value.
ValuePath: TypeAlias = tuple[str | int, ...]


class Problem(NamedTuple):
    """A value that could not be used, with the way to it as written, and one sentence for the user."""

    path: ValuePath
    message: str


#: Gives a sentence on a selector that selects nothing, and None for one that does.
SelectorCheck: TypeAlias = Callable[[str], str | None]


def read_settings(
    value: object,
    *,
    base: str = "",
    check_selector: SelectorCheck = lambda _: None,
    others: Iterable[str] = (),
) -> tuple[Settings, list[Problem]]:
    """Settings from a JSON or TOML object, and a problem for each value that could not be used.

    Files and globs are relative to the folder `base`. `others` are keys that are somebody else's.
    """
    if value is None:
        return Settings(), []
    if not isinstance(value, dict):
        return Settings(), [Problem((), f"the settings are {kind_of(value)}, expected a table")]
    reader = _Reader(base, check_selector)
    for name, given in value.items():
        reader.read(str(name), given, frozenset(others))
    return reader.settings(), reader.problems


class _Reader:
    """Reads one object key by key."""

    def __init__(self, base: str, check_selector: SelectorCheck) -> None:
        self._base = base
        self._check_selector = check_selector
        self._given: set[str] = set()
        self._settings = Settings()
        self._selection = Selection()
        self.problems: list[Problem] = []

    def settings(self) -> Settings:
        """What was read."""
        selections = () if self._selection == Selection() else (self._selection,)
        return replace(self._settings, selections=selections, given=frozenset(self._given))

    def read(self, written: str, value: object, others: frozenset[str]) -> None:
        name = _hyphened(written)
        key = _BY_NAME.get(name)
        if key is None:
            if name in _TABLES:
                self.table(written, name, value)
            elif written not in others:
                self.problem((written,), f'"{shown(written)}" is no setting{did_you_mean(name, _BY_NAME)}')
            return
        self.take(key, (written,), value)

    def table(self, written: str, name: str, value: object) -> None:
        """Read the keys of a table."""
        if not isinstance(value, dict):
            if value is not None:
                self.problem((written,), f'"{shown(written)}" is {kind_of(value)}, expected a table')
            return
        for inner, given in value.items():
            full_name = f"{name}.{_hyphened(str(inner))}"
            key = _BY_NAME.get(full_name)
            if key is not None:
                self.take(key, (written, inner), given)
            else:
                known = [key.name for key in KEYS if key.name.startswith(name + ".")]
                message = f'"{shown(written)}.{shown(inner)}" is no setting{did_you_mean(full_name, known)}'
                self.problem((written, inner), message)

    def take(self, key: Key, path: ValuePath, value: object) -> None:
        """Take in the value of a key."""
        if value is None:
            return  # so an editor says that a setting has no value
        read = self.value(key, path, value)
        if read is None:
            return
        self._given.add(key.name)
        if key.kind is Kind.RULES:
            self._selection = self._selection._replace(**{key.attribute: read})
        else:
            self._settings = replace(self._settings, **{key.attribute: read})

    def value(self, key: Key, path: ValuePath, value: object) -> Any:
        """What the attribute of the key is to hold; None when nothing of the value can be used."""
        match key.kind:
            case Kind.RULES:
                return self.selectors(path, value)
            case Kind.SEVERITIES:
                return self.severities(path, value)
            case Kind.RULES_BY_GLOB:
                return self.selectors_by_glob(path, value)
            case Kind.DIALECT:
                return self.dialect(path, value)
            case Kind.FILES:
                files = self.words(path, value, "file names")
                return None if files is None else tuple(_joined(self._base, file) for _, file in files)
            case Kind.GLOBS:
                globs = self.words(path, value, "patterns")
                return None if globs is None else tuple(Glob(self._base, glob) for _, glob in globs)
            case Kind.NAMES:
                names = self.words(path, value, "names")
                return None if names is None else frozenset(word.lower() for _, word in names)
            case Kind.STYLES:
                styles = self.words(path, value, "ids of citation styles")
                return None if styles is None else self.styles(path, [style for _, style in styles])
            case Kind.LOCALE:
                return self.locale(path, value)
            case Kind.SWITCH:
                return self.switch(path, value)
            case Kind.KEY_PATTERN:
                return self.key_pattern(path, value)

    def problem(self, path: ValuePath, message: str) -> None:
        self.problems.append(Problem(path, message))

    def styles(self, path: ValuePath, names: list[str]) -> tuple[str, ...]:
        """Each style once, and not more than anybody wants to see: each is compiled when an entry is pointed at."""
        styles = tuple(dict.fromkeys(map(self.style, names)))
        if len(styles) > _MOST_STYLES:
            self.problem(path, f"{len(styles)} citation styles are too many; only the first {_MOST_STYLES} are used")
        return styles[:_MOST_STYLES]

    def words(self, path: ValuePath, value: object, what: str) -> list[tuple[ValuePath, str]] | None:
        """The strings of a list, with the ways to them; None when it is no list."""
        if not isinstance(value, list):
            self.problem(path, f'"{shown(path[-1])}" is {kind_of(value)}, expected a list of {what}')
            return None
        found = []
        for index, word in enumerate(value):
            if isinstance(word, str) and word:
                found.append(((*path, index), word))
            else:
                given = "an empty string" if word == "" else kind_of(word)
                self.problem((*path, index), f'"{shown(path[-1])}" holds {given}, expected {what}')
        return found

    def style(self, name: str) -> str:
        return _joined(self._base, name) if name.lower().endswith(".csl") else name

    def locale(self, path: ValuePath, value: object) -> str | None:
        if not isinstance(value, str):
            self.problem(path, f'"{shown(path[-1])}" is {kind_of(value)}, expected the name of a language, as "de-AT"')
        elif value and not _LOCALE.fullmatch(value):
            self.problem(path, f'"{shown(value)}" is not the name of a language, as "de-AT"')
        else:
            return value
        return None

    def selectors(self, path: ValuePath, value: object) -> tuple[str, ...] | None:
        words = self.words(path, value, "rule codes")
        return None if words is None else tuple(word for where, word in words if self.selects(where, word))

    def selects(self, path: ValuePath, selector: str) -> bool:
        complaint = self._check_selector(selector)
        if complaint is not None:
            self.problem(path, complaint)
        return complaint is None

    def severities(self, path: ValuePath, value: object) -> tuple[tuple[str, Severity | None], ...] | None:
        if not isinstance(value, dict):
            self.problem(path, f'"severity" is {kind_of(value)}, expected a table from rule codes to severities')
            return None
        found = []
        for selector, label in value.items():
            where = (*path, selector)
            if not isinstance(label, str):
                self.problem(where, f"the severity of {shown(selector)} is {kind_of(label)}, expected {_SEVERITIES}")
            elif label.lower() not in SEVERITIES:
                self.problem(where, f'"{shown(label)}" is no severity, expected {_SEVERITIES}')
            elif self.selects(where, selector):
                found.append((selector, SEVERITIES[label.lower()]))
        return tuple(found)

    def selectors_by_glob(self, path: ValuePath, value: object) -> tuple[tuple[Glob, tuple[str, ...]], ...] | None:
        if not isinstance(value, dict):
            self.problem(path, f'"{path[-1]}" is {kind_of(value)}, expected a table from patterns to rule codes')
            return None
        read = ((glob, self.selectors((*path, glob), codes)) for glob, codes in value.items())
        return tuple((Glob(self._base, glob), codes) for glob, codes in read if codes is not None)

    def dialect(self, path: ValuePath, value: object) -> str | None:
        if isinstance(value, str) and value.lower() in ("", *DIALECTS):
            return value.lower()
        given = f'"{shown(value)}"' if isinstance(value, str) else kind_of(value)
        self.problem(path, f'the dialect is {given}, expected "bibtex" or "biblatex"')
        return None

    def switch(self, path: ValuePath, value: object) -> bool | None:
        if isinstance(value, bool):
            return value
        self.problem(path, f'"{shown(path[-1])}" is {kind_of(value)}, expected true or false')
        return None

    def key_pattern(self, path: ValuePath, value: object) -> str | None:
        if not isinstance(value, str):
            self.problem(path, f'"{shown(path[-1])}" is {kind_of(value)}, expected a pattern of citation keys')
            return None
        try:
            if value:
                read_pattern(value)
        except PatternError as error:
            self.problem(path, shown(error, 200))
            return None
        return value


def _hyphened(written: str) -> str:
    """The name of a key as files have it."""
    return re.sub("([A-Z])", lambda match: "-" + match[1].lower(), written)


_BY_NAME: Mapping[str, Key] = {key.name: key for key in KEYS}
_TABLES = frozenset(key.name.partition(".")[0] for key in KEYS if "." in key.name)
#: The name of a language (BCP 47): the language itself, then script, country and variants.
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_SEVERITIES = "error, warning, information, hint or off"


def kind_of(value: object) -> str:
    """What a value of JSON or TOML is, in words."""
    kinds = {
        str: "a string",
        list: "a list",
        dict: "a table",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return kinds.get(type(value), "no value" if value is None else "a date")


def shown(value: object, longest: int = 60) -> str:
    """A value of the user for a message, on one line and not too long."""
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+", " ", str(value))
    return text if len(text) <= longest else text[: longest - 3] + "..."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "select"?`, or nothing when no known word is near."""
    near = get_close_matches(word[:60], list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _joined(base: str, path: str) -> str:
    return f"{base}/{path}" if base and not re.match(r"[/\\]|[A-Za-z]:", path) else path
