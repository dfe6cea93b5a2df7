//! Concord's commands, run as `cargo xtask <command>`.
//!
//! This file only reads the command line. Each command lives in a module of its own. The package must not depend on
//! `concord`: it has to compile in seconds, and also while the app does not.

mod arguments;
mod browser;
mod bundle;
mod digest;
mod lint;
mod post_build;
mod serve;
mod shell;
mod size;
mod split;
mod style_sheet;
mod suite;
mod tools;

use std::process::ExitCode;

use arguments::Arguments;
use shell::Outcome;

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--port N]     build the release app and serve it on this machine (default port 8080)
  build                build the release app into dist/
  dev [ARGS]           trunk serve: debug build that reloads itself after an edit
  test [--only native|web|journeys] [FILTER]
                       run every test, or one kind of them
  lint                 formatting, clippy for every build, licences and sources of dependencies
  size                 compressed size of dist/ against budgets.toml
  bench [--browser]    time the analysis and the exports, or the analysis in a browser
  catalogue --out FILE                                  write the compiled catalogue
  report --assessment FILE --date YYYY-MM-DD --out DIR [--since SNAPSHOT]
                       write the exports of an assessment, with the change since a snapshot of it
  setup                install what the commands above need, then say what is there";

/// The port of `serve` unless `--port` names another.
const DEFAULT_PORT: u16 = 8080;

fn main() -> ExitCode {
    match run(Arguments::from_command_line()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Arguments) -> Outcome {
    let Some(command) = arguments.next_word() else {
        return Err(USAGE.to_owned());
    };
    match command.as_str() {
        "serve" => serve(arguments),
        "build" => {
            arguments.finish()?;
            tools::ensure_build_tools()?;
            bundle::build_release()
        }
        "dev" => {
            tools::ensure_build_tools()?;
            bundle::serve_debug(&arguments.rest())
        }
        "test" => {
            let only = arguments.value_of("--only")?;
            suite::run(only.as_deref(), &arguments.rest())
        }
        "lint" => {
            arguments.finish()?;
            lint::run()
        }
        "size" => {
            arguments.finish()?;
            size::check(&bundle::dist())
        }
        "bench" if arguments.flag("--browser") => suite::bench_in_browser(),
        "bench" | "catalogue" | "report" => run_cli(&command, &arguments.rest()),
        "setup" => {
            arguments.finish()?;
            set_up()
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(format!("unknown command {unknown:?}\n\n{USAGE}")),
    }
}

fn serve(mut arguments: Arguments) -> Outcome {
    let port = match arguments.value_of("--port")? {
        Some(text) => text
            .parse()
            .map_err(|_| format!("--port {text:?} is not a port number"))?,
        None => DEFAULT_PORT,
    };
    arguments.finish()?;
    tools::ensure_build_tools()?;
    bundle::build_release()?;
    let server = serve::Server::start(&bundle::dist(), "/", port)?;
    println!("Concord is at {}  (stop with Ctrl+C)", server.url());
    server.run_until_killed()
}

/// Runs the native command line of the app, which checks the arguments itself.
fn run_cli(command: &str, rest: &[String]) -> Outcome {
    tools::ensure_crates()?;
    shell::run(
        shell::cargo()
            .args([
                "run",
                "--quiet",
                "--locked",
                "--release",
                "--features",
                "cli",
                "--bin",
                "cli",
                "--",
                command,
            ])
            .args(rest),
    )
}

fn set_up() -> Outcome {
    tools::ensure_build_tools()?;
    tools::ensure_lint_tools()?;
    browser::find_or_install().map(|_| ())
}
