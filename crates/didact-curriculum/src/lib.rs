//! How much should this sample count now?
