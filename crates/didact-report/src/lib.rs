//! What would a person want to see?
