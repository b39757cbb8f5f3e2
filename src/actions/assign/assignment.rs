//! One word: `field=value`, `field=`, `field+=value`, `field-=value`.

use super::{AssignError, bad};
use crate::model::{EditOp, FieldPath, Value};
use crate::tr;

/// An assignment, not yet understood.
pub struct Assignment<'w> {
    /// Up to the sign.
    pub name: &'w str,
    /// What is to be done.
    pub sign: Sign,
    /// After it.
    pub value: &'w str,
}

/// What an assignment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `=`
    Set,
    /// `+=`
    Add,
    /// `-=`
    Take,
}

/// Splits a word at its sign.
pub fn split(word: &str) -> Result<Assignment<'_>, AssignError> {
    let (name, value) = word.split_once('=').ok_or_else(|| AssignError::NoAssignment(word.to_owned()))?;
    let (name, sign) = match (name.strip_suffix('+'), name.strip_suffix('-')) {
        (Some(name), _) => (name, Sign::Add),
        (_, Some(name)) => (name, Sign::Take),
        _ => (name, Sign::Set),
    };
    Ok(Assignment { name: name.trim(), sign, value })
}

/// What is to be done with a place that holds one value.
pub fn one(path: FieldPath, sign: Sign, value: Value, word: &Assignment<'_>) -> Result<EditOp, AssignError> {
    match sign {
        Sign::Set if value.is_empty() => Ok(EditOp::Clear),
        Sign::Set => Ok(EditOp::Put(value)),
        _ => {
            let message = tr!("holds one value: write {name}={value}", name = path, value = word.value);
            Err(bad(&path, message))
        }
    }
}
