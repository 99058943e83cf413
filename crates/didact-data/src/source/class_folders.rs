//! One folder a class, image files inside.

use std::path::{Path, PathBuf};

use crate::class_folder_name::decoded;
use crate::draft::{Counting, Draft, DraftLabels, DraftValues, Ids, RawLabel};
use crate::error::DataError;
use crate::format::Format;
use crate::options::Part;
use crate::pixels::ImageOrigin;
use crate::source::files::{ImageFiles, Listing, images_below, name};

const TRAIN: [&str; 2] = ["train", "training"];
const TEST: [&str; 2] = ["test", "testing"];

/// Reads class folders, or those in the `train` or `test` folder. Classes are sorted by name byte by byte; a class
/// folder may hold folders of its own. One without anything in it is a class without samples; one with other files
/// only is no class. Characters that no folder can be called by are written `%2F`, as [`convert`](crate::convert)
/// writes them.
pub(crate) fn read(path: &Path, part: Part) -> Result<Draft, DataError> {
    let root = find_part(path, part)?;
    let ImageFiles { ids, files, ignored } = images_below(&root)?;
    let (ids, files): (Vec<String>, Vec<PathBuf>) = ids
        .into_iter()
        .zip(files)
        .filter(|(id, _)| id.contains('/'))
        .unzip();
    if ids.is_empty() {
        return Err(DataError::Empty {
            path: root,
            expected: "images (PNG, JPEG, WebP or GIF) in class folders",
        });
    }
    let class = |id: &str| {
        id.split_once('/')
            .map_or(String::new(), |(class, _)| decoded(class))
    };
    let mut names: Vec<String> = ids.iter().map(|id| class(id)).collect();
    names.extend(empty_folders(&root)?.iter().map(|folder| decoded(&name(folder))));
    names.sort();
    names.dedup();
    let position = |id: &String| names.binary_search(&class(id)).unwrap_or_default();
    let values = ids.iter().map(|id| RawLabel::position(position(id))).collect();
    Ok(Draft {
        format: Format::ClassFolders,
        labels: Some(DraftLabels {
            file: root.clone(),
            values,
            counting: Counting::Files,
            names: Some(names),
        }),
        ids: Ids::Paths(ids),
        values: DraftValues::Images(ImageOrigin::Files(files)),
        file: root,
        counting: Counting::Rows,
        faults: Vec::new(),
        ignored,
    })
}

fn empty_folders(root: &Path) -> Result<Vec<PathBuf>, DataError> {
    let mut folders = Listing::of(root)?.folders;
    folders.retain(|folder| {
        Listing::of(folder).is_ok_and(|listing| listing.files.is_empty() && listing.folders.is_empty())
    });
    Ok(folders)
}

/// Whether a folder holds class folders in a folder of this part.
pub(crate) fn has_part(listing: &Listing, part: Part) -> bool {
    part_folder(listing, part).is_some_and(holds_classes)
}

/// Whether a folder's subfolders hold images.
pub(crate) fn holds_classes(folder: &Path) -> bool {
    let images = |folder: &PathBuf| images_below(folder).is_ok_and(|found| !found.ids.is_empty());
    Listing::of(folder).is_ok_and(|listing| listing.folders.iter().any(images))
}

fn part_folder(listing: &Listing, part: Part) -> Option<&Path> {
    let names = if part == Part::Test { TEST } else { TRAIN };
    let wanted = |folder: &&PathBuf| names.contains(&name(folder).to_lowercase().as_str());
    listing.folders.iter().find(wanted).map(PathBuf::as_path)
}

fn find_part(path: &Path, part: Part) -> Result<PathBuf, DataError> {
    let listing = Listing::of(path)?;
    if let Some(folder) = part_folder(&listing, part).filter(|folder| holds_classes(folder)) {
        return Ok(folder.to_owned());
    }
    match part {
        Part::Test => Err(DataError::Empty {
            path: path.to_owned(),
            expected: "folder `test` with class folders",
        }),
        Part::Auto | Part::Train => Ok(path.to_owned()),
    }
}
