//! `didact completions`.

use clap::Args;
use clap_complete::Shell;

/// Print a script that completes didact's commands and options in a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  didact completions bash > ~/.local/share/bash-completion/completions/didact"
)]
pub(crate) struct CompletionsArguments {
    /// The shell
    pub(crate) shell: Shell,
}
