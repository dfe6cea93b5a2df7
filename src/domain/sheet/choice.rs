//! The choices that fields offer. One type for all of them; which ones a field offers stands in its register.

use crate::domain::{Effort, SupplierKind};

macro_rules! choices {
    ($($variant:ident = $id:literal, $title:literal;)*) => {
        /// One choice of a field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Choice {
            $(#[doc = $title] $variant,)*
        }

        impl Choice {
            /// All choices.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            const WORDS: &[(&str, &str)] = &[$(($id, $title),)*];
        }
    };
}

choices! {
    Yes = "yes", "Yes";
    No = "no", "No";
    // Kinds of supplier, with the ids of [`SupplierKind`].
    CloudPlatform = "cloud-platform", "Cloud platform";
    CodeHosting = "code-hosting", "Code hosting service";
    CiRunner = "ci-runner", "Runner service";
    CodeScanning = "code-scanning", "Code scanning service";
    IdentityProvider = "identity-provider", "Identity provider";
    DataCentre = "data-centre", "Data centre";
    ManagedService = "managed-service", "Managed service provider";
    AiAssistant = "ai-assistant", "AI assistant";
    PayrollHr = "payroll-hr", "Payroll or HR service";
    // What a supplier sees.
    SeesCode = "sees-code", "Source code";
    SeesSecrets = "sees-secrets", "Secrets and keys";
    SeesCustomerData = "sees-customer-data", "Customer data";
    SeesPersonalData = "sees-personal-data", "Personal data";
    // How code scanning is deployed.
    CommandLine = "command-line", "Command line, on own machines";
    SelfHostedCi = "self-hosted-ci", "In pipelines on own runners";
    HostedCi = "hosted-ci", "In pipelines on a runner service";
    VendorManaged = "vendor-managed", "Run by the vendor on its systems";
    // How a supplier stands in the SOC 2 report.
    CarveOut = "carve-out", "Subservice organisation, carve-out";
    Inclusive = "inclusive", "Subservice organisation, inclusive";
    VendorOnly = "vendor-only", "Vendor, no subservice organisation";
    // Kinds of assurance.
    Soc2Type1 = "soc2-type1", "SOC 2 Type 1 report";
    Soc2Type2 = "soc2-type2", "SOC 2 Type 2 report";
    IsoCertificate = "iso27001-certificate", "ISO/IEC 27001 certificate";
    CloudStatement = "iso27017-statement", "ISO/IEC 27017 in the scope of a 27001 certificate";
    PenetrationTest = "penetration-test", "Penetration test report";
    OtherReport = "other-report", "Other report or answers to questions";
    // Opinions of a report.
    Unqualified = "unqualified", "Unqualified";
    Qualified = "qualified", "Qualified";
    Adverse = "adverse", "Adverse";
    Disclaimer = "disclaimer", "Disclaimer of opinion";
    // States of evidence.
    Requested = "requested", "Requested";
    Received = "received", "Received";
    Accepted = "accepted", "Accepted";
    Rejected = "rejected", "Rejected";
    // Outcomes of a second look at a file.
    Unchanged = "unchanged", "Unchanged since hashed";
    Changed = "changed", "Changed since hashed";
    // Options of risk treatment.
    Modify = "modify", "Modify by controls";
    Retain = "retain", "Retain";
    Avoid = "avoid", "Avoid";
    Share = "share", "Share";
    // States of a document.
    Missing = "missing", "Missing";
    Draft = "draft", "Draft";
    Approved = "approved", "Approved";
    // How a control operates.
    Manual = "manual", "Manual";
    Automated = "automated", "Automated";
    Preventive = "preventive", "Preventive";
    Detective = "detective", "Detective";
    // How far a control is implemented.
    NotImplemented = "not-implemented", "Not implemented";
    Planned = "planned", "Planned";
    PartlyImplemented = "partly-implemented", "Partly implemented";
    Implemented = "implemented", "Implemented";
    // Who answers for a duty.
    OfCustomer = "of-customer", "Customer";
    OfProvider = "of-provider", "Provider";
    Shared = "shared", "Shared";
    // What a person sets a requirement to.
    SetReady = "set-ready", "Ready";
    SetPartly = "set-partly", "Partly";
    SetNotReady = "set-not-ready", "Not ready";
    // How far a part of a paper is.
    NotBegun = "not-begun", "Not begun";
    Begun = "begun", "Begun";
    Done = "done", "Done";
    Dropped = "dropped", "Dropped";
    // How much work an action is.
    Small = "small", "S";
    Medium = "medium", "M";
    Large = "large", "L";
    // When a control is looked at between certifications.
    EveryYear = "every-year", "Every audit";
    FirstSurveillance = "surveillance-1", "First surveillance";
    SecondSurveillance = "surveillance-2", "Second surveillance";
    Recertification = "recertification", "Recertification";
    // Why a control of one's own is there.
    Legal = "legal", "Legal duty";
    Contractual = "contractual", "Contract";
    Business = "business", "Business or best practice";
    FromRisk = "risk", "Risk assessment";
}

impl Choice {
    fn words(self) -> (&'static str, &'static str) {
        Self::WORDS.get(self as usize).copied().unwrap_or_default()
    }

    /// The permanent id.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.words().0
    }

    /// The words as shown and printed.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.words().1
    }

    /// The choice with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.as_str() == text)
    }

    /// The choice for how much work something is.
    #[must_use]
    pub const fn of_effort(effort: Effort) -> Self {
        match effort {
            Effort::Small => Self::Small,
            Effort::Medium => Self::Medium,
            Effort::Large => Self::Large,
        }
    }

    /// How much work the choice says something is, if it says that.
    #[must_use]
    pub fn effort(self) -> Option<Effort> {
        let efforts = [Effort::Small, Effort::Medium, Effort::Large].into_iter();
        efforts.into_iter().find(|effort| Self::of_effort(*effort) == self)
    }

    /// The kind of supplier that the choice names, if it names one.
    #[must_use]
    pub fn supplier_kind(self) -> Option<SupplierKind> {
        SupplierKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_supplier_is_a_choice() {
        for kind in SupplierKind::ALL {
            let choice = Choice::parse(kind.as_str()).expect("a choice");
            assert_eq!(choice.supplier_kind(), Some(kind));
            assert_eq!(choice.title().to_lowercase(), kind.title().to_lowercase());
        }
        assert_eq!(Choice::Yes.supplier_kind(), None);
    }
}
