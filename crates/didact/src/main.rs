//! The `didact` command: what does the user type?

mod arguments;
mod cli;
mod commands;
mod error;
mod image_files;
mod interruption;
mod label_list;
mod leak;
mod page;
mod printer;
mod progress;
mod results;
mod settings;
mod shell_word;
mod table;
mod thumbnails;
mod training;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
