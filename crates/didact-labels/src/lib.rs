//! Is this label right, and what should it be?
