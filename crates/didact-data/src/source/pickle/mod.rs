//! Pickles, read without ever executing anything.
//!
//! A pickle is a program for a small stack machine, and one of its instructions calls any function of Python. This
//! reader knows only the instructions that build numbers, texts, lists and dictionaries, and five functions, which
//! it does not call but recognises: the four that NumPy describes an array with, and the one that Python 3 writes
//! bytes with in protocol 2. Anything else ends the reading with an error. Work and memory are proportional to the
//! length of the file.
//!
//! | file | idea |
//! |---|---|
//! | `opcode` | the instructions that are known |
//! | `machine` | the stack machine |
//! | `call` | what the five functions would have made |
//! | `value` | what comes out |
//!
//! Source: Python's `pickletools`, protocols 2 to 5.

mod call;
mod machine;
mod opcode;
mod value;

pub(crate) use machine::parse;
pub(crate) use value::{Array, Pickle, Value};
