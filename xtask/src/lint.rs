//! Everything that judges the sources without running them.

use crate::shell::{self, Outcome};
use crate::tools;

/// Each build has code that the others do not compile, so each is linted: the app's features and targets.
const CLIPPY_BUILDS: [&[&str]; 5] = [
    &["--workspace", "--features", "cli", "--all-targets"],
    &["--features", "cli", "--test", "journeys"],
    &[
        "--target",
        "wasm32-unknown-unknown",
        "--features",
        "ui,gallery",
        "--lib",
        "--bin",
        "concord",
        "--test",
        "web",
        "--test",
        "web_bench",
    ],
    &[
        "--target",
        "wasm32-unknown-unknown",
        "--features",
        "ui,split,gallery",
        "--lib",
        "--bin",
        "concord",
    ],
    &[
        "--target",
        "wasm32-unknown-unknown",
        "--features",
        "writers",
        "--lib",
        "--bin",
        "report_worker",
    ],
];

/// Formatting, clippy with warnings as errors, then licences, sources and duplicates of the dependencies.
///
/// # Errors
/// At the first check that fails.
pub fn run() -> Outcome {
    tools::ensure_build_tools()?;
    tools::ensure_lint_tools()?;
    shell::run(shell::cargo().args(["fmt", "--all", "--check"]))?;
    for build in CLIPPY_BUILDS {
        shell::run(
            shell::cargo()
                .args(["clippy", "--quiet", "--locked"])
                .args(build)
                .args(["--", "-D", "warnings"]),
        )?;
    }
    // Advisories are left out: they change without a commit, and their database is not on every network.
    shell::run(shell::cargo().args(["deny", "--offline", "check", "bans", "licenses", "sources"]))
}
