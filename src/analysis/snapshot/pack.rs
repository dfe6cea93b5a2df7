//! The packed texts of a snapshot. Nothing here may change what an older text means: a new form takes a new version.
//!
//! - Scope: version, which of its day (2 characters), frameworks (1, a bit each), categories (1), then the facts, three a
//!   character: 0 not stated, 1 no, 2 yes.
//! - Figures: version, gaps, how many frameworks (1), for each its number (1) and the seven counts of its tally, how many
//!   gates (1), for each its number and that of its framework (1), what clears, what is open, of how many, and how many
//!   things block it. A count below 32 takes 1 character; a greater one takes 2, of which the first is 32 or more.
//! - States: version, then two characters for each practice in the order of the permanent numbers: 0 where there was none
//!   of that number, otherwise 1 + asked + 2 × (basis + 4 × (standing with facets)).

use super::{Figures, MomentScope, PracticeState, SnapshotError, SnapshotPart};
use crate::analysis::{Gate, GateCount, Tally};
use crate::domain::{
    BasisKind, Catalogue, Category, Facet, Facets, Fact, FrameworkId, SortedMap, SortedSet, StandingKind,
};

/// The version of the form, the first character of each text.
const VERSION: char = '1';

/// Six bits a character.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The most that two characters hold.
const MOST: usize = 64 * 64 - 1;
/// Below this a count takes one character.
const SHORT: usize = 32;
/// The greatest count. More is written as this: the catalogue has far less of anything.
const MOST_COUNTED: usize = (64 - SHORT) * 64 - 1;

/// The standings that have no facets, by their code.
const BARE: [StandingKind; 4] = [
    StandingKind::NotAnswered,
    StandingKind::NotInPlace,
    StandingKind::NotApplicable,
    StandingKind::Inherited,
];
/// The standings that have facets; each takes 81 codes, three for each of four facets.
const SHOWN: [StandingKind; 3] = [StandingKind::Partly, StandingKind::InPlace, StandingKind::AnotherWay];
const FACET_CODES: usize = 81;
/// The bases by their code: none stated, then weakest first.
const N_BASES: usize = BasisKind::ALL.len() + 1;

/// Writes six bits after six.
struct Writer(String);

impl Writer {
    fn new() -> Self {
        Self(VERSION.to_string())
    }

    /// Six bits; what is more is cut off.
    fn one(&mut self, bits: usize) {
        let letter = ALPHABET.get(bits % ALPHABET.len()).copied().unwrap_or(b'A');
        self.0.push(char::from(letter));
    }

    fn two(&mut self, number: usize) {
        let number = number.min(MOST);
        self.one(number / 64);
        self.one(number % 64);
    }

    fn count(&mut self, count: usize) {
        let count = count.min(MOST_COUNTED);
        if count >= SHORT {
            self.one(SHORT + count / 64);
        }
        self.one(count % 64);
    }
}

