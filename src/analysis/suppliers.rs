//! What the suppliers of the register do: what can be inherited from each, what stays one's own, and which answers do.

use chrono::NaiveDate;

use super::{Assurance, Ground, PracticeSet, Window, assurance};
use crate::domain::{
    Answer, Assessment, Catalogue, Choice, EntryId, Field, Practice, Register, Sheet, SheetKey, Standing, SupplierKind,
    Words, is_same_name,
};

/// What one supplier does. The sets hold practices that are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierShare {
    /// The supplier in the register.
    pub id: EntryId,
    /// Its name; may be blank.
    pub name: String,
    /// Practices that can be inherited from it: one of its kinds does them.
    pub offers: PracticeSet,
    /// Practices that stay one's own when those are inherited.
    pub keeps: PracticeSet,
    /// Practices that are answered as inherited from it.
    pub inherited: PracticeSet,
    /// … of them those that none of its kinds does.
    pub unfit: PracticeSet,
    /// Practices that one of its kinds does, but that the deployment of its code scanner leaves with the organisation.
    pub own_scanning: PracticeSet,
    /// Its reports in the register.
    pub reports: Vec<EntryId>,
}

/// Whether the supplier has the kind.
fn has(supplier: &Sheet, kind: SupplierKind) -> bool {
    supplier.supplier_kinds().any(|it| it == kind)
}

/// Whether the supplier runs code scanning on its own systems: only that can be inherited.
fn runs_scanning(supplier: &Sheet) -> bool {
    supplier.choice(Field::Scanner) == Some(Choice::VendorManaged)
}

/// Whether a supplier is of a kind that a practice can be inherited from.
#[must_use]
pub fn is_of_kind(supplier: &Sheet, practice: &Practice) -> bool {
    let kinds = practice.inheritable.map_or(&[][..], |it| it.from).iter();
    kinds.into_iter().any(|kind| has(supplier, *kind))
}

/// Whether a practice can be inherited from a supplier: one of its kinds does it. Code scanning that runs on the command
/// line or in pipelines stays one's own, whoever sells the scanner.
#[must_use]
pub fn offers(supplier: &Sheet, practice: &Practice) -> bool {
    let kinds = practice.inheritable.map_or(&[][..], |it| it.from).iter();
    kinds
        .filter(|kind| has(supplier, **kind))
        .any(|kind| *kind != SupplierKind::CodeScanning || runs_scanning(supplier))
}

/// The supplier of the register with a name.
#[must_use]
pub fn supplier_named(assessment: &Assessment, name: &str) -> Option<EntryId> {
    let mut suppliers = assessment.register(Register::Supplier);
    let named = suppliers.find(|(_, sheet)| is_same_name(sheet.text(Field::Title), name) && !name.trim().is_empty());
    named.and_then(|(key, _)| key.entry_id())
}

/// The reports of a supplier.
#[must_use]
pub fn reports_of(assessment: &Assessment, supplier: EntryId) -> Vec<EntryId> {
    let reports = assessment.register(Register::Report);
    let its_own = reports.filter(|(_, sheet)| sheet.entries(Field::Supplier).any(|it| it == supplier));
    its_own.filter_map(|(key, _)| key.entry_id()).collect()
}

/// What each supplier of the register does.
#[must_use]
pub fn supplier_shares(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground) -> Vec<SupplierShare> {
    let suppliers = assessment.register(Register::Supplier);
    let ids = suppliers.filter_map(|(key, _)| key.entry_id());
    ids.map(|id| supplier_share(catalogue, assessment, ground, id))
        .collect()
}

