//! The risk treatment plan.

use super::{Register, table};
use crate::report::model::{RegisterKind, RegisterTable};

/// The risk treatment plan.
pub(super) fn treatment_plan(_from: &Register) -> RegisterTable {
    table(RegisterKind::RiskTreatmentPlan, &[("Row", 1.0)], Vec::new())
}