/// Reads six bits after six, and says where it can't.
struct Reader<'a> {
    part: SnapshotPart,
    text: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(part: SnapshotPart, text: &'a str) -> Result<Self, SnapshotError> {
        match text.chars().next() {
            None => Err(SnapshotError::Missing(part)),
            Some(VERSION) => Ok(Self {
                part,
                text: text.as_bytes(),
                at: 1,
            }),
            Some(other) => Err(SnapshotError::Version(part, other)),
        }
    }

    const fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// What was read last means nothing.
    const fn damaged(&self) -> SnapshotError {
        SnapshotError::Damaged(self.part, self.at)
    }

    fn one(&mut self) -> Result<usize, SnapshotError> {
        let letter = self.text.get(self.at).ok_or(SnapshotError::CutOff(self.part))?;
        self.at += 1;
        ALPHABET.iter().position(|it| it == letter).ok_or(self.damaged())
    }

    fn two(&mut self) -> Result<usize, SnapshotError> {
        Ok(self.one()? * 64 + self.one()?)
    }

    fn count(&mut self) -> Result<usize, SnapshotError> {
        let first = self.one()?;
        match first.checked_sub(SHORT) {
            None => Ok(first),
            Some(high) => Ok(high * 64 + self.one()?),
        }
    }

    /// One of a list, by its place.
    fn one_of<T: Copy>(&mut self, list: &[T]) -> Result<T, SnapshotError> {
        let at = self.one()?;
        list.get(at).copied().ok_or(self.damaged())
    }

    /// Those of a list whose bit is set.
    fn some_of<T: Copy + Ord>(&mut self, list: &[T]) -> Result<SortedSet<T>, SnapshotError> {
        let bits = self.one()?;
        if bits >> list.len() != 0 {
            return Err(self.damaged());
        }
        let members = list.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        Ok(members.map(|(_, member)| *member).collect())
    }

    /// A text of a fixed length that goes on is damaged.
    const fn end(&self) -> Result<(), SnapshotError> {
        if self.is_at_end() {
            Ok(())
        } else {
            Err(SnapshotError::Damaged(self.part, self.at + 1))
        }
    }
}

fn bits_of<T: Ord>(list: &[T], set: &SortedSet<T>) -> usize {
    let members = list.iter().enumerate().filter(|(_, it)| set.contains(it));
    members.map(|(at, _)| 1 << at).sum()
}

fn place_of<T: PartialEq>(list: &[T], member: &T) -> usize {
    list.iter().position(|it| it == member).unwrap_or_default()
}

pub(super) fn text_from_scope(scope: &MomentScope, sequence: u32) -> String {
    let mut text = Writer::new();
    text.two(usize::try_from(sequence).unwrap_or(MOST));
    text.one(bits_of(&FrameworkId::ALL, &scope.frameworks));
    text.one(bits_of(&Category::ALL, &scope.categories));
    for facts in Fact::ALL.chunks(3) {
        let code = |fact: &Fact| scope.facts.get(fact).map_or(0, |is_so| 1 + usize::from(*is_so));
        text.one(facts.iter().rev().fold(0, |bits, fact| bits << 2 | code(fact)));
    }
    text.0
}

/// The scope, and which snapshot of its day it is. Facts that a later version may add are left out.
pub(super) fn scope_from_text(text: &str) -> Result<(MomentScope, u32), SnapshotError> {
    let mut reader = Reader::new(SnapshotPart::Scope, text)?;
    let sequence = u32::try_from(reader.two()?).unwrap_or_default();
    let frameworks = reader.some_of(&FrameworkId::ALL)?;
    let categories = reader.some_of(&Category::ALL)?;
    let mut facts = SortedMap::default();
    let mut known = Fact::ALL.chunks(3);
    while !reader.is_at_end() {
        let mut bits = reader.one()?;
        for fact in known.next().unwrap_or_default() {
            match bits & 3 {
                0 => {}
                1 => facts.set(*fact, Some(false)),
                2 => facts.set(*fact, Some(true)),
                _ => return Err(reader.damaged()),
            }
            bits >>= 2;
        }
    }
    let scope = MomentScope {
        frameworks,
        categories,
        facts,
    };
    Ok((scope, sequence))
}

pub(super) fn text_from_figures(figures: &Figures) -> String {
    let mut text = Writer::new();
    text.count(figures.n_gaps);
    text.one(figures.frameworks.len());
    for (id, tally) in &figures.frameworks {
        text.one(place_of(&FrameworkId::ALL, id));
        for count in [
            tally.n_ready,
            tally.n_partly,
            tally.n_not_ready,
            tally.n_open,
            tally.n_may_be_ready,
            tally.n_needs_decision,
            tally.n_excluded,
        ] {
            text.count(count);
        }
    }
    text.one(figures.gates.len());
    for (gate, framework, count, n_blockers) in &figures.gates {
        text.one(place_of(&Gate::ALL, gate) * FrameworkId::ALL.len() + place_of(&FrameworkId::ALL, framework));
        for count in [count.n_cleared, count.n_open, count.n_total, *n_blockers] {
            text.count(count);
        }
    }
    text.0
}

