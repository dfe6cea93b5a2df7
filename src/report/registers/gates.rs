//! The gates, and the calendar of records.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// The gates, and the calendar of records.
pub(super) fn gates(_from: &Register) -> RegisterTable {
    table(RegisterKind::Gates, &[("Row", 1.0)], Vec::new())
}

/// The gates, and the calendar of records.
pub(super) fn calendar(_from: &Register) -> RegisterTable {
    table(RegisterKind::Calendar, &[("Row", 1.0)], Vec::new())
}
