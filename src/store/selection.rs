//! Which assessments of a long list are shown, and in which order.

use super::Listing;
use crate::domain::sort_by_rank;

/// How far an assessment is: practices answered, of those that its scope asks. The store does not know what a scope asks,
/// so this is handed to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Practices answered.
    pub n_answered: usize,
    /// Practices asked.
    pub n_asked: usize,
}

impl Progress {
    /// Whether every practice that is asked has been answered.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.n_asked > 0 && self.n_answered >= self.n_asked
    }
}

macro_rules! choices {
    ($(#[$meta:meta])* $name:ident: $($(#[$doc:meta])* $variant:ident = $id:literal, $title:literal;)*) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The id.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }

            /// The words as shown.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)*
                }
            }

            /// The one with this id; the first if there is none.
            #[must_use]
            pub fn parse(text: &str) -> Self {
                Self::ALL.iter().copied().find(|it| it.as_str() == text).unwrap_or_default()
            }
        }
    };
}

choices! {
    /// The order of a list of assessments.
    ListOrder:
    /// The last changed first.
    #[default]
    LastChanged = "changed", "Last changed";
    /// By name.
    Name = "name", "Name";
    /// The least answered first.
    Progress = "progress", "Progress, least first";
    /// The largest first.
    Size = "size", "Size, largest first";
    /// Those without a backup first, then the oldest backup.
    Backup = "backup", "Backup, oldest first";
}

choices! {
    /// Which assessments of a list are shown, by their state.
    ListState:
    /// All but the deleted ones.
    #[default]
    Kept = "", "All";
    /// Not everything that is asked is answered.
    InProgress = "in-progress", "In progress";
    /// Everything that is asked is answered.
    Answered = "answered", "Answered";
    /// Something in it is in no backup.
    NeedsBackup = "needs-backup", "Needs a backup";
    /// Deleted, and not yet removed for good.
    Deleted = "deleted", "Deleted";
}

/// What is looked for in a list of assessments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Words of the name or the organisation; each must be there.
    pub words: String,
    /// The order.
    pub order: ListOrder,
    /// The state.
    pub state: ListState,
}

impl Selection {
    /// The positions of what is shown, in order. `progress` goes with the listings, by position.
    #[must_use]
    pub fn of(&self, listings: &[Listing], progress: &[Progress]) -> Vec<usize> {
        let words = self.words.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let progress_of = |position: usize| progress.get(position).copied().unwrap_or_default();
        let is_shown = |(position, listing): (usize, &Listing)| {
            let is_shown = self.has_state(listing, progress_of(position)) && has_words(listing, &words);
            is_shown.then_some(position)
        };
        let mut shown: Vec<usize> = listings.iter().enumerate().filter_map(is_shown).collect();
        match self.order {
            // As the survey gives them.
            ListOrder::LastChanged => {}
            ListOrder::Name => {
                // A name's place is the number of names before it: no list of texts is sorted on the page.
                let names: Vec<String> = listings.iter().map(|it| it.name().to_lowercase()).collect();
                sort_by_rank(&mut shown, |position| {
                    let name = names.get(*position);
                    names.iter().filter(|it| name.is_some_and(|name| *it < name)).count() as u64
                });
            }
            ListOrder::Progress => sort_by_rank(&mut shown, |position| {
                let Progress { n_answered, n_asked } = progress_of(*position);
                // Without a question there is nothing to go on with: last.
                (n_answered as u64 * 1_000_000)
                    .checked_div(n_asked as u64)
                    .unwrap_or(u64::MAX)
            }),
            ListOrder::Size => sort_by_rank(&mut shown, |position| {
                u64::MAX - listings.get(*position).map_or(0, |it| it.n_units as u64)
            }),
            ListOrder::Backup => sort_by_rank(&mut shown, |position| {
                let at = listings.get(*position).and_then(|it| it.backup_at);
                at.map_or(0, |at| at.unsigned_abs().saturating_add(1))
            }),
        }
        shown
    }

    fn has_state(&self, listing: &Listing, progress: Progress) -> bool {
        let is_kept = listing.deleted_at.is_none();
        match self.state {
            ListState::Kept => is_kept,
            ListState::InProgress => is_kept && !listing.is_newer && !progress.is_complete(),
            ListState::Answered => is_kept && progress.is_complete(),
            ListState::NeedsBackup => is_kept && !listing.has_backup(),
            ListState::Deleted => !is_kept,
        }
    }
}

fn has_words(listing: &Listing, words: &[&str]) -> bool {
    let text = format!("{} {}", listing.name(), listing.organisation()).to_lowercase();
    words.iter().all(|word| text.contains(word))
}
