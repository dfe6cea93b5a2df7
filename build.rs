//! Compiles the authored catalogue under `assets/` to one static, or reports everything that is wrong with it.

#[path = "src/catalogue"]
mod authored {
    pub mod compiler;
}

use std::path::Path;
use std::{env, fs, io, process};

use authored::compiler;

fn main() {
    println!("cargo::rerun-if-changed=assets/catalogue");
    println!("cargo::rerun-if-changed=assets/frameworks");
    println!("cargo::rerun-if-changed=assets/obligations");
    println!("cargo::rerun-if-changed=src/catalogue/compiler.rs");
    println!("cargo::rerun-if-changed=src/catalogue/compiler");
    if is_cut_after_linking() {
        println!("cargo::rustc-link-arg-bin=concord=--emit-relocs");
    }
    if let Err(error) = run() {
        eprintln!("{error}");
        process::exit(1);
    }
}

/// A program that is cut apart needs to say where its addresses are.
fn is_cut_after_linking() -> bool {
    let is_wasm = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|it| it == "wasm32");
    is_wasm && env::var_os("CARGO_FEATURE_SPLIT").is_some()
}

fn run() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut files = Vec::new();
    for folder in ["frameworks", "catalogue", "obligations"] {
        read_folder(&Path::new(&root).join("assets").join(folder), folder, &mut files)?;
    }
    let code = compiler::compile(&files).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        io::Error::other(format!(
            "the catalogue has {} problems:\n{}",
            lines.len(),
            lines.join("\n")
        ))
    })?;
    fs::write(Path::new(&out).join("catalogue.rs"), code)
}

/// Reads the authored files of a folder in the order of their names, each as `folder/name`.
fn read_folder(path: &Path, folder: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    let mut names: Vec<String> = fs::read_dir(path)?
        .filter_map(|entry| entry.ok().and_then(|entry| entry.file_name().into_string().ok()))
        .filter(|name| name.ends_with(".toml") || name.ends_with(".txt"))
        .collect();
    names.sort();
    for name in names {
        files.push((format!("{folder}/{name}"), fs::read_to_string(path.join(&name))?));
    }
    Ok(())
}
