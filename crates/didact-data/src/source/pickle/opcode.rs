//! The instructions of a pickle that are known.

/// An instruction without its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opcode {
    Protocol,
    Frame,
    Stop,
    Mark,
    None,
    Bool(bool),
    /// A little-endian integer of so many bytes; only the one of four bytes has a sign.
    Int(usize),
    /// An integer whose length stands in one byte.
    LongInt,
    /// Bytes whose length stands in so many bytes.
    Bytes(usize),
    /// UTF-8 text whose length stands in so many bytes.
    Text(usize),
    EmptyTuple,
    Tuple,
    /// A tuple of the uppermost so many values.
    SmallTuple(usize),
    EmptyList,
    Append,
    Appends,
    EmptyDict,
    SetItem,
    SetItems,
    /// A function by two lines of text.
    Global,
    /// A function by two texts on the stack.
    StackGlobal,
    Reduce,
    Build,
    /// Remember the uppermost value under a number of so many bytes.
    Put(usize),
    Memoize,
    /// Recall a value by a number of so many bytes.
    Get(usize),
}

impl Opcode {
    pub(crate) fn of(byte: u8) -> Option<Self> {
        Some(match byte {
            0x80 => Self::Protocol,
            0x95 => Self::Frame,
            b'.' => Self::Stop,
            b'(' => Self::Mark,
            b'N' => Self::None,
            0x88 => Self::Bool(true),
            0x89 => Self::Bool(false),
            b'K' => Self::Int(1),
            b'M' => Self::Int(2),
            b'J' => Self::Int(4),
            0x8a => Self::LongInt,
            b'U' | b'C' => Self::Bytes(1),
            b'T' | b'B' => Self::Bytes(4),
            0x8e | 0x96 => Self::Bytes(8),
            0x8c => Self::Text(1),
            b'X' => Self::Text(4),
            0x8d => Self::Text(8),
            b')' => Self::EmptyTuple,
            b't' => Self::Tuple,
            0x85..=0x87 => Self::SmallTuple(usize::from(byte) - 0x84),
            b']' => Self::EmptyList,
            b'a' => Self::Append,
            b'e' => Self::Appends,
            b'}' => Self::EmptyDict,
            b's' => Self::SetItem,
            b'u' => Self::SetItems,
            b'c' => Self::Global,
            0x93 => Self::StackGlobal,
            b'R' => Self::Reduce,
            b'b' => Self::Build,
            b'q' => Self::Put(1),
            b'r' => Self::Put(4),
            0x94 => Self::Memoize,
            b'h' => Self::Get(1),
            b'j' => Self::Get(4),
            _ => return None,
        })
    }
}
