"""``trueup completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that completes trueup's commands and options in a shell.

    For bash: eval "$(trueup completion bash)" in ~/.bashrc. For zsh likewise in ~/.zshrc. For fish: trueup completion
    fish > ~/.config/fish/completions/trueup.fish
    """
    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(click.Group("trueup"), {}, "trueup", "_TRUEUP_COMPLETE").source())
