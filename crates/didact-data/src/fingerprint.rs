//! A hash that tells whether two data sets are the same.

use xxhash_rust::xxh3::Xxh3;

/// Hashes texts and numbers in order; each text with its length, so that `ab`, `c` differs from `a`, `bc`.
#[derive(Default)]
pub(crate) struct Fingerprint(Xxh3);

impl Fingerprint {
    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.update(text.as_bytes());
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    pub(crate) fn finish(&self) -> String {
        format!("{:032x}", self.0.digest128())
    }
}
