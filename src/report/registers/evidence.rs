//! The evidence request list.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// The evidence request list.
pub(super) fn requests(_from: &Register) -> RegisterTable {
    table(RegisterKind::EvidenceRequests, &[("Row", 1.0)], Vec::new())
}
