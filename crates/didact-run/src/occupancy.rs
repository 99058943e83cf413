//! Whose a place is: free for a new run, or claimed by the process that writes it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::RunError;
use crate::folder::RunFolder;

/// A run that belongs to this process for now.
#[derive(Debug)]
pub struct Claim {
    _file: File,
}

/// How many folders were made to learn whether one can be.
static PROBES: AtomicUsize = AtomicUsize::new(0);

impl RunFolder {
    /// Makes a new run folder, and the folders above it.
    ///
    /// # Errors
    ///
    /// [`RunError::Exists`] if there is anything at `path` but an empty folder, or the empty rooms of a run that was
    /// killed before it began; [`RunError::Write`] if it cannot be made.
    pub fn create(path: &Path) -> Result<Self, RunError> {
        let run = Self {
            path: path.to_owned(),
        };
        let occupied = fs::symlink_metadata(path).is_ok() && !run.is_vacant();
        if occupied {
            return Err(RunError::Exists { path: run.path });
        }
        for folder in [run.path.clone(), run.ledger_folder(), run.checkpoint_folder()] {
            fs::create_dir_all(&folder).map_err(|source| RunError::Write { path: folder, source })?;
        }
        Ok(run)
    }

    /// Refuses a place that [`Self::create`] would refuse, and leaves it as it is.
    ///
    /// # Errors
    ///
    /// As those of [`Self::create`].
    pub fn check_place(path: &Path) -> Result<(), RunError> {
        let run = Self {
            path: path.to_owned(),
        };
        if fs::symlink_metadata(path).is_ok() && !run.is_vacant() {
            return Err(RunError::Exists { path: run.path });
        }
        let writable = || {
            let absolute = std::path::absolute(path)?;
            let above = absolute
                .ancestors()
                .find(|folder| fs::symlink_metadata(folder).is_ok());
            // The only sure way to learn whether a folder can be made is to make one, of a name that neither another
            // process nor another thread takes meanwhile.
            let number = PROBES.fetch_add(1, Ordering::Relaxed);
            let name = format!(".didact-{}-{number}", std::process::id());
            let probe = above.unwrap_or(path).join(name);
            fs::create_dir(&probe)?;
            fs::remove_dir(&probe)
        };
        writable().map_err(|source| RunError::Write {
            path: run.path,
            source,
        })
    }

    /// Takes away what [`Self::create`] made, if nothing has been put into it since.
    pub fn remove_if_vacant(path: &Path) {
        let run = Self {
            path: path.to_owned(),
        };
        if run.is_vacant() {
            for folder in [run.ledger_folder(), run.checkpoint_folder(), run.path] {
                // A folder that is not empty after all stays, which is no error.
                let _ = fs::remove_dir(folder);
            }
        }
    }

    /// Whether the folder holds nothing but, perhaps, its own empty rooms and what a killed writer left.
    fn is_vacant(&self) -> bool {
        let rooms = [self.ledger_folder(), self.checkpoint_folder()];
        let is_room =
            |path: &PathBuf| rooms.contains(path) && entries(path).is_some_and(|all| all.is_empty());
        let all = entries(&self.path);
        all.is_some_and(|all| all.iter().all(|path| is_room(path) || is_left_over(path)))
    }

    /// Claims the run for this process, until the answer is dropped or the process ends in whatever way.
    ///
    /// # Errors
    ///
    /// [`RunError::InUse`] if another process has claimed it; [`RunError::Read`] if there is no `config.toml`.
    pub fn claim(&self) -> Result<Claim, RunError> {
        claim(self.config(), &self.path)
    }

    /// Takes away what a process that was killed between writing a file and renaming it left behind: hidden files named
    /// after a file of the run, such as `.metrics.csv.8F06Wv`. Only for whoever has claimed the run.
    pub fn sweep(&self, _claim: &Claim) {
        for folder in [self.path.clone(), self.ledger_folder(), self.checkpoint_folder()] {
            for file in entries(&folder)
                .unwrap_or_default()
                .iter()
                .filter(|path| is_left_over(path))
            {
                // One that stays does no harm.
                let _ = fs::remove_file(file);
            }
        }
    }
}

/// Claims a folder by a lock on a file of it.
pub(crate) fn claim(path: PathBuf, folder: &Path) -> Result<Claim, RunError> {
    let file = File::open(&path).map_err(|source| RunError::Read { path, source })?;
    match file.try_lock() {
        // Where the file system knows no locks, there is nothing to claim.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Claim { _file: file }),
        Err(TryLockError::WouldBlock) => Err(RunError::InUse {
            path: folder.to_owned(),
        }),
    }
}

