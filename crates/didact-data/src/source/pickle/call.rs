//! What NumPy's functions would have made of their arguments.

use crate::source::pickle::value::{Array, Function, Value, ValueId, bytes_of};

/// The result of a function, worked out here.
pub(crate) fn call(
    values: &[Value],
    file: &[u8],
    function: ValueId,
    arguments: ValueId,
) -> Result<Value, String> {
    let (Value::Function(function), Value::Tuple(arguments)) = (&values[function], &values[arguments]) else {
        return Err("it calls what is no function".to_owned());
    };
    let argument = |index: usize| arguments.get(index).map(|id| &values[*id]);
    match function {
        Function::Reconstruct => Ok(Value::EmptyArray),
        Function::DType => {
            let name = argument(0)
                .and_then(|name| bytes_of(name, file))
                .ok_or("an element type has no name")?;
            Ok(Value::Type(String::from_utf8_lossy(name).into_owned()))
        }
        Function::Encode => {
            let text = argument(0)
                .and_then(|text| bytes_of(text, file))
                .ok_or("encoded text is no text")?;
            latin1(text).map(Value::Decoded)
        }
        Function::FromBuffer => match (arguments.first(), argument(1), argument(2), argument(3)) {
            (Some(bytes), Some(element), Some(shape), Some(order)) if bytes_of(order, file) == Some(b"C") => {
                array(values, *bytes, element, shape)
            }
            _ => Err("an array is not in C order".to_owned()),
        },
        Function::NdArray => Err("it calls what is no function".to_owned()),
    }
}

/// The state that an array or element type gets.
pub(crate) fn build(values: &[Value], file: &[u8], object: ValueId, state: ValueId) -> Result<Value, String> {
    let Value::Tuple(state) = &values[state] else {
        return Err("a state is no tuple".to_owned());
    };
    let part = |index: usize| state.get(index).map(|id| &values[*id]);
    match &values[object] {
        Value::Type(name) => match part(1).and_then(|order| bytes_of(order, file)) {
            Some(b"<" | b"|" | b"=") => Ok(Value::Type(name.clone())),
            _ => Err("an element type has an unknown byte order".to_owned()),
        },
        Value::EmptyArray => match (part(1), part(2), part(3), state.get(4)) {
            (Some(shape), Some(element), Some(Value::Bool(false)), Some(bytes)) => {
                array(values, *bytes, element, shape)
            }
            _ => Err("an array is not in C order".to_owned()),
        },
        _ => Err("it gives a state to what has none".to_owned()),
    }
}

fn array(values: &[Value], bytes: ValueId, element: &Value, shape: &Value) -> Result<Value, String> {
    let (Value::Type(element), Value::Tuple(axes)) = (element, shape) else {
        return Err("an array has no element type or shape".to_owned());
    };
    let size = |id: &ValueId| match values[*id] {
        Value::Int(size) => usize::try_from(size).ok(),
        _ => None,
    };
    let shape = axes
        .iter()
        .map(size)
        .collect::<Option<Vec<_>>>()
        .ok_or("a shape holds more than sizes")?;
    Ok(Value::Array(Array {
        element: element.clone(),
        shape,
        bytes,
    }))
}

/// Text whose characters stand for bytes, as Python 3 writes bytes in protocol 2.
fn latin1(text: &[u8]) -> Result<Vec<u8>, String> {
    let text = std::str::from_utf8(text).map_err(|_| "encoded text is not UTF-8")?;
    let byte = |character: char| u8::try_from(u32::from(character)).ok();
    text.chars()
        .map(byte)
        .collect::<Option<_>>()
        .ok_or_else(|| "encoded text is not latin-1".to_owned())
}
