//! The files of CIFAR: one alone, those of a folder, or those inside a `.tar.gz`.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::error::DataError;
use crate::options::Part;
use crate::source::cifar::variant::Variant;
use crate::source::files::{Listing, malformed, name, peek, read_file, read_limited};

/// A file of CIFAR, read when its turn comes.
pub(crate) enum Member {
    OnDisk(PathBuf),
    Unpacked(PathBuf, Vec<u8>),
}

impl Member {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::OnDisk(path) | Self::Unpacked(path, _) => path,
        }
    }

    pub(crate) fn into_bytes(self) -> Result<Vec<u8>, DataError> {
        match self {
            Self::OnDisk(path) => read_file(&path),
            Self::Unpacked(_, bytes) => Ok(bytes),
        }
    }
}

/// What a file is, by its name: `data_batch_1`, `train`, `test_batch`, `test`, `batches.meta`, `meta`, and the same
/// with `.bin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Images(Part),
    Names,
}

impl Role {
    pub(crate) fn of(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".bin").unwrap_or(name);
        let numbered = stem
            .strip_prefix("data_batch_")
            .is_some_and(|number| number.parse::<u8>().is_ok());
        match stem {
            "train" => Some(Self::Images(Part::Train)),
            _ if numbered => Some(Self::Images(Part::Train)),
            "test" | "test_batch" => Some(Self::Images(Part::Test)),
            "batches.meta"
            | "meta"
            | "batches.meta.txt"
            | "fine_label_names.txt"
            | "coarse_label_names.txt" => Some(Self::Names),
            _ => None,
        }
    }
}

/// The image files of a part, sorted by name, and the files of class names.
pub(crate) fn gather(path: &Path, part: Part) -> Result<(Vec<Member>, Vec<Member>), DataError> {
    let all = if is_archive(path)? {
        unpack(path)?
    } else if path.is_dir() {
        on_disk(path)?
    } else {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let names = on_disk(folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|member| role(member) == Some(Role::Names));
        return Ok((vec![Member::OnDisk(path.to_owned())], names.collect()));
    };
    let (names, images): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|member| role(member) == Some(Role::Names));
    Ok((of_part(images, part), names))
}

/// Which of CIFAR's files a folder holds.
pub(crate) fn image_files(listing: &Listing, part: Part) -> Vec<PathBuf> {
    let members = listing.files.iter().cloned().map(Member::OnDisk).collect();
    of_part(members, part)
        .into_iter()
        .map(|member| member.path().to_owned())
        .collect()
}

/// Which variant an archive holds, by the first name that tells; `None` if it holds no CIFAR.
pub(crate) fn detect_archive(path: &Path) -> Result<Option<Variant>, DataError> {
    let variant = |name: &str| {
        if name.contains("batch") {
            Variant::Ten
        } else {
            Variant::HundredFine
        }
    };
    find_name(path, |name| Role::of(name).map(|_| variant(name)))
}

/// Whether an archive holds images of a part.
pub(crate) fn archive_has_part(path: &Path, part: Part) -> Result<bool, DataError> {
    let found = find_name(path, |name| {
        (Role::of(name) == Some(Role::Images(part))).then_some(())
    });
    Ok(found?.is_some())
}

/// The first of an archive's names that `wanted` finds something in; `None` if the file is no archive.
fn find_name<T>(path: &Path, wanted: impl Fn(&str) -> Option<T>) -> Result<Option<T>, DataError> {
    if !is_archive(path)? {
        return Ok(None);
    }
    let mut archive = open(path)?;
    for entry in archive.entries().map_err(|error| broken(path, &error))? {
        let entry = entry.map_err(|error| broken(path, &error))?;
        let found = wanted(&name(&entry.path().map_err(|error| broken(path, &error))?));
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn of_part(members: Vec<Member>, part: Part) -> Vec<Member> {
    let has = |wanted: Part| {
        members
            .iter()
            .any(|member| role(member) == Some(Role::Images(wanted)))
    };
    let wanted = match part {
        Part::Auto if has(Part::Train) => Part::Train,
        Part::Auto => Part::Test,
        part => part,
    };
    members
        .into_iter()
        .filter(|member| role(member) == Some(Role::Images(wanted)))
        .collect()
}

fn role(member: &Member) -> Option<Role> {
    Role::of(&name(member.path()))
}

fn on_disk(folder: &Path) -> Result<Vec<Member>, DataError> {
    Ok(Listing::of(folder)?
        .files
        .into_iter()
        .map(Member::OnDisk)
        .collect())
}

/// A gzipped tar has the word `ustar` in its first header.
fn is_archive(path: &Path) -> Result<bool, DataError> {
    if path.is_dir() {
        return Ok(false);
    }
    Ok(peek(path, 262)?.get(257..262) == Some(b"ustar"))
}

type Archive = tar::Archive<Box<dyn Read>>;

fn open(path: &Path) -> Result<Archive, DataError> {
    let file = File::open(path).map_err(|source| DataError::Read {
        path: path.to_owned(),
        source,
    })?;
    let packed = peek(path, 2)? != b"us";
    let file = BufReader::new(file);
    let reader: Box<dyn Read> = if packed {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    Ok(tar::Archive::new(reader))
}

/// Reads the files of CIFAR; nothing is written to disk, and names with folders in them are only compared.
fn unpack(path: &Path) -> Result<Vec<Member>, DataError> {
    let mut members = Vec::new();
    let mut archive = open(path)?;
    for entry in archive.entries().map_err(|error| broken(path, &error))? {
        let mut entry = entry.map_err(|error| broken(path, &error))?;
        let inner = name(&entry.path().map_err(|error| broken(path, &error))?);
        if Role::of(&inner).is_some() && entry.header().entry_type().is_file() {
            let bytes = read_limited(&mut entry, path)?;
            members.push(Member::Unpacked(path.join(inner), bytes));
        }
    }
    members.sort_by(|left, right| left.path().cmp(right.path()));
    Ok(members)
}

fn broken(path: &Path, error: &std::io::Error) -> DataError {
    malformed(path, format!("tar: {error}"))
}
