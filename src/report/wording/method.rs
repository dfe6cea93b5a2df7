//! How everything is computed, in words and formulas. The help shows all of it; the method of a report takes the sentences
//! that both say.

use super::{DISCLAIMER, GATE_FORMULA, GRADING, gate_asks};
use crate::analysis::Gate;

/// A part of a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A paragraph.
    Words(&'static str),
    /// A formula, on a line of its own.
    Formula(&'static str),
    /// Several points.
    Points(&'static [&'static str]),
    /// A table: its name, its two heads, its rows.
    Pairs(&'static str, [&'static str; 2], &'static [[&'static str; 2]]),
}

/// A chapter of the method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its permanent name in an address.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it says.
    pub body: &'static [Said],
}

/// What is assessed, and what rests on it.
pub const PRACTICES_AND_TIES: &str = "The organisation answers questions about practices: the smallest things that it does \
    and that can be judged by themselves. Clauses, controls and criteria rest on practices through ties. A tie is needed if \
    the requirement is not credible without the practice or an equivalent; otherwise it helps. Only needed ties decide a \
    status. A person may raise a tie from helps to needed, with a reason.";

/// When a requirement has which status.
pub const STATUSES: [&str; 5] = [
    "Ready: all needed practices in scope are in place, met another way, or inherited.",
    "Not ready: every one of them is not in place.",
    "Partly: anything between.",
    "Open: something is unanswered. The interval gives the best and the worst case.",
    "Needs a decision: no needed practice is left in scope, or all are not applicable. Never counted as ready.",
];

/// How a share is counted.
pub const SHARES: &str = "A share counts requirements that are ready over requirements in scope. There are no weights. \
    Excluded controls are not in the denominator. Where questions are open, the share is given as an interval: the lower \
    number takes what is open as not in place, the upper one as in place.";

/// What a gate asks beyond a status.
pub const GATES: &str = "A gate asks more than that a practice is in place: that it is written, approved, enforced by a \
    system or shown by records, as the gate's bar says. What blocks a gate blocks it whatever its share is.";

/// What an override does and does not.
pub const OVERRIDES: &str = "An override is a status that a person sets, with reason, author and date; set to ready, with \
    what is done instead. It counts in the gates, which print their count without it beside; set to ready, it can't stand \
    for a missing document or decision, and it raises nothing at SOC 2 Type 2. It changes no status among the results, no \
    gap and no potential nonconformity.";

/// How operation is counted over a window.
pub const WINDOW: &str = "A practice with a rhythm operated if each full period that ended in the window and was due has a \
    record; one that runs on events or changes, if occurrences were looked at without deviation; a setting, if it was seen \
    at the start and the end with the log of its changes. A period is not due until it is over. No occurrence in the period \
    is neither pass nor failure: it needs a query that shows none. Where nothing was entered, the gate stays open.";

/// How gaps are ranked.
pub const RANKING: &str = "Gaps that may be graded as a major nonconformity stand first; practices that are in place but \
    can't be shown stand last. In between, a gap scores its priority, times the sum over its open requirements of one \
    divided by the number of open needed practices there, divided by its effort (S 1, M 3, L 8). A control counts once over \
    its editions.";

/// The potential grades, in short.
pub const GRADE_WORDS: [&str; 5] = [
    "Potential major: a clause requirement is absent as a whole, or several lapses fall on one requirement.",
    "Potential minor: an isolated lapse.",
    "Potential design deficiency (SOC 2): a control is missing or would not do.",
    "Potential operating deviation (SOC 2): a control is there, but its operation can't be shown.",
    "Observation: nothing required is broken.",
];

/// What every result rests on, whatever is in scope.
pub const LIMITS: [&str; 5] = [
    "This is an assessment by the organisation itself. Nobody independent has checked the answers unless the basis says so.",
    "Answers that were only said are not evidence. Evidence that is named here as claimed has not been registered.",
    "The register of evidence says where a piece is kept and what it shows; Concord has not read it. A SHA-256 says that a \
     file is unchanged since it was hashed, not that what it shows is right.",
    "Numbers, dates and reports of suppliers are what the team entered. Where nothing was entered, nothing is assumed.",
    "Practices and their ties are the work of Concord, in its own words. They are a reading of the frameworks, not their \
     text. The text of the standards and criteria decides.",
];

/// Who certifies, where ISO/IEC 27001 is looked at.
pub const CERTIFICATE: &str =
    "A certificate for ISO/IEC 27001 is issued by an accredited certification body after its own audit.";

