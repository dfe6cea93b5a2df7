//! The remediation plan as a table.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// The remediation plan as a table.
pub(super) fn plan(_from: &Register) -> RegisterTable {
    table(RegisterKind::Plan, &[], Vec::new())
}
