//! What has moved since a snapshot, as a table.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// What has moved since a snapshot, as a table.
pub(super) fn changes(_from: &Register) -> RegisterTable {
    table(RegisterKind::Changes, &[], Vec::new())
}
