//! Potential nonconformities.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// Potential nonconformities.
pub(super) fn findings(_from: &Register) -> RegisterTable {
    table(RegisterKind::Findings, &[("Row", 1.0)], Vec::new())
}
