//! Ids, stamps, sample assessments and a sink that fails on order, for the tests of the store.

use std::cell::Cell;

use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, AssessmentId, Decision, Fact, FrameworkId, PracticeId, RequirementId, ScopeText, Slot,
    Standing, Words, apply,
};
use concord::store::{
    Book, HeadKey, Library, MemorySink, Outbox, RecordKey, RecordPlace, Sink, SinkError, Stamp, Write,
};

pub const REVIEW: PracticeId = PracticeId::new("source.peer-review");
pub const BACKUPS: PracticeId = PracticeId::new("continuity.backups");
pub const PLAN: PracticeId = PracticeId::new("incidents.plan");

pub fn id(text: &str) -> AssessmentId {
    AssessmentId::parse(text).expect("an id")
}

pub fn stamp(at: i64) -> Stamp {
    Stamp {
        at,
        by: "Ada".to_owned(),
        tab: "tab1".to_owned(),
    }
}

pub fn words(text: &str) -> Words {
    Words::new(text).expect("not blank")
}

pub fn library(sink: &dyn Sink) -> Library<'_> {
    Library::new(sink, &CATALOGUE)
}

pub fn open(sink: &dyn Sink, name: &str) -> Book {
    library(sink).open(&id(name)).expect("opens")
}

pub fn key(kind: &str, id: &str) -> RecordKey {
    RecordKey {
        kind: kind.to_owned(),
        id: id.to_owned(),
    }
}

/// The key of a stored record of the first generation.
pub fn place(name: &str, kind: &str, record: &str) -> String {
    place_in(name, 1, kind, record)
}

pub fn place_in(name: &str, generation: u32, kind: &str, record: &str) -> String {
    RecordPlace {
        assessment: id(name),
        generation,
        key: key(kind, record),
    }
    .text()
}

pub fn head(name: &str) -> String {
    HeadKey(id(name)).text()
}

pub fn put(sink: &dyn Sink, key: &str, text: &str) {
    sink.write(key, Some(text)).expect("there is room");
}

/// Changes a book as the app does: apply, write the touched slots, hand the writes to the sink.
pub fn change(book: &mut Book, sink: &dyn Sink, action: Action) {
    let mut outbox = Outbox::default();
    outbox.add(writes_of(book, action, 900));
    outbox.flush(sink).expect("there is room");
}

pub fn writes_of(book: &mut Book, action: Action, at: i64) -> Vec<Write> {
    let change = apply(&mut book.assessment, &CATALOGUE, action).expect("applies");
    book.write_slots(&change.touched, &stamp(at), &CATALOGUE)
}

/// An assessment with something in several kinds of slot.
pub fn sample() -> Assessment {
    let mut assessment = Assessment::default();
    let actions = [
        Action::SetFramework(FrameworkId::Iso27001, true),
        Action::SetFramework(FrameworkId::Soc2, true),
        Action::SetText(ScopeText::Name, "Größe & Co".to_owned()),
        Action::SetFact(Fact::Premises, Some(false)),
        Action::SetStanding(REVIEW, Standing::InPlace),
        Action::SetOwner(REVIEW, "Head of Engineering".to_owned()),
        Action::SetNote(REVIEW, "Two approvals on the main branch".to_owned()),
        Action::SetStanding(BACKUPS, Standing::Partly),
        Action::SetStanding(PLAN, Standing::NotInPlace),
        Action::SetDecision(
            RequirementId::new(FrameworkId::Iso27001, "A.8.30"),
            Some(Decision::Excluded {
                justification: words("All software is written by our own people"),
                approver: "Ada".to_owned(),
                review_on: None,
            }),
        ),
    ];
    for action in actions {
        apply(&mut assessment, &CATALOGUE, action).expect("applies");
    }
    assessment
}

/// A sink with the sample assessment stored as `name`.
pub fn sink_with_sample(name: &str) -> MemorySink {
    let sink = MemorySink::default();
    library(&sink)
        .create(id(name), sample(), &stamp(100))
        .expect("there is room");
    sink
}

/// The same, with a head that names an older schema, so that opening writes a whole new generation. No schema before
/// the first was ever shipped; the number stands in for whatever is older than the present one.
pub fn sink_with_older(name: &str) -> MemorySink {
    let sink = sink_with_sample(name);
    put(&sink, &head(name), r#"{"schema":0,"generation":1}"#);
    sink
}

/// A copy of what a sink holds.
pub fn copy(sink: &MemorySink) -> MemorySink {
    let copy = MemorySink::default();
    for (key, text) in sink.contents() {
        put(&copy, &key, &text);
    }
    copy
}

/// The slots in which two assessments differ.
pub fn differing(left: &Assessment, right: &Assessment) -> Vec<Slot> {
    let mut slots = left.slots();
    slots.extend(right.slots());
    slots.sort();
    slots.dedup();
    slots.retain(|slot| left.value(*slot) != right.value(*slot));
    slots
}

/// How a [`Faulty`] sink fails at its n-th write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It refuses this one write.
    Once,
    /// It refuses this write and all after it, removals too, as if the browser had been killed there.
    FromThereOn,
    /// It says that it took the write and keeps another text.
    Alters,
}

/// A sink that fails at its n-th write, counted from 0.
pub struct Faulty {
    pub inner: MemorySink,
    fault: Fault,
    at: usize,
    n_writes: Cell<usize>,
}

impl Faulty {
    pub fn new(inner: MemorySink, fault: Fault, at: usize) -> Self {
        Self {
            inner,
            fault,
            at,
            n_writes: Cell::new(0),
        }
    }

    /// Whether the fault has come to pass; if not, the operation was over before.
    pub fn has_failed(&self) -> bool {
        self.n_writes.get() > self.at
    }
}

impl Sink for Faulty {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, SinkError> {
        self.inner.keys(prefix)
    }

    fn read(&self, key: &str) -> Result<Option<String>, SinkError> {
        self.inner.read(key)
    }

    fn write(&self, key: &str, text: Option<&str>) -> Result<(), SinkError> {
        let n = self.n_writes.replace(self.n_writes.get() + 1);
        match self.fault {
            Fault::Once if n == self.at => Err(SinkError::Full),
            Fault::FromThereOn if n >= self.at => Err(SinkError::Full),
            Fault::Alters if n == self.at => self.inner.write(key, text.map(|text| format!("{text} ")).as_deref()),
            Fault::Once | Fault::FromThereOn | Fault::Alters => self.inner.write(key, text),
        }
    }
}