pub(super) fn figures_from_text(text: &str) -> Result<Figures, SnapshotError> {
    let mut reader = Reader::new(SnapshotPart::Figures, text)?;
    let mut figures = Figures {
        n_gaps: reader.count()?,
        ..Figures::default()
    };
    for _ in 0..reader.one()? {
        let id = reader.one_of(&FrameworkId::ALL)?;
        let tally = Tally {
            n_ready: reader.count()?,
            n_partly: reader.count()?,
            n_not_ready: reader.count()?,
            n_open: reader.count()?,
            n_may_be_ready: reader.count()?,
            n_needs_decision: reader.count()?,
            n_excluded: reader.count()?,
        };
        figures.frameworks.push((id, tally));
    }
    for _ in 0..reader.one()? {
        let code = reader.one()?;
        let n = FrameworkId::ALL.len();
        let gate = Gate::ALL.get(code / n).copied().ok_or(reader.damaged())?;
        let framework = FrameworkId::ALL.get(code % n).copied().ok_or(reader.damaged())?;
        let count = GateCount {
            n_cleared: reader.count()?,
            n_open: reader.count()?,
            n_total: reader.count()?,
        };
        figures.gates.push((gate, framework, count, reader.count()?));
    }
    reader.end()?;
    Ok(figures)
}

pub(super) fn text_from_states(catalogue: &Catalogue, practices: &[Option<PracticeState>]) -> String {
    let n_numbers = catalogue.numbers.iter().max().map_or(0, |most| usize::from(*most) + 1);
    let mut codes = vec![0; n_numbers];
    for (number, state) in catalogue.numbers.iter().zip(practices) {
        if let (Some(code), Some(state)) = (codes.get_mut(usize::from(*number)), state) {
            *code = code_from_state(state);
        }
    }
    let mut text = Writer::new();
    codes.into_iter().for_each(|code| text.two(code));
    text.0
}

/// The states by position in the catalogue of now. Numbers that it does not know are left out, those that the text does
/// not reach were not there then.
pub(super) fn states_from_text(catalogue: &Catalogue, text: &str) -> Result<Vec<Option<PracticeState>>, SnapshotError> {
    let mut reader = Reader::new(SnapshotPart::States, text)?;
    let mut by_number = Vec::new();
    while !reader.is_at_end() {
        let code = reader.two()?;
        by_number.push(state_from_code(code).map_err(|()| reader.damaged())?);
    }
    let numbers = catalogue.numbers.iter();
    Ok(numbers
        .map(|number| by_number.get(usize::from(*number)).copied().flatten())
        .collect())
}

fn code_from_state(state: &PracticeState) -> usize {
    let shown = SHOWN.iter().position(|it| *it == state.standing);
    let standing = match shown {
        None => place_of(&BARE, &state.standing),
        Some(at) => BARE.len() + at * FACET_CODES + code_from_facets(state.facets),
    };
    let basis = state.basis.map_or(0, |it| 1 + place_of(&BasisKind::ALL, &it));
    1 + usize::from(state.is_asked) + 2 * (basis + N_BASES * standing)
}

/// The state of a code; none where there was no practice. A code that no state has is an error.
fn state_from_code(code: usize) -> Result<Option<PracticeState>, ()> {
    let Some(code) = code.checked_sub(1) else {
        return Ok(None);
    };
    let (is_asked, code) = (code % 2 == 1, code / 2);
    let (basis, code) = (code % N_BASES, code / N_BASES);
    let (standing, facets) = match code.checked_sub(BARE.len()) {
        None => (BARE.get(code), Facets::default()),
        Some(code) => (SHOWN.get(code / FACET_CODES), facets_from_code(code % FACET_CODES)),
    };
    Ok(Some(PracticeState {
        is_asked,
        standing: *standing.ok_or(())?,
        facets,
        basis: basis.checked_sub(1).and_then(|at| BasisKind::ALL.get(at)).copied(),
    }))
}

