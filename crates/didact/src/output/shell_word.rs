//! Paths as one can type them.

use std::path::Path;

/// A path as a word of a shell: quoted where it holds anything that a shell would act on.
pub(crate) fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |character: char| character.is_alphanumeric() || "/._-+:,@%=".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_shell_would_act_on_is_quoted() {
        assert_eq!(shell_word(Path::new("runs/first-1")), "runs/first-1");
        assert_eq!(shell_word(Path::new("my runs/it's")), r"'my runs/it'\''s'");
        assert_eq!(shell_word(Path::new("eval.bin#0..9")), "'eval.bin#0..9'");
    }
}
