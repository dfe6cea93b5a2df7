//! Where records go. The browser's local storage is one sink; tests bring others that fill up or refuse.

use std::cell::RefCell;
use std::collections::BTreeMap;

use thiserror::Error;

use super::keys::generation_prefix;
use crate::domain::AssessmentId;

/// Why a sink did not take or give something.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SinkError {
    /// There is no room left. What was there before is still there.
    #[error("the storage of this browser is full")]
    Full,
    /// Storage is switched off or out of reach.
    #[error("the storage of this browser is blocked")]
    Blocked,
    /// What was read back is not what was written.
    #[error("what was read back differs from what was written")]
    ReadBack,
}

/// A place for texts under keys.
pub trait Sink {
    /// All keys that begin with a prefix, sorted.
    ///
    /// # Errors
    /// If storage is out of reach.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, SinkError>;

    /// The text under a key.
    ///
    /// # Errors
    /// If storage is out of reach.
    fn read(&self, key: &str) -> Result<Option<String>, SinkError>;

    /// Puts a text under a key, or removes it. A failed write keeps the old text.
    ///
    /// # Errors
    /// If there is no room or storage is out of reach.
    fn write(&self, key: &str, text: Option<&str>) -> Result<(), SinkError>;
}

/// Writes that have not been taken yet, newest text per key. They are tried again with the next change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outbox {
    pending: Vec<super::Write>,
}

impl Outbox {
    /// Adds writes, replacing older ones to the same keys.
    pub fn add(&mut self, writes: Vec<super::Write>) {
        for write in writes {
            self.pending.retain(|older| older.key != write.key);
            self.pending.push(write);
        }
    }

    /// Hands the writes to a sink, in order. What is not taken stays.
    ///
    /// # Errors
    /// The first refusal; the writes from there on stay in the outbox.
    pub fn flush(&mut self, sink: &dyn Sink) -> Result<(), SinkError> {
        while let Some(write) = self.pending.first() {
            sink.write(&write.key, write.text.as_deref())?;
            self.pending.remove(0);
        }
        Ok(())
    }

    /// Forgets the writes to one generation of an assessment: other records have taken its place.
    pub fn forget_generation(&mut self, assessment: &AssessmentId, generation: u32) {
        let prefix = generation_prefix(assessment, generation);
        self.pending.retain(|write| !write.key.starts_with(&prefix));
    }

    /// Whether everything has been taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }
}

/// A sink seen through the writes that it has not taken yet: a read finds the newest text.
pub struct Pending<'a> {
    sink: &'a dyn Sink,
    outbox: &'a Outbox,
}

impl<'a> Pending<'a> {
    /// A sink seen through an outbox.
    #[must_use]
    pub fn new(sink: &'a dyn Sink, outbox: &'a Outbox) -> Self {
        Self { sink, outbox }
    }
}

impl Sink for Pending<'_> {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, SinkError> {
        let mut keys = self.sink.keys(prefix)?;
        for write in self.outbox.pending.iter().filter(|write| write.key.starts_with(prefix)) {
            keys.retain(|key| *key != write.key);
            if write.text.is_some() {
                keys.push(write.key.clone());
            }
        }
        Ok(keys)
    }

    fn read(&self, key: &str) -> Result<Option<String>, SinkError> {
        match self.outbox.pending.iter().find(|write| write.key == key) {
            Some(write) => Ok(write.text.clone()),
            None => self.sink.read(key),
        }
    }

    fn write(&self, key: &str, text: Option<&str>) -> Result<(), SinkError> {
        self.sink.write(key, text)
    }
}

/// A sink in memory, with an optional quota in characters and switches to make it fail.
#[derive(Debug, Default)]
pub struct MemorySink {
    texts: RefCell<BTreeMap<String, String>>,
    /// The most characters that keys and texts may have together; none means no limit.
    pub quota: Option<usize>,
    /// Whether every call is refused.
    pub is_blocked: bool,
}

impl MemorySink {
    /// All keys and texts.
    #[must_use]
    pub fn contents(&self) -> BTreeMap<String, String> {
        self.texts.borrow().clone()
    }

    fn check(&self) -> Result<(), SinkError> {
        if self.is_blocked {
            Err(SinkError::Blocked)
        } else {
            Ok(())
        }
    }
}

impl Sink for MemorySink {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, SinkError> {
        self.check()?;
        Ok(self
            .texts
            .borrow()
            .keys()
            .filter(|key| key.starts_with(prefix))
            .cloned()
            .collect())
    }

    fn read(&self, key: &str) -> Result<Option<String>, SinkError> {
        self.check()?;
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn write(&self, key: &str, text: Option<&str>) -> Result<(), SinkError> {
        self.check()?;
        let mut texts = self.texts.borrow_mut();
        let Some(text) = text else {
            texts.remove(key);
            return Ok(());
        };
        if let Some(quota) = self.quota {
            let others = texts.iter().filter(|(it, _)| *it != key);
            let others: usize = others.map(|(key, text)| key.len() + text.len()).sum();
            if others + key.len() + text.len() > quota {
                return Err(SinkError::Full);
            }
        }
        texts.insert(key.to_owned(), text.to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Write;
    use super::*;

    fn write(key: &str, text: Option<&str>) -> Write {
        Write {
            key: key.to_owned(),
            text: text.map(str::to_owned),
        }
    }

    #[test]
    fn writes_to_a_generation_that_was_replaced_are_forgotten_and_no_others() {
        let mut outbox = Outbox::default();
        let kept = ["concord/1/ab/2/answer/x", "concord/1/ab", "concord/1/abc/1/answer/x"];
        for key in kept.into_iter().chain(["concord/1/ab/1/answer/x"]) {
            outbox.add(vec![write(key, Some("text"))]);
        }
        let id = AssessmentId::parse("ab").expect("an id");
        outbox.forget_generation(&id, 1);
        let sink = MemorySink::default();
        outbox.flush(&sink).expect("there is room");
        let mut keys = sink.keys("").expect("in reach");
        keys.sort();
        let mut kept = kept.map(str::to_owned);
        kept.sort();
        assert_eq!(keys, kept);
    }

    #[test]
    fn what_was_not_taken_is_read_before_what_is_kept() {
        let sink = MemorySink::default();
        for (key, text) in [("a/1", "old"), ("a/2", "kept"), ("a/3", "removed later")] {
            sink.write(key, Some(text)).expect("there is room");
        }
        let mut outbox = Outbox::default();
        outbox.add(vec![
            write("a/1", Some("new")),
            write("a/3", None),
            write("a/4", Some("added")),
        ]);
        let pending = Pending::new(&sink, &outbox);
        let mut keys = pending.keys("a/").expect("in reach");
        keys.sort();
        assert_eq!(keys, ["a/1", "a/2", "a/4"]);
        let read = |key: &str| pending.read(key).expect("in reach");
        assert_eq!(read("a/1").as_deref(), Some("new"));
        assert_eq!(read("a/2").as_deref(), Some("kept"));
        assert_eq!(read("a/3"), None);
        assert_eq!(sink.read("a/1").expect("in reach").as_deref(), Some("old"));
    }
}