/// The chapters of the method.
pub static METHOD: &[Chapter] = &[
    Chapter {
        id: "ground",
        title: "What is looked at",
        body: &[
            Said::Words(PRACTICES_AND_TIES),
            Said::Points(&[
                "A requirement is looked at if its framework is in scope, its SOC 2 category is (Security always is), its \
                 audience fits your cloud role, and its control is not excluded.",
                "A practice is asked if its condition over your facts may hold and something that is looked at rests on it. \
                 A fact that nobody has stated leaves it asked.",
                "A fact switches practices, never requirements. Answers of practices that are not asked are kept and return.",
            ]),
        ],
    },
    Chapter {
        id: "status",
        title: "Status of a requirement",
        body: &[
            Said::Words(
                "Take the practices that the requirement needs and that are asked. Leave out those that are not applicable: \
                 what remains is considered.",
            ),
            Said::Formula("ready = in place + met another way + inherited,  of all that is considered"),
            Said::Points(&STATUSES),
            Said::Words(
                "One practice that is partly in place makes the status Partly. The basis is always printed, such as \"ready \
                 on 2 of 4; 1 partly, 1 not in place\". What could be shown and how firm an answer is do not change a \
                 status: what could be shown enters the gates, how firm an answer is stands beside the numbers.",
            ),
        ],
    },
    Chapter {
        id: "shares",
        title: "Shares and intervals",
        body: &[
            Said::Words(SHARES),
            Said::Formula("share = requirements that are ready ÷ requirements that are looked at"),
            Said::Formula("interval = from ready now  to  ready now + open requirements whose best case is Ready"),
            Said::Words(
                "A requirement with one practice that is not in place can't become ready by further answers, so it does not \
                 widen the interval. Requirements that need a decision stay in the denominator and are not ready. Without a \
                 denominator it says \"none\". A share is no chance of passing.",
            ),
        ],
    },
    Chapter {
        id: "gates",
        title: "Gates",
        body: &[
            Said::Words(GATES),
            Said::Pairs(
                "The bar of each gate",
                ["Gate", "What it asks"],
                &[
                    [Gate::Stage1.title(), gate_asks(Gate::Stage1)],
                    [Gate::Stage2.title(), gate_asks(Gate::Stage2)],
                    [Gate::Cloud.title(), gate_asks(Gate::Cloud)],
                    [Gate::Type1.title(), gate_asks(Gate::Type1)],
                    [Gate::Type2.title(), gate_asks(Gate::Type2)],
                ],
            ),
            Said::Words(GATE_FORMULA),
            Said::Formula("a requirement clears a gate if every practice that it needs clears it"),
            Said::Points(&[
                "Gates nest: what clears Stage 2 clears Stage 1, and what clears Type 2 clears Type 1.",
                "What could be shown is asked only where the practice has an example of it; otherwise it counts as shown.",
                "Evidenced without an accepted piece of evidence is claimed: it clears, and is counted apart.",
                "Improved is reported and is never a bar.",
            ]),
        ],
    },
    Chapter {
        id: "blocked",
        title: "What blocks a gate",
        body: &[
            Said::Words("What blocks a gate stands before its number and changes no count."),
            Said::Pairs(
                "Blockers",
                ["Gate", "Blocked by"],
                &[
                    [
                        "All",
                        "a potential major in the framework; no scope or system statement",
                    ],
                    [
                        "Stage 1, Stage 2, ISO/IEC 27017",
                        "no risk with likelihood and impact; a risk without option, owner or acceptance by name and date; a \
                         control of Annex A that is not decided on; no internal audit, no management review (for Stage 1 a \
                         date on or before Stage 2 is enough)",
                    ],
                    [
                        "ISO/IEC 27017",
                        "ISO/IEC 27001 is not in scope, in place of the line above",
                    ],
                    [
                        "Type 1, Type 2",
                        "system description, management's assertion or control matrix not begun",
                    ],
                    ["Type 1", "no as-of date"],
                    ["Type 2", "no window of at most two years"],
                ],
            ),
        ],
    },
    Chapter {
        id: "inherited",
        title: "Inherited practices",
        body: &[
            Said::Words(
                "An inherited practice is as good as the report behind it. A report or certificate counts if somebody has seen \
                 it, by name and day, its scope names the service that you use, and its opinion is neither adverse nor a \
                 disclaimer.",
            ),
            Said::Points(&[
                "A certificate is in force until its last day; a SOC 2 report for 12 months from the end of its period.",
                "A report in force clears Stage 2, ISO/IEC 27017 and Type 1.",
                "Type 2 also needs Type 2 reports that cover the window without a hole. A bridge letter may cover its end; \
                 one that reaches more than three months beyond the report is flagged.",
                "Under carve-out the practice clears as \"relies on subservice organisation\", apart from passes of your own.",
                "Watching a supplier can't be inherited.",
            ]),
        ],
    },
    Chapter {
        id: "type-2",
        title: "Counting over a Type 2 window",
        body: &[
            Said::Words(WINDOW),
            Said::Pairs(
                "What is due, by rhythm",
                ["Rhythm", "Operated if"],
                &[
                    [
                        "daily, weekly, monthly, quarterly, half-yearly",
                        "every full calendar period that ends in the window has a record, or one within the days of grace \
                         after it",
                    ],
                    [
                        "yearly",
                        "there is a record in the 12 months to the end of the window; flagged if before the window",
                    ],
                    [
                        "on event, on change",
                        "the number of occurrences is entered, at least one was looked at, and no deviation was found",
                    ],
                    [
                        "continuous",
                        "the setting was seen within 14 days of the start and of the end, and the log of its changes was \
                         seen",
                    ],
                ],
            ),
            Said::Formula("from 1 February to 31 July: 6 months, 2 quarters (to 31 March and to 30 June), 1 half-year"),
            Said::Points(&[
                "A period is not due until it and its grace are over. While anything is to come, the gate is open.",
                "No occurrence needs a query that shows none, dated on the last day of the window or later. It clears, leaves \
                 the practice count, and is listed.",
                "A missing record of a period that was due, or any deviation, is a potential exception: it fails.",
            ]),
        ],
    },
    Chapter {
        id: "overrides",
        title: "Overrides",
        body: &[
            Said::Words(OVERRIDES),
            Said::Words(
                "It asks for review when the standing or a facet of a practice under it has changed since it was set.",
            ),
        ],
    },
    Chapter {
        id: "gaps",
        title: "Gaps: grade and rank",
        body: &[
            Said::Words(
                "A gap is computed, never stored: a practice that is not in place or partly in place, or one that is in place \
                 where somebody said no to a facet that is a bar. Not answered, not applicable and inherited make no gap.",
            ),
            Said::Points(&GRADE_WORDS),
            Said::Words(
                "The grade looks at each requirement that needs the practice and takes the gravest. Three or more needed \
                 practices of one requirement that are not in place count as several lapses.",
            ),
            Said::Words(RANKING),
            Said::Formula("score = priority × Σ 1 ÷ (open needed practices of the requirement) ÷ effort"),
            Said::Formula(WORKED),
            Said::Words(
                "The example: a practice of priority 2 and effort S, needed by one requirement where two practices are open and \
                 by another where three are. So a small step that completes a requirement goes before a large one that is one \
                 of ten. Priority is used here only: it touches no status, no share and no grade.",
            ),
        ],
    },
    Chapter {
        id: "findings",
        title: "Potential nonconformities",
        body: &[
            Said::Words(
                "The catalogue holds the findings that auditors raise often. One is raised if a practice behind it is not in \
                 place, or partly in place as an isolated lapse. An answer that has not been given raises nothing.",
            ),
            Said::Points(&[
                "Potential major: a clause is Not ready, or lacks a practice whose absence is by itself the absence of what \
                 the clause asks, such as no internal audit; or several findings fall on one requirement.",
                "Potential minor: any other.",
                "SOC 2 is graded apart: a potential design deficiency where the control is missing, a potential operating \
                 deviation where it is there and its records are denied or missing.",
            ]),
            Said::Words(
                "The grade of a gap looks at one practice, that of a finding at all findings together, so the two may differ.",
            ),
            Said::Words(GRADING),
        ],
    },
    Chapter {
        id: "crosswalk",
        title: "Relations in the crosswalk",
        body: &[
            Said::Words(
                "Let P(a) and P(b) be the practices that two requirements need, over the whole catalogue. The words are those \
                 of NIST IR 8477; they compare our decompositions, not the texts of the standards.",
            ),
            Said::Formula("because = P(a) ∩ P(b)"),
            Said::Formula("remainder of b = P(b) − P(a)"),
            Said::Pairs(
                "Relations",
                ["Relation", "When"],
                &[
                    ["none", "nothing is shared"],
                    ["equal", "P(a) = P(b)"],
                    ["subset", "P(a) lies wholly in P(b)"],
                    ["superset", "P(b) lies wholly in P(a)"],
                    ["intersects", "something is shared, and none of the three holds"],
                ],
            ),
            Said::Words(
                "Equal, subset and superset are given only if both requirements are held complete by a reviewer and the \
                 contained set has at least two practices or a written reason why one is enough. Otherwise it says \
                 intersects. A partial answer never turns into a full one along a chain.",
            ),
        ],
    },
    Chapter {
        id: "next",
        title: "Next question and quick scan",
        body: &[
            Said::Words(
                "A requirement is touched once one of the practices that it needs is answered, and settled once all are.",
            ),
            Said::Formula("gain of a question = 2 × requirements that it settles + requirements that it touches first"),
            Said::Words(
                "The quick scan begins with every practice whose absence by itself makes a potential major, takes the best of \
                 each topic that has none of these, and fills up to 40 questions by gain. The next question is the first open \
                 one of the scan, then the one with the highest gain.",
            ),
        ],
    },
    Chapter {
        id: "plan",
        title: "Plan and what if",
        body: &[
            Said::Words(
                "The plan puts what closes gaps into the order of their ranking, keeps what depends on something behind it, and \
                 lays it into waves of 30, 90 and 180 days.",
            ),
            Said::Words(
                "What if takes the chosen actions as done, computes everything anew and sets the gates before and after beside \
                 each other; it changes no answer. A choice that it suggests is greedy: it takes the best next step again and \
                 again, which is good and need not be the best of all.",
            ),
            Said::Words(
                "No action makes records of the past. So only Stage 1 and Type 1 can be brought to all of their requirements by \
                 actions alone; for Stage 2, ISO/IEC 27017 and Type 2 there is an earliest date, and a past hole stays a hole.",
            ),
        ],
    },
    Chapter {
        id: "limits",
        title: "Limits",
        body: &[
            Said::Words(DISCLAIMER),
            Said::Points(&LIMITS),
            Said::Points(&[
                "A gate is no verdict on an audit stage: whoever audits sets scope and samples and grades anew. Grading is the \
                 auditor's act.",
                "Requirements do not weigh the same to an auditor, and Concord does not guess how much.",
                CERTIFICATE,
                super::SOC2_NATURE,
                super::CLOUD_SOURCE,
            ]),
        ],
    },
];

