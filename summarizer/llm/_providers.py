"""Which models there are and how each is spoken to: names, hosts, keys, sizes.

A model is named ``provider/name``. The default is the embedded one: a key that lies in the
environment never selects a remote model by itself, only a name given on purpose does
(``--model``, ``SUMMARIZER_MODEL``). A provider's own key goes only where that provider was
named; a bare ``--base-url`` gets ``SUMMARIZER_API_KEY`` and nothing else.

Under replay the model, the mode and the sizes come from the cassette unless they are given.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from summarizer import cassette
from summarizer.errors import ConfigError
from summarizer.local import CONTEXT_TOKENS, LOCAL_MODEL_VARIABLE, MODEL_NAME
from summarizer.types import Frozen

Mode = Literal["json_schema", "tools", "json", "md_json"]

MODEL_VARIABLE = "SUMMARIZER_MODEL"
KEY_VARIABLE = "SUMMARIZER_API_KEY"
CUSTOM = "custom"


class Provider(NamedTuple):
    """What is known of a provider before the first call; sizes are in characters and tokens."""

    base_url: str | None
    key_variable: str | None
    mode: Mode
    piece_chars: int
    context_tokens: int | None
    max_output_tokens: int
    concurrency: int
    example: str
    left_out: tuple[str, ...] = ()


# Small models keep the figures on one subsection at a time. DeepSeek documents `json_object` but
# no `json_schema`, DashScope the latter for a few models only; OpenAI's newer models take
# `max_completion_tokens` alone. Ollama cuts a prompt beyond its context without a word, so its
# context is stated here.
PROVIDERS: Mapping[str, Provider] = {
    "local": Provider(None, None, "json_schema", 500, CONTEXT_TOKENS, 1024, 1, MODEL_NAME),
    "openai": Provider(
        "https://api.openai.com/v1", "OPENAI_API_KEY", "json_schema", 3000, 128_000, 8192, 4,
        "gpt-4.1-mini", ("max_tokens",),
    ),
    "deepseek": Provider(
        "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", "json", 3000, 65_536, 8192, 4,
        "deepseek-chat",
    ),
    "dashscope": Provider(
        "https://dashscope.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY", "json", 3000,
        32_768, 8192, 4, "qwen-plus",
    ),
    "ollama": Provider(
        "http://127.0.0.1:11434/v1", None, "json_schema", 600, 4096, 1024, 1, "qwen2.5:7b"
    ),
}  # fmt: skip
_CUSTOM_PROVIDER = Provider(None, None, "json_schema", 1500, None, 4096, 2, "NAME")


class ModelSettings(Frozen):
    """What one run talks to. Holds no key: it can be printed and recorded.

    `name` is the model as the user wrote it (``provider/name``), `model` what the server is
    told. `piece_chars` bounds the characters of report text in one call; `context_tokens` is
    None where unknown. `left_out` names the request parameters that the endpoint refuses.
    """

    name: str
    provider: str
    model: str
    base_url: str | None = None
    mode: Mode
    piece_chars: int = Field(ge=50)
    context_tokens: int | None = Field(default=None, ge=256)
    max_output_tokens: int = Field(ge=16)
    concurrency: int = Field(default=1, ge=1)
    temperature: float = Field(default=0.0, ge=0)
    seed: int = 1
    left_out: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """Host and port of the server, without user name or key; '' for the embedded model."""
        return host_of(self.base_url) if self.base_url else ""

    @property
    def remote(self) -> bool:
        """Whether the report leaves this machine."""
        return self.base_url is not None and not is_loopback(self.base_url)

    @property
    def key_variables(self) -> tuple[str, ...]:
        """The environment variables that may hold this model's key, first one wins."""
        own = PROVIDERS.get(self.provider, _CUSTOM_PROVIDER).key_variable
        return (KEY_VARIABLE, own) if own else (KEY_VARIABLE,)

    def recordable(self) -> dict[str, Any]:
        """What a cassette keeps: all but the host and how many calls ran at once."""
        return self.model_dump(mode="json", exclude={"base_url", "concurrency"})


class KnownModel(Frozen):
    """A row of ``summarizer models``."""

    provider: str
    example: str
    base_url: str | None
    key_variable: str | None
    key_set: bool
    mode: Mode
    piece_chars: int

    @property
    def key_status(self) -> str:
        """Which key is needed and whether it is set, in words."""
        if self.key_variable is None:
            return "no key needed"
        return f"{self.key_variable} {'is set' if self.key_set else 'is not set'}"


def known_models() -> tuple[KnownModel, ...]:
    """The providers and their defaults; of a key only whether it is set."""
    return tuple(
        KnownModel(
            provider=name,
            example=f"{name}/{provider.example}",
            base_url=provider.base_url,
            key_variable=provider.key_variable,
            key_set=any(
                os.environ.get(variable, "").strip()
                for variable in (KEY_VARIABLE, provider.key_variable)
                if variable and provider.key_variable
            ),
            mode=provider.mode,
            piece_chars=provider.piece_chars,
        )
        for name, provider in PROVIDERS.items()
    )