/// What one supplier does.
#[must_use]
pub fn supplier_share(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground, id: EntryId) -> SupplierShare {
    let sheet = assessment.sheet(SheetKey::entry(Register::Supplier, id));
    let name = sheet.text(Field::Title).to_owned();
    let asked = |is_wanted: &dyn Fn(&Practice) -> bool| {
        ground
            .asked
            .filter(|position| catalogue.practices.get(position).is_some_and(is_wanted))
    };
    let from_it = |practice: &Practice| match assessment.answers.get(&practice.id).map(|it| &it.standing) {
        Some(Standing::Inherited { supplier }) => is_same_name(supplier.as_str(), &name),
        Some(
            Standing::NotAnswered
            | Standing::NotInPlace
            | Standing::Partly
            | Standing::InPlace
            | Standing::AnotherWay { .. }
            | Standing::NotApplicable { .. },
        )
        | None => false,
    };
    let offered = asked(&|practice| offers(&sheet, practice));
    let kept: Vec<_> = offered
        .iter()
        .filter_map(|position| catalogue.practices.get(position)?.inheritable)
        .flat_map(|it| it.keeps)
        .collect();
    let inherited = asked(&from_it);
    SupplierShare {
        id,
        // What the supplier can do as well is listed there, not twice.
        keeps: asked(&|practice| kept.contains(&&practice.id)).difference(&offered),
        own_scanning: asked(&|practice| {
            let scans = practice
                .inheritable
                .is_some_and(|it| it.from.contains(&SupplierKind::CodeScanning));
            scans && has(&sheet, SupplierKind::CodeScanning) && !offers(&sheet, practice)
        }),
        unfit: inherited.difference(&offered),
        offers: offered,
        inherited,
        name,
        reports: reports_of(assessment, id),
    }
}

