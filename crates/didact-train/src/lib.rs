//! How does a network learn from such labels?
