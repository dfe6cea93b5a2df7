//! Layered obligations as a table.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// Layered obligations as a table.
pub(super) fn obligations(_from: &Register) -> RegisterTable {
    table(RegisterKind::Obligations, &[], Vec::new())
}
