//! The stack machine of a pickle.

use std::collections::HashMap;
use std::ops::Range;

use crate::source::pickle::call::{build, call};
use crate::source::pickle::opcode::Opcode;
use crate::source::pickle::value::{Function, Pickle, Value, ValueId};

/// Reads a pickle, or says at which byte it does something that CIFAR's do not.
pub(crate) fn parse(file: &[u8]) -> Result<Pickle<'_>, String> {
    let mut machine = Machine {
        file,
        ..Machine::default()
    };
    loop {
        let start = machine.at;
        match machine.step() {
            Ok(None) => {}
            Ok(Some(root)) => {
                return Ok(Pickle {
                    file,
                    values: machine.values,
                    root,
                });
            }
            Err(reason) => return Err(format!("at byte {start}: {reason}")),
        }
    }
}

#[derive(Default)]
struct Machine<'a> {
    file: &'a [u8],
    at: usize,
    values: Vec<Value>,
    stack: Vec<ValueId>,
    /// Where in the stack a list of operands begins.
    marks: Vec<usize>,
    memo: HashMap<u64, ValueId>,
    /// Bytes decoded so far; bounded, because the same text could be decoded again and again.
    decoded: usize,
}

impl Machine<'_> {
    /// Does one instruction; the last one returns the whole.
    fn step(&mut self) -> Result<Option<ValueId>, String> {
        let byte = self.take(1)?[0];
        match Opcode::of(byte).ok_or_else(|| format!("instruction 0x{byte:02x} is not allowed"))? {
            Opcode::Stop => return self.pop().map(Some),
            Opcode::Protocol => drop(self.take(1)?),
            Opcode::Frame => drop(self.take(8)?),
            Opcode::Mark => self.marks.push(self.stack.len()),
            Opcode::Put(bytes) => {
                let key = self.number(bytes)?;
                self.remember(key)?;
            }
            Opcode::Memoize => self.remember(self.memo.len() as u64)?,
            Opcode::Get(bytes) => {
                let key = self.number(bytes)?;
                let id = *self
                    .memo
                    .get(&key)
                    .ok_or("it recalls what it has not remembered")?;
                self.stack.push(id);
            }
            Opcode::Append => self.append(1)?,
            Opcode::Appends => {
                let count = self.marked()?;
                self.append(count)?;
            }
            Opcode::SetItem => self.set_items(2)?,
            Opcode::SetItems => {
                let count = self.marked()?;
                self.set_items(count)?;
            }
            Opcode::Build => self.build()?,
            other => {
                let value = self.made(other)?;
                self.push(value);
            }
        }
        Ok(None)
    }

    /// The value of an instruction that makes one.
    fn made(&mut self, opcode: Opcode) -> Result<Value, String> {
        Ok(match opcode {
            Opcode::Bool(value) => Value::Bool(value),
            Opcode::Int(4) => Value::Int(i64::from((self.number(4)? as u32).cast_signed())),
            Opcode::Int(bytes) => Value::Int(self.number(bytes)?.cast_signed()),
            Opcode::LongInt => self.long_int()?,
            Opcode::Bytes(length) => Value::Bytes(self.counted(length)?),
            Opcode::Text(length) => Value::Text(self.counted(length)?),
            Opcode::EmptyTuple => Value::Tuple(Vec::new()),
            Opcode::EmptyList => Value::List(Vec::new()),
            Opcode::EmptyDict => Value::Dict(Vec::new()),
            Opcode::Tuple => {
                let count = self.marked()?;
                Value::Tuple(self.pop_many(count)?)
            }
            Opcode::SmallTuple(count) => Value::Tuple(self.pop_many(count)?),
            Opcode::Global => {
                let (module, name) = (self.line()?, self.line()?);
                function(&module, &name)?
            }
            Opcode::StackGlobal => {
                let (name, module) = (self.pop_text()?, self.pop_text()?);
                function(&module, &name)?
            }
            Opcode::Reduce => self.reduce()?,
            _ => Value::None,
        })
    }

    fn reduce(&mut self) -> Result<Value, String> {
        let (arguments, function) = (self.pop()?, self.pop()?);
        let value = call(&self.values, self.file, function, arguments)?;
        if let Value::Decoded(bytes) = &value {
            self.decoded += bytes.len();
            if self.decoded > self.file.len() {
                return Err("it decodes more bytes than it holds".to_owned());
            }
        }
        Ok(value)
    }

    fn build(&mut self) -> Result<(), String> {
        let (state, object) = (self.pop()?, self.top()?);
        let value = build(&self.values, self.file, object, state)?;
        self.values[object] = value;
        Ok(())
    }

    fn append(&mut self, count: usize) -> Result<(), String> {
        let items = self.pop_many(count)?;
        let list = self.top()?;
        match &mut self.values[list] {
            Value::List(list) => list.extend(items),
            _ => return Err("it appends to what is no list".to_owned()),
        }
        Ok(())
    }

    fn set_items(&mut self, count: usize) -> Result<(), String> {
        let items = self.pop_many(count)?;
        let dict = self.top()?;
        match &mut self.values[dict] {
            Value::Dict(dict) if count.is_multiple_of(2) => {
                dict.extend(items.chunks_exact(2).map(|pair| (pair[0], pair[1])));
            }
            _ => return Err("it fills what is no dictionary".to_owned()),
        }
        Ok(())
    }

    fn push(&mut self, value: Value) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    fn remember(&mut self, key: u64) -> Result<(), String> {
        let top = self.top()?;
        self.memo.insert(key, top);
        Ok(())
    }

    fn top(&self) -> Result<ValueId, String> {
        self.stack
            .last()
            .copied()
            .ok_or_else(|| "its stack is empty".to_owned())
    }

    fn pop(&mut self) -> Result<ValueId, String> {
        self.stack.pop().ok_or_else(|| "its stack is empty".to_owned())
    }

    fn pop_many(&mut self, count: usize) -> Result<Vec<ValueId>, String> {
        let start = self.stack.len().checked_sub(count).ok_or("its stack is empty")?;
        Ok(self.stack.split_off(start))
    }

    /// How many values lie above the uppermost mark, which is removed.
    fn marked(&mut self) -> Result<usize, String> {
        let mark = self.marks.pop().ok_or("it has no mark")?;
        self.stack
            .len()
            .checked_sub(mark)
            .ok_or_else(|| "its stack is empty".to_owned())
    }

    fn pop_text(&mut self) -> Result<String, String> {
        let id = self.pop()?;
        match &self.values[id] {
            Value::Text(range) => Ok(String::from_utf8_lossy(&self.file[range.clone()]).into_owned()),
            _ => Err("a function's name is no text".to_owned()),
        }
    }

    fn take(&mut self, count: usize) -> Result<&[u8], String> {
        let range = self.range(count)?;
        Ok(&self.file[range])
    }

    fn range(&mut self, count: usize) -> Result<Range<usize>, String> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.file.len());
        let range = self.at..end.ok_or("it breaks off")?;
        self.at = range.end;
        Ok(range)
    }

    fn number(&mut self, bytes: usize) -> Result<u64, String> {
        Ok(self
            .take(bytes)?
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn counted(&mut self, length_bytes: usize) -> Result<Range<usize>, String> {
        let count = self.number(length_bytes)?;
        self.range(usize::try_from(count).unwrap_or(usize::MAX))
    }

    fn long_int(&mut self) -> Result<Value, String> {
        let count = self.number(1)? as usize;
        if count > 8 {
            return Err("an integer is too long".to_owned());
        }
        let bytes = self.take(count)?;
        let negative = bytes.last().is_some_and(|byte| *byte >= 0x80);
        let start = if negative { -1 } else { 0 };
        Ok(Value::Int(
            bytes
                .iter()
                .rev()
                .fold(start, |number, byte| number << 8 | i64::from(*byte)),
        ))
    }

    fn line(&mut self) -> Result<String, String> {
        let rest = &self.file[self.at..];
        let length = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or("it breaks off")?;
        let line = String::from_utf8_lossy(&rest[..length]).into_owned();
        self.at += length + 1;
        Ok(line)
    }
}

fn function(module: &str, name: &str) -> Result<Value, String> {
    let known = Function::named(module, name).map(Value::Function);
    known.ok_or_else(|| format!("it would call `{module}.{name}`, which is not allowed and was not called"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_by_hand() {
        let pickle = parse(b"\x80\x02}q\x00U\x04dataq\x01]q\x02(K\x05J\xff\xff\xff\xffes.").unwrap();
        let Some(Value::List(items)) = pickle.entry("data") else {
            panic!("no list")
        };
        let items: Vec<_> = items.iter().map(|id| &pickle.values[*id]).collect();
        assert_eq!(items, [&Value::Int(5), &Value::Int(-1)]);
    }

    #[test]
    fn a_call_of_the_system_is_named_and_not_made() {
        let reason = parse(b"cos\nsystem\n(U\x04trueq\x00tR.").unwrap_err();
        assert_eq!(
            reason,
            "at byte 0: it would call `os.system`, which is not allowed and was not called"
        );
    }

    #[test]
    fn instructions_without_operands_are_refused() {
        for program in [
            &b"."[..],
            b"R.",
            b"e",
            b"q\x00",
            b"h\x07",
            b"t",
            b"\x87",
            b"b",
            b"U\x09ab",
            b"\x8a\x09",
            b"\x80",
        ] {
            assert!(parse(program).is_err(), "{program:?}");
        }
    }

    #[test]
    fn decoding_the_same_text_again_and_again_is_stopped() {
        let mut bomb = b"\x80\x02X\x40\x00\x00\x00".to_vec();
        bomb.extend([b'x'; 64]);
        bomb.extend(b"q\x00");
        for _ in 0..64 {
            bomb.extend(b"c_codecs\nencode\nh\x00X\x06\x00\x00\x00latin1\x86R");
        }
        assert!(parse(&bomb).unwrap_err().contains("more bytes than it holds"));
    }
}
