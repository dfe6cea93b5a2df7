//! How the readings of other laws and frameworks are said. Honest words: never a share of a law.

use super::{count, requirements};
use crate::analysis::{Footing, Spoken, SpokenCount};
use crate::domain::ObligationSource;

/// What must be said wherever these readings are shown.
pub const OBLIGATIONS_NATURE: &str = "This is what the answers say about those requirements of ISO/IEC 27001 that a public \
    mapping names. It is no assessment against the law or framework itself, which asks for more and for other things. No \
    gate counts it.";

/// What "in full" and "in part" mean.
pub const OBLIGATIONS_METHOD: &str = "In full: every requirement that a mapping names is in scope and ready. In part: at \
    least one practice that they need is in place or partly so. A requirement that is excluded or out of scope is counted \
    apart and keeps an obligation from being in full.";

/// What the other words mean.
pub const OBLIGATIONS_REST: &str = "Nothing in place: all is answered, and nothing is there. Open: nothing is there so far, \
    and something is unanswered or to be decided. In no mapping: no requirement is named, so the answers say nothing.";

/// Why nothing is said while ISO/IEC 27001 is not in scope.
pub const OBLIGATIONS_UNSCOPED: &str = "ISO/IEC 27001 is not in scope, so its requirements have no status to read. The \
    practices that they need may have been answered for other frameworks all the same.";

/// What must be said while the practices are read instead.
pub const OBLIGATIONS_FROM_PRACTICES: &str = "ISO/IEC 27001 is not in scope. Read here are the practices that its \
    requirements need, as far as they have been answered for other frameworks; what nobody was asked is open.";

/// What is to be known of a source before it is relied on: reference, since when, how good the pairs are, and whose.
#[must_use]
pub fn obligation_credit(source: &ObligationSource) -> String {
    format!(
        "{}. {}. {} {}",
        source.reference, source.since, source.quality, source.credit
    )
}

/// What the answers say for a source, with each count: `Of 28 articles, the answers speak to 3 in full and 14 in part. 2
/// are open, 9 are in no mapping.`
#[must_use]
pub fn obligations_finding(source: &ObligationSource, spoken: &SpokenCount) -> String {
    let [one, many] = source.nouns;
    let n = |which| spoken.n(which);
    let head = match (n(Spoken::InFull), n(Spoken::InPart)) {
        (0, 0) => "the answers speak to none yet".to_owned(),
        (full, part) => format!("the answers speak to {full} in full and {part} in part"),
    };
    let rest = [
        (Spoken::Nothing, "has nothing in place", "have nothing in place"),
        (Spoken::Open, "is open", "are open"),
        (
            Spoken::NotInScope,
            "rests on nothing in scope",
            "rest on nothing in scope",
        ),
        (Spoken::NotNamed, "is in no mapping", "are in no mapping"),
    ];
    let rest = rest.into_iter().filter(|(which, ..)| n(*which) > 0);
    let rest: Vec<String> = rest.map(|(which, is, are)| count(n(which), is, are)).collect();
    let rest = match rest.is_empty() {
        true => String::new(),
        false => format!(" {}.", rest.join(", ")),
    };
    format!("Of {}, {head}.{rest}", count(spoken.n_total(), one, many))
}

/// The same in a few words, for a cell: `3 of 12 in full, 4 in part`.
#[must_use]
pub fn spoken_count(spoken: &SpokenCount) -> String {
    let (full, part) = (spoken.n(Spoken::InFull), spoken.n(Spoken::InPart));
    format!("{full} of {} in full, {part} in part", spoken.n_total())
}

/// Where the practices stand that some requirements need: `12 of 30 in place`.
#[must_use]
pub fn footing_practices(footing: &Footing) -> String {
    match footing.basis.n_considered() {
        0 => "none".to_owned(),
        n => format!("{} of {n} in place", footing.basis.n_ready()),
    }
}

/// What stands behind a reading: `Behind it: 93 requirements, practices 120 of 210 in place, 40 gaps.`
#[must_use]
pub fn footing_finding(footing: &Footing) -> String {
    format!(
        "Behind it: {}, practices {}, {}.",
        requirements(footing.requirements.len()),
        footing_practices(footing),
        count(footing.gaps.len(), "gap", "gaps")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, SourceReading};
    use crate::domain::{Obligation, ObligationGroup, fixture};

    static LAW: ObligationSource = ObligationSource {
        id: "law",
        short: "Law",
        title: "A law",
        reference: "",
        since: "",
        about: "",
        credit: "",
        quality: "",
        nouns: ["article", "articles"],
        groups: &[ObligationGroup {
            id: "I",
            title: "First",
            part: "",
            obligations: &[
                Obligation {
                    id: "Article 1",
                    title: "Changes",
                    note: "",
                    codes: "A.8.32",
                },
                Obligation {
                    id: "Article 2",
                    title: "Mandate",
                    note: "",
                    codes: "",
                },
            ],
        }],
    };

    #[test]
    fn finding_counts_every_obligation_once() {
        let mut assessment = fixture::assessment();
        let read = |assessment: &crate::domain::Assessment| {
            let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
            SourceReading::new(&fixture::CATALOGUE, &LAW, assessment, &analysis).count
        };
        assert_eq!(
            obligations_finding(&LAW, &read(&assessment)),
            "Of 2 articles, the answers speak to none yet. 1 is open, 1 is in no mapping."
        );
        let answer = crate::domain::Answer {
            standing: crate::domain::Standing::InPlace,
            ..Default::default()
        };
        assessment.answers.insert(fixture::REVIEW, answer);
        let count = read(&assessment);
        assert_eq!(
            obligations_finding(&LAW, &count),
            "Of 2 articles, the answers speak to 0 in full and 1 in part. 1 is in no mapping."
        );
        assert_eq!(spoken_count(&count), "0 of 2 in full, 1 in part");
    }
}
