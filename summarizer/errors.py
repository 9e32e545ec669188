"""Everything that `summarizer` raises on purpose.

::

    SummarizerError
    ├── LoadError           a file cannot be read as a report
    ├── ProfileError        a genre's prompts and schema do not fit together
    ├── ConfigError         a setting is missing or wrong: a key, a model's name, an extra
    ├── ModelError          a model call failed for good
    │   ├── ModelUnavailable    the server cannot be reached, or refuses the key
    │   ├── ModelOutputError    the answer does not fit the schema, or was cut off
    │   └── BudgetExceeded      the token budget is spent
    ├── CassetteMiss        a replayed run asks for something that was not recorded
    └── RenderError         a memo cannot be written

A message is one line, names the file or the setting, and says what to do next. Foreign
exceptions are translated once, where they enter, with ``raise … from exc``. A check that
fails is not an error: it is a `Check`.
"""


class SummarizerError(Exception):
    """The root: catch this to catch whatever the package raises on purpose."""


class LoadError(SummarizerError):
    """A file cannot be read as a report."""


class ProfileError(SummarizerError):
    """A profile's prompts, schema and cue words are missing or do not fit together."""


class ConfigError(SummarizerError):
    """A setting is missing or wrong: a key, a model's name, an extra that is not installed."""


class ModelError(SummarizerError):
    """A model call failed for good."""


class ModelUnavailable(ModelError):  # noqa: N818 - the public name says what is the matter
    """The model's server cannot be reached, or it refuses the key."""


class ModelOutputError(ModelError):
    """The model's answer does not fit the schema, or was cut off."""


class BudgetExceeded(ModelError):  # noqa: N818
    """The token budget of a run is spent."""


class CassetteMiss(SummarizerError):  # noqa: N818
    """A replayed run asks for an answer that its cassette does not hold."""


class RenderError(SummarizerError):
    """A memo cannot be written in the wanted form or to the wanted place."""
