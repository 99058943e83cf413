//! `timings.csv`: what it costs, one row an epoch. Not reproducible, therefore apart from the metrics.

/// What one epoch cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EpochTiming {
    /// The epoch, counted from 1.
    pub epoch: u32,
    /// Seconds of the whole epoch, evaluation and writing included.
    pub seconds: f64,
    /// Training samples per second of training.
    pub samples_per_second: f64,
    /// Largest resident memory of the process so far, in bytes; 0 where the system does not tell.
    pub peak_rss_bytes: u64,
}

impl EpochTiming {
    /// The heads of the columns.
    pub fn header() -> Vec<String> {
        ["epoch", "seconds", "samples_per_second", "peak_rss_bytes"]
            .map(str::to_owned)
            .to_vec()
    }

    /// The row's cells, in the order of [`Self::header`].
    pub fn cells(&self) -> Vec<String> {
        let seconds = format!("{:.3}", self.seconds);
        let rate = format!("{:.1}", self.samples_per_second);
        vec![
            self.epoch.to_string(),
            seconds,
            rate,
            self.peak_rss_bytes.to_string(),
        ]
    }

    /// A row from its cells.
    ///
    /// # Errors
    ///
    /// What is there instead of four numbers.
    pub fn from_cells(cells: &[String]) -> Result<Self, String> {
        let [epoch, seconds, rate, memory] = cells else {
            return Err(format!("{} cells", cells.len()));
        };
        let parsed = || {
            Some(Self {
                epoch: epoch.parse().ok()?,
                seconds: seconds.parse().ok()?,
                samples_per_second: rate.parse().ok()?,
                peak_rss_bytes: memory.parse().ok()?,
            })
        };
        parsed().ok_or_else(|| format!("{cells:?} where numbers should be"))
    }
}
