//! Documented information and the SOC 2 control matrix.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// Documented information and the SOC 2 control matrix.
pub(super) fn documented_information(_from: &Register) -> RegisterTable {
    table(RegisterKind::DocumentedInformation, &[("Row", 1.0)], Vec::new())
}

/// Documented information and the SOC 2 control matrix.
pub(super) fn control_matrix(_from: &Register) -> RegisterTable {
    table(RegisterKind::ControlMatrix, &[("Row", 1.0)], Vec::new())
}
