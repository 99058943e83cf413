//! What is in a run folder?
