//! Starting programs. Knows where the repository is and where our own tools are, nothing else.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What every step of a command returns; the message is for a person.
pub type Outcome<T = ()> = Result<T, String>;

/// The root of the repository.
pub fn root() -> PathBuf {
    let package = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let package = PathBuf::from(package);
    package.parent().map(Path::to_owned).unwrap_or(package)
}

/// Where tools of pinned versions are installed. It is first on the path of every program started from here.
pub fn tools_dir() -> PathBuf {
    root().join("target/tools")
}

/// Finds a program on our path.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    search_path()
        .into_iter()
        .map(|dir| dir.join(&file))
        .find(|path| path.is_file())
}

/// A command that runs at the root of the repository and sees our tools first.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
    command.current_dir(root());
    if let Ok(path) = env::join_paths(search_path()) {
        command.env("PATH", path);
    }
    if env::var_os("NO_COLOR").is_some() {
        // trunk reads this variable as a Boolean and stops at the usual "1".
        command.env("NO_COLOR", "true");
    }
    command
}

/// Cargo without the network: `tools` has fetched what the lock file names before anything else runs.
pub fn cargo() -> Command {
    let mut command = command("cargo");
    command.env("CARGO_NET_OFFLINE", "true");
    command
}

/// Says what is run, runs it, and fails when it fails.
///
/// # Errors
/// When the program cannot be started or ends with another code than 0.
pub fn run(command: &mut Command) -> Outcome {
    let line = spelled(command);
    println!("+ {line}");
    let status = command
        .status()
        .map_err(|error| format!("cannot start {line}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("failed ({status}): {line}"))
    }
}

/// Runs quietly and returns what was printed, or nothing when the program is missing or fails.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn search_path() -> Vec<PathBuf> {
    let mut path = vec![tools_dir().join("bin")];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    path
}

/// The command as a person would type it.
fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