fn code_from_facets(facets: Facets) -> usize {
    let said = |facet: &Facet| facets.get(*facet).map_or(0, |is_shown| 1 + usize::from(is_shown));
    Facet::ALL.iter().rev().fold(0, |code, facet| code * 3 + said(facet))
}

fn facets_from_code(mut code: usize) -> Facets {
    let mut facets = Facets::default();
    for facet in Facet::ALL {
        let said = match code % 3 {
            0 => None,
            1 => Some(false),
            _ => Some(true),
        };
        facets = facets.with(facet, said);
        code /= 3;
    }
    facets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_code_of_its_own_that_fits_two_characters() {
        let n_codes = 2 * N_BASES * (BARE.len() + SHOWN.len() * FACET_CODES);
        assert!(n_codes < MOST, "{n_codes}");
        for code in 0..=n_codes {
            let state = state_from_code(code).expect("a state");
            assert_eq!(state.as_ref().map_or(0, code_from_state), code);
        }
        assert_eq!(state_from_code(n_codes + 1), Err(()));
        let all = StandingKind::CHOICES.into_iter().chain([StandingKind::NotAnswered]);
        for standing in all {
            assert_eq!(SHOWN.contains(&standing), standing.is_at_least_partly(), "{standing:?}");
            assert_ne!(SHOWN.contains(&standing), BARE.contains(&standing), "{standing:?}");
        }
    }

    #[test]
    fn places_in_the_lists_that_texts_name_never_change() {
        let facts: Vec<&str> = Fact::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(
            facts.join(" "),
            "cloud-customer cloud-provider cloud-partners own-development outsourced-development hosted-scm own-scm \
             hosted-runners self-hosted-runners vendor-scanning local-scanning ai-assistants production-data-in-tests \
             premises byod personal-data-controller personal-data-processor board"
        );
        let gates: Vec<&str> = Gate::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(gates.join(" "), "stage-1 stage-2 27017 type-1 type-2");
        let frameworks: Vec<&str> = FrameworkId::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(
            frameworks.join(" "),
            "iso27001-2022 iso27017-2026 iso27017-2015 soc2-2017"
        );
        let categories: Vec<&str> = Category::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(
            categories.join(" "),
            "security availability confidentiality processing-integrity privacy"
        );
    }

    #[test]
    fn text_that_does_not_read_says_where_and_why() {
        use SnapshotError::{CutOff, Damaged, Missing, Version};
        let part = SnapshotPart::Figures;
        let read = |text: &str| figures_from_text(text).map(|_| ());
        assert_eq!(read(""), Err(Missing(part)));
        assert_eq!(read("2AAAA"), Err(Version(part, '2')));
        assert_eq!(read("1AA"), Err(CutOff(part)));
        assert_eq!(read("1g"), Err(CutOff(part)), "the second character of a great count");
        assert_eq!(read("1A*A"), Err(Damaged(part, 3)));
        assert_eq!(read("1AAA"), Ok(()));
        assert_eq!(read("1AAAA"), Err(Damaged(part, 5)));
        assert_eq!(read("1ABE"), Err(Damaged(part, 4)), "no fifth framework");
        assert_eq!(read("1A\u{e4}A"), Err(Damaged(part, 3)), "no letter of the alphabet");
    }

    #[test]
    fn counts_come_back_short_and_long() {
        for n_gaps in [0, 1, 31, 32, 63, 64, 328, MOST_COUNTED] {
            let figures = Figures {
                n_gaps,
                ..Figures::default()
            };
            let text = text_from_figures(&figures);
            assert_eq!(text.len(), if n_gaps < 32 { 4 } else { 5 }, "{n_gaps}");
            assert_eq!(figures_from_text(&text), Ok(figures));
        }
    }
}