/// What stands behind a supplier: the assurance that a practice inherited from it would have. None if nothing can be
/// inherited from it.
#[must_use]
pub fn supplier_assurance(
    catalogue: &Catalogue,
    assessment: &Assessment,
    id: EntryId,
    window: Option<Window>,
    date: NaiveDate,
) -> Option<Assurance> {
    let sheet = assessment.sheet(SheetKey::entry(Register::Supplier, id));
    let practice = catalogue.practices.iter().find(|practice| offers(&sheet, practice))?;
    let supplier = Words::new(sheet.text(Field::Title))?;
    // The rule lives in one place and speaks of an answer, so it is asked about one.
    let mut asked = Assessment {
        scope: assessment.scope.clone(),
        sheets: assessment.sheets.clone(),
        ..Assessment::default()
    };
    let answer = Answer {
        standing: Standing::Inherited { supplier },
        ..Answer::default()
    };
    asked.answers.insert(practice.id, answer);
    assurance(practice, &asked, window, date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{Category, Fact, FieldValue, FrameworkId, PracticeId, RequirementId};

    fn id(bits: u64) -> EntryId {
        EntryId::from_random(bits)
    }

    fn supplier(name: &str, kinds: &[Choice]) -> Sheet {
        Sheet::default()
            .with_text(Field::Title, name)
            .with(Field::Kinds, FieldValue::Choices(kinds.iter().copied().collect()))
    }

    fn titles(set: &PracticeSet) -> Vec<&'static str> {
        set.iter()
            .filter_map(|at| CATALOGUE.practices.get(at))
            .map(|it| it.id.as_str())
            .collect()
    }

    /// A software company without offices, all of it on one cloud platform.
    fn cloud_only_saas() -> Assessment {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.extend([FrameworkId::Soc2]);
        assessment.scope.categories.insert(Category::Availability);
        for (fact, is) in [
            (Fact::CloudCustomer, true),
            (Fact::CloudProvider, true),
            (Fact::OwnDevelopment, true),
            (Fact::Premises, false),
        ] {
            assessment.scope.facts.insert(fact, is);
        }
        let key = SheetKey::entry(Register::Supplier, id(1));
        let sheet = supplier("Example Cloud", &[Choice::CloudPlatform])
            .with(Field::Method, FieldValue::Choice(Choice::CarveOut))
            .with_text(
                Field::Csocs,
                "Physical access to its data centres is limited and reviewed",
            );
        assessment.sheets.insert(key, sheet);
        assessment
    }

    #[test]
    fn cc6_4_of_a_cloud_only_saas_is_inherited_and_media_leavers_and_watching_stay_its_own() {
        let mut assessment = cloud_only_saas();
        let ground = Ground::new(&CATALOGUE, &assessment);
        let criterion = CATALOGUE
            .requirement_index(RequirementId::new(FrameworkId::Soc2, "CC6.4"))
            .expect("a criterion");
        // Without premises, of the eight practices only that of the hosting sites is asked.
        assert_eq!(titles(&ground.needed[criterion]), ["physical.hosting-sites"]);
        let share = supplier_share(&CATALOGUE, &assessment, &ground, id(1));
        assert!(titles(&share.offers).contains(&"physical.hosting-sites"));
        for own in ["assets.return", "physical.media", "suppliers.assurance-review"] {
            assert!(titles(&share.keeps).contains(&own), "{own} stays its own");
            assert!(!titles(&share.offers).contains(&own), "{own} is never inherited");
        }
        assert!(share.inherited.is_empty());
        let answer = Answer {
            standing: Standing::Inherited {
                supplier: Words::new("example cloud ").expect("not blank"),
            },
            ..Answer::default()
        };
        let sites = PracticeId::new("physical.hosting-sites");
        assessment.answers.insert(sites, answer);
        let share = supplier_share(&CATALOGUE, &assessment, &ground, id(1));
        assert_eq!(titles(&share.inherited), ["physical.hosting-sites"]);
        assert!(share.unfit.is_empty());
    }

    #[test]
    fn only_scanning_that_the_vendor_runs_can_be_inherited() {
        let mut assessment = cloud_only_saas();
        let key = SheetKey::entry(Register::Supplier, id(2));
        let scanner = supplier("Example Scanner", &[Choice::CodeScanning]);
        for (deployment, is_inheritable) in [
            (None, false),
            (Some(Choice::CommandLine), false),
            (Some(Choice::SelfHostedCi), false),
            (Some(Choice::HostedCi), false),
            (Some(Choice::VendorManaged), true),
        ] {
            let mut sheet = scanner.clone();
            sheet.set(Field::Scanner, deployment.map(FieldValue::Choice));
            assessment.sheets.insert(key, sheet);
            let ground = Ground::new(&CATALOGUE, &assessment);
            let share = supplier_share(&CATALOGUE, &assessment, &ground, id(2));
            assert_eq!(!share.offers.is_empty(), is_inheritable, "{deployment:?}");
            assert_eq!(share.own_scanning.is_empty(), is_inheritable, "{deployment:?}");
        }
    }

    #[test]
    fn what_a_supplier_of_another_kind_is_said_to_do_is_unfit() {
        let mut assessment = cloud_only_saas();
        let key = SheetKey::entry(Register::Supplier, id(3));
        assessment
            .sheets
            .insert(key, supplier("Example Payroll", &[Choice::PayrollHr]));
        let answer = Answer {
            standing: Standing::Inherited {
                supplier: Words::new("Example Payroll").expect("not blank"),
            },
            ..Answer::default()
        };
        assessment
            .answers
            .insert(PracticeId::new("physical.hosting-sites"), answer);
        let ground = Ground::new(&CATALOGUE, &assessment);
        let share = supplier_share(&CATALOGUE, &assessment, &ground, id(3));
        assert_eq!(titles(&share.unfit), ["physical.hosting-sites"]);
    }

    #[test]
    fn reports_and_names_lead_to_their_supplier() {
        let mut assessment = cloud_only_saas();
        let report = Sheet::default().with(Field::Supplier, FieldValue::Entries([id(1)].into_iter().collect()));
        assessment
            .sheets
            .insert(SheetKey::entry(Register::Report, id(9)), report);
        assert_eq!(reports_of(&assessment, id(1)), [id(9)]);
        assert!(reports_of(&assessment, id(2)).is_empty());
        assert_eq!(supplier_named(&assessment, " EXAMPLE cloud"), Some(id(1)));
        assert_eq!(supplier_named(&assessment, ""), None);
    }
}