/// Whether a path is that of a file of the run while it is being written: `.NAME.EXTENSION.RANDOM`.
pub(crate) fn is_left_over(path: &Path) -> bool {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let written = name
        .strip_prefix('.')
        .and_then(|name| name.rsplit_once('.'))
        .map(|(written, _)| written);
    let extension = written
        .and_then(|written| written.rsplit_once('.'))
        .map(|(_, extension)| extension);
    matches!(
        extension,
        Some("toml" | "json" | "csv" | "parquet" | "npy" | "safetensors" | "html")
    )
}

/// What is in a folder; none if it is no folder that can be read.
pub(crate) fn entries(folder: &Path) -> Option<Vec<PathBuf>> {
    fs::read_dir(folder)
        .ok()?
        .map(|entry| entry.ok().map(|entry| entry.path()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_run_does_not_touch_an_old_one() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("runs/first");
        let run = RunFolder::create(&path).unwrap();
        run.write_config(&toml::Table::new()).unwrap();
        assert!(matches!(RunFolder::create(&path), Err(RunError::Exists { .. })));
        assert_eq!(RunFolder::open(&path).unwrap(), run);
    }

    #[test]
    fn a_run_that_never_began_leaves_its_place_free() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("run");
        RunFolder::create(&path).unwrap();
        let left = path.join(".config.toml.8F06Wv");
        fs::write(&left, "").unwrap();
        RunFolder::check_place(&path).unwrap();
        RunFolder::create(&path).unwrap();
        fs::remove_file(left).unwrap();
        RunFolder::remove_if_vacant(&path);
        assert!(!path.exists());
    }

    #[test]
    fn a_run_is_claimed_once() {
        let parent = tempfile::tempdir().unwrap();
        let run = RunFolder::create(&parent.path().join("run")).unwrap();
        run.write_config(&toml::Table::new()).unwrap();
        let claim = run.claim().unwrap();
        assert!(matches!(run.claim(), Err(RunError::InUse { .. })));
        drop(claim);
        assert!(run.claim().is_ok());
    }

    #[test]
    fn only_what_a_killed_writer_left_is_swept() {
        let parent = tempfile::tempdir().unwrap();
        let run = RunFolder::create(&parent.path().join("run")).unwrap();
        run.write_config(&toml::Table::new()).unwrap();
        let kept = [
            run.path().join(".hidden"),
            run.path().join(".metrics.csv"),
            run.metrics(),
        ];
        let left = [
            run.ledger_folder().join(".epoch-0004.parquet.8F06Wv"),
            run.path().join(".metrics.csv.a1b2c3"),
        ];
        for file in kept.iter().chain(&left) {
            fs::write(file, "").unwrap();
        }
        run.sweep(&run.claim().unwrap());
        assert!(kept.iter().all(|file| file.exists()) && !left.iter().any(|file| file.exists()));
    }

    #[test]
    fn a_folder_of_someone_elses_is_left_alone() {
        let parent = tempfile::tempdir().unwrap();
        fs::create_dir(parent.path().join("ledger")).unwrap();
        fs::write(parent.path().join("mine"), "mine").unwrap();
        assert!(matches!(
            RunFolder::create(parent.path()),
            Err(RunError::Exists { .. })
        ));
        RunFolder::remove_if_vacant(parent.path());
        assert!(parent.path().join("ledger").exists());
    }

    #[test]
    fn looking_at_a_place_leaves_it_as_it_is() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("runs/first");
        RunFolder::check_place(&path).unwrap();
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
        fs::write(parent.path().join("runs"), "mine").unwrap();
        assert!(matches!(
            RunFolder::check_place(&path),
            Err(RunError::Write { .. })
        ));
        assert!(matches!(
            RunFolder::check_place(&parent.path().join("runs")),
            Err(RunError::Exists { .. })
        ));
    }

    #[test]
    fn threads_may_look_at_places_in_one_folder_at_once() {
        let parent = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let path = parent.path().join(format!("runs/{thread}"));
                scope.spawn(move || (0..200).for_each(|_| RunFolder::check_place(&path).unwrap()));
            }
        });
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_in_the_way_is_an_error() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("file");
        fs::write(&path, "mine").unwrap();
        assert!(matches!(RunFolder::create(&path), Err(RunError::Exists { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"mine");
    }
}