/// The worked example of a score.
const WORKED: &str = "2 × (1 ÷ 2 + 1 ÷ 3) ÷ 1 = 1.666, counted in whole thousandths and rounded down";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::analysis::{Analysis, BRIDGE_MONTHS, CURRENT_MONTHS, Ground, SETTING_DAYS, quick_scan};
    use crate::catalogue::CATALOGUE;
    use crate::domain::{Answer, Assessment, Effort, FrameworkId, Slot, Standing, Value, fixture};

    fn text_of(id: &str) -> String {
        let chapter = METHOD.iter().find(|it| it.id == id).expect("a chapter");
        let said = chapter.body.iter().map(|it| match it {
            Said::Words(words) | Said::Formula(words) => (*words).to_owned(),
            Said::Points(points) => points.join(" "),
            Said::Pairs(name, _, rows) => format!("{name} {}", rows.concat().join(" ")),
        });
        said.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn chapters_are_told_apart_and_say_something() {
        let ids: BTreeSet<&str> = METHOD.iter().map(|it| it.id).collect();
        assert_eq!(ids.len(), METHOD.len());
        for chapter in METHOD {
            assert!(text_of(chapter.id).len() > 100, "{}", chapter.id);
        }
    }

    #[test]
    fn numbers_that_the_method_names_are_those_that_are_computed_with() {
        let weights = [Effort::Small, Effort::Medium, Effort::Large].map(|it| (it.as_str(), it.weight()));
        for (letter, weight) in weights {
            assert!(RANKING.contains(&format!("{letter} {weight}")), "{letter}");
        }
        assert!(text_of("type-2").contains(&format!("within {SETTING_DAYS} days")));
        assert!(text_of("inherited").contains(&format!("{CURRENT_MONTHS} months")));
        assert_eq!(BRIDGE_MONTHS, 3);
        assert!(text_of("inherited").contains("more than three months"));
    }

    #[test]
    fn quick_scan_of_all_frameworks_has_as_many_questions_as_the_method_says() {
        let mut assessment = Assessment::default();
        for framework in [FrameworkId::Iso27001, FrameworkId::Iso27017, FrameworkId::Soc2] {
            assessment.put(Slot::Framework(framework), Value::Member(true));
        }
        let ground = Ground::new(&CATALOGUE, &assessment);
        let n = quick_scan(&CATALOGUE, &ground).questions.len();
        assert!(text_of("next").contains(&format!("up to {n} questions")), "{n}");
    }

    #[test]
    fn worked_score_is_that_of_the_small_catalogue() {
        let mut assessment = fixture::assessment();
        let answer = Answer {
            standing: Standing::NotInPlace,
            ..Answer::default()
        };
        assessment.answers.insert(fixture::REVIEW, answer);
        let gaps = Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date()).gaps;
        let score = gaps.first().map(|it| it.score).expect("a gap");
        assert!(
            WORKED.contains(&format!("= {}.{:03}", score / 1000, score % 1000)),
            "{score}"
        );
    }
}
