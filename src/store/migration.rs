//! The migration table. A changed stored type means a new schema number, a named migration and a fixture, in one commit.
//! Shipped migrations and fixtures are never edited: every file ever shipped opens today.

use std::collections::BTreeMap;

use super::{Record, RecordKey};

/// The records of an assessment, as they are migrated.
pub(super) type Records = BTreeMap<RecordKey, Record>;

/// The schema that this version writes.
pub const SCHEMA: u32 = 1;

/// One step from a schema to the next.
pub(super) struct Migration {
    /// The schema that it starts from; it leads to the next number.
    pub from: u32,
    /// What it does, in a word or two.
    pub name: &'static str,
    /// The step.
    pub step: fn(&mut Records),
}

/// All steps. Schema 1 is the first, so there is none yet; `tests/fixtures/schema-1.json` is the file that keeps it open.
const MIGRATIONS: &[Migration] = &[];

/// Brings records from a schema to [`SCHEMA`]. Returns the names of the steps taken.
pub(super) fn migrate(records: &mut Records, schema: u32) -> Vec<&'static str> {
    migrate_with(MIGRATIONS, records, schema)
}

fn migrate_with(migrations: &[Migration], records: &mut Records, mut schema: u32) -> Vec<&'static str> {
    let mut taken = Vec::new();
    while let Some(migration) = migrations.iter().find(|migration| migration.from == schema) {
        (migration.step)(records);
        taken.push(migration.name);
        schema += 1;
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_older_schema_has_one_step() {
        for schema in (1..).take_while(|schema| *schema < SCHEMA) {
            let steps = MIGRATIONS.iter().filter(|migration| migration.from == schema).count();
            assert_eq!(steps, 1, "from schema {schema}");
        }
        assert!(MIGRATIONS.iter().all(|migration| migration.from < SCHEMA));
    }

    #[test]
    fn steps_are_taken_in_order_up_to_the_last() {
        fn mark(records: &mut Records, id: &str) {
            let key = RecordKey {
                kind: "step".to_owned(),
                id: format!("{}-{id}", records.len()),
            };
            records.insert(key, Record::default());
        }
        let table = [
            Migration {
                from: 3,
                name: "third",
                step: |records| mark(records, "c"),
            },
            Migration {
                from: 2,
                name: "second",
                step: |records| mark(records, "b"),
            },
        ];
        let mut records = Records::new();
        assert_eq!(migrate_with(&table, &mut records, 2), ["second", "third"]);
        let ids: Vec<&str> = records.keys().map(|key| key.id.as_str()).collect();
        assert_eq!(ids, ["0-b", "1-c"]);
        assert!(migrate_with(&table, &mut records, 4).is_empty());
    }
}
