//! Installs what the other commands need, once, and says so.
//!
//! This module and `browser` are the only ones that may use the network. Each step first asks what is already there;
//! when everything is, nothing here opens a connection.

use std::env;
use std::fs;
use std::process::Command;
use std::time::Instant;

use crate::shell::{self, Outcome};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// The newest trunk that this toolchain compiles.
const TRUNK_VERSION: &str = "0.21.14";
const DENY_VERSION: &str = "0.20.2";
/// Must understand what the crate `wasm_split_helpers` leaves in the program.
const WASM_SPLIT_VERSION: &str = "0.2.4";

/// A program that comes from the package registry.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// Higher runs faster and compiles longer.
    opt_level: &'static str,
    flags: &'static [&'static str],
}

/// Makes crates, the wasm target, trunk, wasm-bindgen and wasm-split available.
///
/// # Errors
/// When something is missing and cannot be installed.
pub fn ensure_build_tools() -> Outcome {
    ensure_crates()?;
    ensure_wasm_target()?;
    // Without its default features trunk has no TLS, so it cannot download anything behind our back.
    ensure_tool(&Tool {
        package: "trunk",
        program: "trunk",
        version: TRUNK_VERSION.to_owned(),
        opt_level: "0",
        flags: &["--no-default-features"],
    })?;
    ensure_tool(&Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: locked_version("wasm-bindgen")?,
        opt_level: "1",
        flags: &[],
    })?;
    ensure_tool(&Tool {
        package: "wasm_split_cli_support",
        program: "wasm-split-cli",
        version: WASM_SPLIT_VERSION.to_owned(),
        opt_level: "1",
        flags: &["--features", "build-binary"],
    })
}

/// Makes rustfmt, clippy and cargo-deny available.
///
/// # Errors
/// When something is missing and cannot be installed.
pub fn ensure_lint_tools() -> Outcome {
    ensure_component("rustfmt", "fmt")?;
    ensure_component("clippy", "clippy")?;
    ensure_tool(&Tool {
        package: "cargo-deny",
        program: "cargo-deny",
        version: DENY_VERSION.to_owned(),
        opt_level: "0",
        flags: &["--no-default-features"],
    })
}

/// Makes every crate that `Cargo.lock` names available, after which cargo works offline.
///
/// # Errors
/// When crates are missing and cannot be fetched, or the lock file does not fit the manifests.
pub fn ensure_crates() -> Outcome {
    if shell::output_of(shell::cargo().args(["fetch", "--locked", "--offline"])).is_some() {
        return Ok(());
    }
    println!("fetching the crates that Cargo.lock names (once)");
    shell::run(online_cargo().args(["fetch", "--locked"]))
}

fn ensure_wasm_target() -> Outcome {
    let libraries =
        shell::output_of(shell::command("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]));
    if libraries.is_some_and(|dir| fs::exists(dir).unwrap_or(false)) {
        return Ok(());
    }
    println!("installing the Rust target {WASM_TARGET} (once)");
    shell::run(shell::command("rustup").args(["target", "add", WASM_TARGET]))
}

fn ensure_component(component: &str, subcommand: &str) -> Outcome {
    if shell::output_of(shell::cargo().args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    println!("installing the Rust component {component} (once)");
    shell::run(shell::command("rustup").args(["component", "add", component]))
}

fn ensure_tool(tool: &Tool) -> Outcome {
    if is_installed(tool) {
        return Ok(());
    }
    let Tool { package, version, .. } = tool;
    println!("installing {package} {version} into target/tools (once, a few minutes)");
    let start = Instant::now();
    // A published lock file may name a crate version that the registry has withdrawn: try without it before giving up.
    if let Err(message) = shell::run(install(tool).arg("--locked")) {
        println!("{message}; trying again without the lock file of {package}");
        shell::run(&mut install(tool))?;
    }
    if !is_installed(tool) {
        return Err(format!(
            "{package} was installed but nothing says that it is version {version}"
        ));
    }
    println!("installed {package} {version} in {} s", start.elapsed().as_secs());
    Ok(())
}

fn is_installed(tool: &Tool) -> bool {
    shell::output_of(shell::command(tool.program).arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == tool.version))
        || is_noted_as_installed(tool)
}

/// Not every program knows its version; then what cargo has written down about our own copy counts.
fn is_noted_as_installed(tool: &Tool) -> bool {
    let program = format!("{}{}", tool.program, env::consts::EXE_SUFFIX);
    let notes = fs::read_to_string(shell::tools_dir().join(".crates.toml"));
    shell::tools_dir().join("bin").join(program).is_file() && notes.is_ok_and(|text| is_noted(&text, tool))
}

fn is_noted(notes: &str, tool: &Tool) -> bool {
    let start = format!("\"{} {} (", tool.package, tool.version);
    notes.lines().any(|line| line.starts_with(&start))
}

/// `cargo install` with flags that halve the waiting: the tools run for seconds, so they need no optimiser.
fn install(tool: &Tool) -> Command {
    let mut command = online_cargo();
    command
        .args(["install", tool.package, "--version", &tool.version, "--force", "--root"])
        .arg(shell::tools_dir())
        .args(tool.flags)
        .env("CARGO_TARGET_DIR", shell::root().join("target/tools-build"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", tool.opt_level)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
    command
}

fn online_cargo() -> Command {
    shell::command("cargo")
}

/// The version of a package in `Cargo.lock`: wasm-bindgen's program must be exactly as old as its crate.
fn locked_version(package: &str) -> Outcome<String> {
    let path = shell::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    version_in(&lock, package).ok_or_else(|| format!("Cargo.lock does not name {package}"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let version = lock.lines().skip_while(|line| *line != name).nth(1)?;
    Some(version.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_comes_from_the_package_of_exactly_that_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }

    #[test]
    fn program_without_a_version_is_known_by_cargos_notes() {
        let tool = |version: &str| Tool {
            package: "some_tool",
            program: "some-tool",
            version: version.to_owned(),
            opt_level: "0",
            flags: &[],
        };
        let notes = "[v1]\n\"some_tool 1.2.3 (registry+https://example.org)\" = [\"some-tool\"]\n";
        assert!(is_noted(notes, &tool("1.2.3")));
        assert!(!is_noted(notes, &tool("1.2")) && !is_noted(notes, &tool("1.2.30")));
    }
}