def resolve_model(
    name: str | None = None,
    *,
    base_url: str | None = None,
    mode: str | None = None,
    piece_chars: int | None = None,
    context_tokens: int | None = None,
    max_output_tokens: int | None = None,
) -> ModelSettings:
    """The settings of the model called `name`, with what is given here set over its defaults.

    Without a name: the cassette in use, then ``SUMMARIZER_MODEL``, then the embedded model.
    Raises `ConfigError` for an unknown provider or mode and for a key that is missing.
    """
    tape = cassette.active()
    recorded = dict(tape.settings) if tape else {}
    name = name or _recorded_name(recorded) or os.environ.get(MODEL_VARIABLE, "").strip()
    if not name and base_url is not None:
        raise ConfigError("--base-url names a server but no model: write --model NAME beside it")
    settings = _default_settings(name or "local", _checked_url(base_url))
    if tape and recorded:
        same = recorded.get("name") == settings.name
        wanted = recorded.keys() if same else {"mode", "piece_chars"} & recorded.keys()
        kept = {key: recorded[key] for key in wanted}
        settings = _with(settings, kept, origin=f"the settings in {tape.path}")
    given: dict[str, Any] = {
        "mode": mode.lower().replace("-", "_") if mode else None,
        "piece_chars": piece_chars,
        "context_tokens": context_tokens,
        "max_output_tokens": max_output_tokens,
    }
    given = {key: value for key, value in given.items() if value is not None}
    settings = _with(settings, given, origin=settings.name)
    if not (tape and tape.replaying):
        _check_reachable(settings, own_host=base_url is None)
    return settings


def api_key(settings: ModelSettings) -> str | None:
    """The key for this model from the environment. Raises `ConfigError` for a malformed one."""
    for variable in settings.key_variables:
        key = os.environ.get(variable, "").strip()
        if key:
            if not (key.isascii() and key.isprintable() and " " not in key):
                raise ConfigError(
                    f"the value of {variable} is not a key: it holds spaces or characters that "
                    "no key has; set it again"
                )
            return key
    return None


def host_of(url: str) -> str:
    """Host and port of `url`; user name, password and path stay out of messages."""
    return urlsplit(url).netloc.rpartition("@")[2]


def is_loopback(url: str) -> bool:
    """Whether `url` points at this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _recorded_name(recorded: Mapping[str, Any]) -> str:
    name = recorded.get("name", "")
    return name if isinstance(name, str) else ""


def _default_settings(name: str, base_url: str | None) -> ModelSettings:
    prefix, slash, model = name.partition("/")
    if prefix in PROVIDERS and (slash or base_url is None or prefix == "local"):
        return _settings(prefix, model, base_url)
    if prefix == CUSTOM and slash:
        name = model
    elif base_url is None:
        known = ", ".join(PROVIDERS)
        hint = f"write openai/{name}" if not slash else f"the providers are {known}"
        raise ConfigError(f"no provider is named in --model {name}: {hint}, or give --base-url")
    return _settings(CUSTOM, name, base_url)


def _settings(provider: str, model: str, base_url: str | None) -> ModelSettings:
    known = PROVIDERS.get(provider, _CUSTOM_PROVIDER)
    if provider == "local":
        model = _local_model(model, base_url)
    elif not model:
        raise ConfigError(
            f"--model {provider} names no model: write for example {provider}/{known.example}"
        )
    return ModelSettings(
        name=f"{provider}/{model}",
        provider=provider,
        model=model,
        base_url=base_url or known.base_url,
        mode=known.mode,
        piece_chars=known.piece_chars,
        context_tokens=known.context_tokens,
        max_output_tokens=known.max_output_tokens,
        concurrency=known.concurrency,
        left_out=known.left_out,
    )


def _local_model(model: str, base_url: str | None) -> str:
    own = os.environ.get(LOCAL_MODEL_VARIABLE, "").strip()
    served = Path(own).stem if own else MODEL_NAME
    tape = cassette.active()
    if tape and tape.replaying:
        return model or served
    if base_url is not None:
        raise ConfigError(
            "--base-url does not go with a local model: the program starts that server itself; "
            "name the model as the server at --base-url knows it"
        )
    if model and model != served:
        raise ConfigError(
            f"the local model is {served}, not {model}: "
            f"to serve another GGUF file set {LOCAL_MODEL_VARIABLE}=/path/to/model.gguf"
        )
    return served


def _checked_url(base_url: str | None) -> str | None:
    if base_url is None:
        return None
    url = base_url.strip().rstrip("/").removesuffix("/chat/completions")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good:
        raise ConfigError(
            "--base-url is not an address: write for example http://127.0.0.1:8000/v1"
        )
    return url


def _with(settings: ModelSettings, changes: Mapping[str, Any], *, origin: str) -> ModelSettings:
    """`settings` with `changes` set over them, checked."""
    wanted = {**settings.model_dump(), **changes, "base_url": settings.base_url}
    known = {key: wanted[key] for key in ModelSettings.model_fields if key in wanted}
    try:
        return ModelSettings.model_validate(known)
    except ValidationError as exc:
        problem = exc.errors()[0]
        field = str(problem["loc"][0]) if problem["loc"] else "a setting"
        if field == "mode":
            modes = ", ".join(get_args(Mode))
            message = f"{origin}: the mode {changes.get('mode')!r} is unknown: use one of {modes}"
        else:
            message = f"{origin}: {field}: {problem['msg']}"
        raise ConfigError(message) from exc


def _check_reachable(settings: ModelSettings, *, own_host: bool) -> None:
    if settings.provider == CUSTOM and settings.base_url is None:
        raise ConfigError(f"where is {settings.model} served? Name the address with --base-url")
    variable = PROVIDERS.get(settings.provider, _CUSTOM_PROVIDER).key_variable
    if variable and own_host and api_key(settings) is None:
        raise ConfigError(
            f"no key for {settings.name}: set {variable} (or {KEY_VARIABLE}), "
            "or use --model local, which needs none"
        )
