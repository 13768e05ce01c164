"""Typer in Vietnamese: headings of ``--help``, and usage errors as one polite sentence.

Typer has no translations of its own; its commands can be given classes, and its titles are module constants.
"""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

_SHOW_HELP = "Hiện trợ giúp này rồi kết thúc."

_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "Tham số",
    "OPTIONS_PANEL_TITLE": "Tùy chọn",
    "COMMANDS_PANEL_TITLE": "Lệnh",
    "ERRORS_PANEL_TITLE": "Lỗi",
    "DEFAULT_STRING": "[mặc định: {}]",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
    "ENVVAR_STRING": "[biến môi trường: {}]",
}


def _translate_titles() -> None:
    from typer import rich_utils

    for name, title in _TITLES.items():
        setattr(rich_utils, name, title)


def _nothing(ctx: Any) -> None:
    """The type that help shows of a flag or an argument: "<bool>", "<str>" tell an office nothing."""


class _Vietnamese:
    """What commands and groups have in common."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]  # a mix-in: the command class has it
        return usage.replace("Usage:", "Cách dùng:", 1)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]  # as above
        if option is not None:
            option.help = _SHOW_HELP
        return option

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]  # as above
        for param in params:
            if param.param_type_name == "argument" or getattr(param, "is_flag", False):
                param.display_type_rich = _nothing
        return params

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _translate_titles()
        super().format_help(ctx, formatter)  # type: ignore[misc]  # as above


class VietnameseCommand(_Vietnamese, TyperCommand):
    """A command whose help is in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["options_metavar"] = "[TÙY CHỌN]"
        super().__init__(*args, **kwargs)


class VietnameseGroup(_Vietnamese, TyperGroup):
    """The group of all commands, with help in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"options_metavar": "[TÙY CHỌN]", "subcommand_metavar": "LỆNH [THAM SỐ]..."}
        super().__init__(*args, **kwargs)


def usage_message(error: Exception) -> str | None:
    """Return the Vietnamese sentence for a usage error of Typer, None for any other exception."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "UsageError" not in kinds:
        return None
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx is not None else "congvan"
    return f"{_what(error, kinds)} Hãy xem: {command} --help"


def _what(error: Any, kinds: set[str]) -> str:
    if "NoSuchOption" in kinds:
        near = f" Có phải là {', '.join(sorted(error.possibilities))}?" if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}.{near}"
    if "MissingParameter" in kinds:
        return f"Thiếu {_name(error)}."
    if "BadParameter" in kinds:
        return f"Giá trị không hợp lệ cho {_name(error)}: {error.message.rstrip('.')}."
    missing = re.fullmatch(r"No such command '(.*)'\..*", error.message)
    if missing:
        return f"Không có lệnh “{missing[1]}”."
    if error.message.startswith("Missing command"):
        return "Thiếu tên lệnh."
    if error.message.startswith("Got unexpected extra argument"):
        return f"Thừa tham số {error.message.rpartition('(')[2].rstrip(')')}."
    if "BadOptionUsage" in kinds:
        return f"Tùy chọn {error.option_name} cần một giá trị."
    return f"Lệnh viết chưa đúng ({error.message.rstrip('.')})."


def _name(error: Any) -> str:
    param = error.param
    if param is None:
        return f"tham số {error.param_hint or ''}".strip()
    if param.param_type_name == "argument":
        return f"tham số {str(param.metavar or param.name).strip('.')}"
    return f"tùy chọn {' / '.join(param.opts)}"
