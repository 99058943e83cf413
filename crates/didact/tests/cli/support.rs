//! Running the command in a folder of its own, on data made for the test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder that is the current one of the commands run in it.
pub(crate) struct Workplace {
    folder: TempDir,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Workplace {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    /// Reads a file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs `didact` with arguments separated by spaces.
    pub(crate) fn didact(&self, arguments: &str) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_didact"));
        self.outcome(command.args(arguments.split_whitespace()))
    }

    /// Runs a line of shell in which `$DIDACT` is the command.
    pub(crate) fn shell(&self, line: &str) -> Outcome {
        let mut command = Command::new("sh");
        self.outcome(
            command
                .args(["-c", line])
                .env("DIDACT", env!("CARGO_BIN_EXE_didact")),
        )
    }

    fn outcome(&self, command: &mut Command) -> Outcome {
        let output = command
            .current_dir(self.folder.path())
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| self.without_place(&String::from_utf8(bytes).unwrap());
        Outcome {
            code: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The text without the folder's path, which differs from run to run.
    fn without_place(&self, text: &str) -> String {
        let folder = self.folder.path();
        let real = fs::canonicalize(folder).unwrap();
        let shown = |path: &Path| format!("{}/", path.display());
        text.replace(&shown(&real), "").replace(&shown(folder), "")
    }

    /// Whether nothing is there under a name.
    pub(crate) fn lacks(&self, name: &str) -> bool {
        fs::symlink_metadata(self.path(name)).is_err()
    }

    /// Names of what is in the folder, hidden ones too.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// `table.csv`: 64 rows of two features, whose sum tells the class, and a label.
    pub(crate) fn with_table(self) -> Self {
        self.write("table.csv", table(0..64));
        self.write("more.csv", table(64..96));
        self
    }

    /// `trusted.txt`: the labels of the first 30 rows of `table.csv`.
    pub(crate) fn with_trusted_rows(self) -> Self {
        let table = self.read("table.csv");
        let rows = table.lines().skip(1).take(30);
        let labels = rows.map(|row| row.rsplit(',').next().unwrap().to_owned());
        self.write("trusted.txt", lines(labels));
        self
    }

    /// `images`: class folders `dark` and `light` with eight grey 8x8 images each, and `more` alike.
    pub(crate) fn with_images(self) -> Self {
        for (folder, shift) in [("images", 0), ("more", 20)] {
            for image in 0..8u8 {
                self.write(&format!("{folder}/dark/{image}.png"), png(20 + image + shift));
                self.write(&format!("{folder}/light/{image}.png"), png(200 + image + shift));
            }
        }
        self
    }
}

impl Outcome {
    /// Everything a script and a person see.
    pub(crate) fn all(&self) -> String {
        format!(
            "exit {}\n--- stdout\n{}--- stderr\n{}",
            self.code, self.stdout, self.stderr
        )
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, 0, "{}", self.stderr);
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

fn table(rows: std::ops::Range<u32>) -> String {
    let row = |row: u32| {
        let (width, height) = (row * 7 % 16, row * 11 % 13);
        let label = if width + height > 13 { "large" } else { "small" };
        format!("{width},{height},{label}")
    };
    "width,height,label\n".to_owned() + &lines(rows.map(row))
}

/// A grey 8x8 image of a brightness, with a gradient.
pub(crate) fn png(brightness: u8) -> Vec<u8> {
    let image = image::GrayImage::from_fn(8, 8, |x, y| {
        image::Luma([brightness.saturating_add((x + y) as u8)])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    image.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Rows as text, each with its line end.
pub(crate) fn lines<Row: AsRef<str>>(rows: impl IntoIterator<Item = Row>) -> String {
    let mut text = String::new();
    for row in rows {
        text.push_str(row.as_ref());
        text.push('\n');
    }
    text
}
