//! A mentor as a safetensors file.

use std::path::Path;

use didact_curriculum::{Mentor, MentorDescription, MentorNetwork};
use didact_run::{StoredTensor, StoredValues, TensorFile};
use serde::{Deserialize, Serialize};

use crate::error::MentorFileError;

/// The version of the file that is written and read.
const VERSION: u32 = 1;

/// The words of the file.
#[derive(Serialize, Deserialize)]
struct Words {
    mentor: u32,
    #[serde(flatten)]
    description: MentorDescription,
}

/// Writes a mentor: its parameters as tensors under the names of [`MentorNetwork::parts`], and what it was taught as
/// metadata.
///
/// # Errors
///
/// [`MentorFileError::Run`] if the file cannot be written.
pub fn write_mentor(path: &Path, mentor: &Mentor) -> Result<(), MentorFileError> {
    let words = Words {
        mentor: VERSION,
        description: mentor.description.clone(),
    };
    let metadata = serde_json::to_string(&words).map_err(|error| MentorFileError::NotAMentor {
        path: path.to_owned(),
        expected: "a description that can be written",
        found: error.to_string(),
    })?;
    let mut rest = mentor.network.parameters();
    let tensor = |part: didact_curriculum::MentorPart| {
        let (values, others) = rest.split_at(part.shape.iter().product());
        rest = others;
        StoredTensor {
            name: part.name.to_owned(),
            shape: part.shape.to_vec(),
            values: StoredValues::F32(values.to_vec()),
        }
    };
    let tensors = mentor.network.parts().into_iter().map(tensor).collect();
    Ok(TensorFile { metadata, tensors }.write(path)?)
}

/// Reads a mentor.
///
/// # Errors
///
/// [`MentorFileError::NotAMentor`] for another file, or one of another version, and [`MentorFileError::Run`] if it cannot be
/// read.
///
/// ```no_run
/// let mentor = didact_mentor::read_mentor("mentor.safetensors".as_ref())?;
/// println!("taught {}", mentor.description.curriculum);
/// # Ok::<(), didact_mentor::MentorFileError>(())
/// ```
pub fn read_mentor(path: &Path) -> Result<Mentor, MentorFileError> {
    let not = |expected, found: String| MentorFileError::NotAMentor {
        path: path.to_owned(),
        expected,
        found,
    };
    let file = TensorFile::read(path).map_err(|error| match error {
        didact_run::RunError::Malformed { expected, found, .. } => not(expected, found),
        error => error.into(),
    })?;
    let version = serde_json::from_str::<serde_json::Value>(&file.metadata)
        .ok()
        .and_then(|words| words.get("mentor")?.as_u64());
    match version {
        Some(version) if version == u64::from(VERSION) => {}
        Some(version) => return Err(not("a mentor of version 1", format!("version {version}"))),
        None => return Err(not("the words of a mentor", "a file without them".to_owned())),
    }
    let words: Words = serde_json::from_str(&file.metadata)
        .map_err(|error| not("the words of a mentor", error.to_string()))?;
    let (variant, labels) = (
        words.description.training.variant,
        words.description.training.labels,
    );
    let mut parameters = Vec::new();
    for part in MentorNetwork::parts_for(labels) {
        match file.tensor(part.name) {
            Some(StoredTensor {
                shape,
                values: StoredValues::F32(values),
                ..
            }) if *shape == part.shape => {
                parameters.extend_from_slice(values);
            }
            Some(tensor) => {
                let found = format!("{} of {:?}", part.name, tensor.shape);
                return Err(not("the tensors of a mentor", found));
            }
            None => return Err(not("the tensors of a mentor", format!("no {}", part.name))),
        }
    }
    let wrong = |source| MentorFileError::Curriculum {
        path: path.to_owned(),
        source,
    };
    let network = MentorNetwork::from_parameters(variant, labels, parameters).map_err(wrong)?;
    let mentor = Mentor {
        network,
        description: words.description,
    };
    mentor.check().map_err(wrong)?;
    Ok(mentor)
}
