//! A table of what a student observed, one row a sample and epoch.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use didact_curriculum::MentorObservation;

use crate::error::MentorFileError;

/// Labels lie below it: a mentor that tells classes apart has numbers for each.
const MOST_CLASSES: u32 = 1_000_000;

/// A sample is in a dump once an epoch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dump {
    /// The rows that count, in the order of the file.
    pub observations: Vec<MentorObservation>,
    /// How many rows another one of the same sample replaced.
    pub replaced: usize,
}

/// Which rows are of the same sample; the last of them counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// Those of the same sample and the same epoch.
    #[default]
    SampleAndEpoch,
    /// Those of the same sample, whatever the epoch, as in the authors' code.
    Sample,
}

/// Reads rows `sample_id epoch noisy_label clean_label loss`, parted by spaces, commas or tabs, with a header or without.
///
/// Epochs are percents of the run, as MentorNet counts them: `0..100`, and what is above counts as 99. Labels are whole
/// numbers.
///
/// # Errors
///
/// [`MentorFileError::Read`], [`MentorFileError::BadRow`] at the first row that is not such a row, and
/// [`MentorFileError::NothingToLearn`] if there is none.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("dump.csv");
/// std::fs::write(&path, "262 18 9 9 0.003101\n47108 18 6 1 19.554157\n")?;
/// let dump = didact_mentor::read_dump(&path, didact_mentor::Duplicates::SampleAndEpoch)?;
/// assert_eq!(dump.observations.len(), 2);
/// assert!(dump.observations[0].is_right && !dump.observations[1].is_right);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: `google/mentornet`, `training_mentornet/data_generator.py`, which reads files parted by spaces only.
pub fn read_dump(path: &Path, duplicates: Duplicates) -> Result<Dump, MentorFileError> {
    let bytes = fs::read(path).map_err(|source| MentorFileError::Read {
        path: path.to_owned(),
        source,
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let mut dump = Dump::default();
    let mut positions: HashMap<(String, u32), usize> = HashMap::new();
    let mut is_first = true;
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let fields: Vec<&str> = line
            .split([' ', ',', '\t', ';'])
            .map(|field| field.trim().trim_matches('"'))
            .filter(|field| !field.is_empty())
            .collect();
        if fields.is_empty() || (std::mem::take(&mut is_first) && is_header(&fields)) {
            continue;
        }
        let (id, epoch, observation) = row(&fields).map_err(|(expected, found)| MentorFileError::BadRow {
            path: path.to_owned(),
            line: number + 1,
            expected,
            found,
        })?;
        let epoch = match duplicates {
            Duplicates::SampleAndEpoch => epoch,
            Duplicates::Sample => 0,
        };
        let next = dump.observations.len();
        let position = *positions.entry((id, epoch)).or_insert(next);
        if position == next {
            dump.observations.push(observation);
        } else {
            dump.observations[position] = observation;
            dump.replaced += 1;
        }
    }
    if dump.observations.is_empty() {
        return Err(MentorFileError::NothingToLearn {
            path: path.to_owned(),
            problem: "the dump has no row",
        });
    }
    Ok(dump)
}

/// A first row of which nothing is a number.
fn is_header(fields: &[&str]) -> bool {
    fields.iter().all(|field| field.parse::<f64>().is_err())
}

type Wrong = (&'static str, String);

fn row(fields: &[&str]) -> Result<(String, u32, MentorObservation), Wrong> {
    let [id, epoch, given, truth, loss] = fields else {
        let expected = match fields.len() {
            4 => "five fields, the clean label among them",
            _ => "five fields: sample_id, epoch, noisy_label, clean_label and loss",
        };
        return Err((expected, fields.join(" ")));
    };
    let label = |text: &str, expected| {
        let label = text.parse::<u32>().ok().filter(|label| *label < MOST_CLASSES);
        label.ok_or_else(|| (expected, text.to_owned()))
    };
    let (given, truth) = (
        label(given, "a whole number below 1,000,000 as noisy_label")?,
        label(truth, "a whole number below 1,000,000 as clean_label")?,
    );
    let epoch: u32 = epoch
        .parse()
        .map_err(|_| ("a whole number as epoch", (*epoch).to_owned()))?;
    let loss: f64 = loss
        .parse()
        .ok()
        .filter(|loss: &f64| (*loss as f32).is_finite())
        .ok_or_else(|| ("a finite number as loss", (*loss).to_owned()))?;
    let observation = MentorObservation {
        percent: epoch.min(99) as u8,
        given_label: given,
        is_right: given == truth,
        loss,
    };
    Ok(((*id).to_owned(), epoch, observation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, duplicates: Duplicates) -> Result<Dump, MentorFileError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dump.csv");
        fs::write(&path, text).unwrap();
        read_dump(&path, duplicates)
    }

    fn rows(text: &str) -> Dump {
        read(text, Duplicates::SampleAndEpoch).unwrap()
    }

    #[test]
    fn spaces_commas_tabs_headers_and_line_endings_are_all_the_same() {
        let plain = rows("262 18 9 9 0.003101\n47108 18 6 1 19.554157\n");
        assert_eq!(plain.observations.len(), 2);
        for text in [
            "262,18,9,9,0.003101\r\n47108,18,6,1,19.554157",
            "sample_id\tepoch\tnoisy_label\tclean_label\tloss\n262\t18\t9\t9\t0.003101\n\n47108\t18\t6\t1\t19.554157\n",
            "\u{feff}\"id\", epoch, noisy, clean, loss\r\n\"262\", 18, 9, 9, 0.003101\r\n47108, 18, 6, 1, 19.554157\r\n",
        ] {
            assert_eq!(rows(text), plain, "{text}");
        }
    }

    #[test]
    fn the_last_row_of_a_sample_counts() {
        let text = "a 18 1 1 0.5\na 40 1 1 0.25\nb 18 1 2 3\na 18 1 1 0.75\n";
        let each = rows(text);
        assert_eq!((each.observations.len(), each.replaced), (3, 1));
        assert!((each.observations[0].loss - 0.75).abs() < 1e-12);
        let compat = read(text, Duplicates::Sample).unwrap();
        assert_eq!((compat.observations.len(), compat.replaced), (2, 2));
    }

    #[test]
    fn epochs_beyond_the_last_percent_are_rows_of_their_own() {
        let dump = rows("\nid epoch noisy clean loss\na 98 1 1 1\na 99 1 1 2\na 100 1 1 3\na 150 1 1 4\n");
        assert_eq!((dump.observations.len(), dump.replaced), (4, 0));
        assert!(
            dump.observations
                .iter()
                .map(|found| found.percent)
                .eq([98, 99, 99, 99])
        );
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        for (text, expected) in [
            (
                "1 18 1 1 0.5\n2 18 1 0.5",
                "dump.csv:2: expected five fields, the clean label among them",
            ),
            (
                "1 18 1 1 0.5\n2 18 x 1 0.5",
                "dump.csv:2: expected a whole number below 1,000,000 as noisy_label, found `x`",
            ),
            (
                "1 18 1 1 nan",
                "dump.csv:1: expected a finite number as loss, found `nan`",
            ),
            (
                "1 18 1 4000000000 0.5",
                "dump.csv:1: expected a whole number below 1,000,000 as clean_label",
            ),
            ("1 18 1 1 1e308", "dump.csv:1: expected a finite number as loss"),
            (
                "1 -3 1 1 0.5",
                "dump.csv:1: expected a whole number as epoch, found `-3`",
            ),
            ("1 two 1 1 0.5", "dump.csv:1: expected a whole number as epoch"),
            ("\n\n", "the dump has no row"),
        ] {
            let message = read(text, Duplicates::SampleAndEpoch).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}") {
            let _ = read(&text, Duplicates::SampleAndEpoch);
        }
    }
}
