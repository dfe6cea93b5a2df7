//! The supplier register and the shared responsibility matrix.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// The supplier register and the shared responsibility matrix.
pub(super) fn suppliers(_from: &Register) -> RegisterTable {
    table(RegisterKind::Suppliers, &[("Row", 1.0)], Vec::new())
}

/// The supplier register and the shared responsibility matrix.
pub(super) fn responsibilities(_from: &Register) -> RegisterTable {
    table(RegisterKind::Responsibilities, &[("Row", 1.0)], Vec::new())
}
