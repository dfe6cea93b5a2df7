//! A small static server for this machine only. It serves a finished `dist` with the headers its `_headers` file asks
//! for, so that the tests see the app as a host would send it. Knows nothing of how the files were built.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::shell::Outcome;

/// The file with the hosting headers: read, never sent.
const HEADERS_FILE: &str = "_headers";
/// A longer request head is refused.
const HEAD_LIMIT: u64 = 16 * 1024;
/// How long a connection may be silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running server. It lives as long as the process.
pub struct Server {
    address: SocketAddr,
    prefix: String,
    thread: JoinHandle<()>,
}

struct Site {
    /// Canonical, so that a symbolic link out of it can be told.
    root: PathBuf,
    /// The path below which the site appears, with a slash at both ends.
    prefix: String,
    headers: Vec<(String, String)>,
}

/// What a request is answered with.
enum Answer {
    File {
        kind: &'static str,
        bytes: Vec<u8>,
    },
    /// To an address on this host.
    Moved(String),
    Refused {
        status: &'static str,
        more: &'static str,
    },
}

const NOT_FOUND: Answer = Answer::Refused {
    status: "404 Not Found",
    more: "",
};

impl Server {
    /// Serves a directory below `prefix`, a path with a slash at both ends. Port 0 means any free port.
    ///
    /// # Errors
    /// When the directory has no `_headers`, or the port is taken.
    pub fn start(dist: &Path, prefix: &str, port: u16) -> Outcome<Self> {
        let site = Arc::new(Site::open(dist, prefix)?);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|error| format!("cannot listen on port {port}: {error} (choose another by --port N)"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let thread = thread::spawn(move || accept(&listener, &site));
        Ok(Self {
            address,
            prefix: prefix.to_owned(),
            thread,
        })
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.prefix)
    }

    /// Waits for ever.
    ///
    /// # Errors
    /// When the serving thread stops, which it never should.
    pub fn run_until_killed(self) -> Outcome {
        self.thread.join().map_err(|_| "the server stopped".to_owned())
    }
}

fn accept(listener: &TcpListener, site: &Arc<Site>) {
    for stream in listener.incoming() {
        let site = Arc::clone(site);
        match stream {
            Ok(stream) => drop(thread::spawn(move || serve_and_report(stream, &site))),
            Err(error) => eprintln!("server: {error}"),
        }
    }
}

fn serve_and_report(stream: TcpStream, site: &Site) {
    // A browser that closes the page mid-way breaks the pipe: that is ordinary.
    let ordinary = [
        io::ErrorKind::BrokenPipe,
        io::ErrorKind::ConnectionReset,
        io::ErrorKind::ConnectionAborted,
        io::ErrorKind::WouldBlock,
        io::ErrorKind::TimedOut,
    ];
    if let Err(error) = handle(stream, site)
        && !ordinary.contains(&error.kind())
    {
        eprintln!("server: {error}");
    }
}

fn handle(mut stream: TcpStream, site: &Site) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(line) = read_head(&stream)? else {
        return Ok(());
    };
    let mut words = line.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let answer = match method {
        "GET" | "HEAD" => site.answer(target),
        _ => Answer::Refused {
            status: "405 Method Not Allowed",
            more: "allow: GET, HEAD\r\n",
        },
    };
    site.send(&mut stream, &answer, method != "HEAD")
}

/// Reads to the empty line that ends the head and returns its first line, or nothing when the browser said nothing.
fn read_head(stream: &TcpStream) -> io::Result<Option<String>> {
    let mut reader = BufReader::new(stream.take(HEAD_LIMIT));
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 && !line.trim_end().is_empty() {
        line.clear();
    }
    Ok(Some(first.trim_end().to_owned()))
}

impl Site {
    fn open(dist: &Path, prefix: &str) -> Outcome<Self> {
        let says = |error: io::Error| format!("cannot serve {}: {error}", dist.display());
        let root = dist.canonicalize().map_err(says)?;
        let headers = fs::read_to_string(root.join(HEADERS_FILE)).map_err(says)?;
        Ok(Self {
            root,
            prefix: prefix.to_owned(),
            headers: headers_for_all_paths(&headers),
        })
    }

    fn answer(&self, target: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        if format!("{path}/") == self.prefix {
            return Answer::Moved(self.prefix.clone());
        }
        let file = path
            .strip_prefix(&self.prefix)
            .and_then(decoded)
            .and_then(|path| self.file_for(&path));
        let Some(file) = file else {
            return NOT_FOUND;
        };
        match fs::read(&file) {
            Ok(bytes) => Answer::File {
                kind: kind_of(&file),
                bytes,
            },
            Err(_) => NOT_FOUND,
        }
    }

    /// The file for a decoded path, if it is an ordinary one inside the root.
    fn file_for(&self, path: &str) -> Option<PathBuf> {
        let path = if path.is_empty() { "index.html" } else { path };
        let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.') || name == HEADERS_FILE;
        let is_plain = |part| matches!(part, Component::Normal(name) if !is_hidden(name));
        if path.contains(['\\', '\0']) || !Path::new(path).components().all(is_plain) {
            return None;
        }
        let file = self.root.join(path).canonicalize().ok()?;
        (file.starts_with(&self.root) && file.is_file()).then_some(file)
    }

    fn send(&self, stream: &mut TcpStream, answer: &Answer, with_body: bool) -> io::Result<()> {
        let (status, more, kind, body): (&str, String, &str, &[u8]) = match answer {
            Answer::File { kind, bytes } => ("200 OK", String::new(), kind, bytes),
            Answer::Moved(to) => (
                "308 Permanent Redirect",
                format!("location: {to}\r\n"),
                "text/plain; charset=utf-8",
                b"",
            ),
            Answer::Refused { status, more } => (
                status,
                (*more).to_owned(),
                "text/plain; charset=utf-8",
                status.as_bytes(),
            ),
        };
        let length = body.len();
        let mut head = format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{more}");
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        // A new build must show at the next reload, and each request is one connection, which keeps this file small.
        head.push_str("cache-control: no-cache\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes())?;
        if with_body {
            stream.write_all(body)?;
        }
        stream.flush()
    }
}

/// The headers that a `_headers` file gives to every path: the indented lines below `/*`.
fn headers_for_all_paths(text: &str) -> Vec<(String, String)> {
    let is_rule = |line: &str| line.starts_with(char::is_whitespace);
    let lines = text
        .lines()
        .skip_while(|line| line.trim_end() != "/*")
        .skip(1)
        .take_while(|line| is_rule(line));
    let pairs = lines.filter_map(|line| line.trim().split_once(": "));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Undoes percent-encoding; nothing when the result is not text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let byte = if byte == b'%' {
            hex_value(rest.next()?)? * 16 + hex_value(rest.next()?)?
        } else {
            byte
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

fn hex_value(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

fn kind_of(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("ttf") => "font/ttf",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("pdf") => "application/pdf",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADERS: &str =
        "# comment\n/*\n  Content-Security-Policy: default-src 'none'\n  X-Content-Type-Options: nosniff\n";

    /// Serves a small site with a secret beside it and returns what one request gets.
    fn fetch(request: &str) -> String {
        let base = std::env::temp_dir().join(format!(
            "xtask-serve-{}-{:?}",
            std::process::id(),
            thread::current().id()
        ));
        let dist = base.join("dist");
        fs::create_dir_all(&dist).expect("a directory");
        for (path, text) in [
            ("dist/_headers", HEADERS),
            ("dist/index.html", "<p>page"),
            ("dist/a b.wasm", "w"),
            ("secret", "s3cret"),
        ] {
            fs::write(base.join(path), text).expect("a file");
        }
        let server = Server::start(&dist, "/some/where/", 0).expect("a server");
        let mut stream = TcpStream::connect(server.address).expect("a connection");
        stream
            .write_all(format!("{request} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes())
            .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        fs::remove_dir_all(base).expect("no directory");
        answer
    }

    #[test]
    fn page_is_served_below_its_prefix_with_the_hosting_headers() {
        let answer = fetch("GET /some/where/?x#y");
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: 7\r\n")
        );
        assert!(answer.contains("Content-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff\r\n"));
        assert!(answer.ends_with("\r\n\r\n<p>page"));
    }

    #[test]
    fn head_has_the_length_but_no_body() {
        let answer = fetch("HEAD /some/where/index.html");
        assert!(answer.contains("content-length: 7\r\n") && answer.ends_with("\r\n\r\n"));
    }

    #[test]
    fn encoded_name_is_found_with_its_type() {
        assert!(fetch("GET /some/where/a%20b.wasm").contains("content-type: application/wasm\r\n"));
    }

    #[test]
    fn nothing_outside_the_site_is_served() {
        for path in [
            "/some/where/../secret",
            "/some/where/%2e%2e/secret",
            "/some/where/..%2fsecret",
            "/some/where//secret",
        ] {
            let answer = fetch(&format!("GET {path}"));
            assert!(
                answer.starts_with("HTTP/1.1 404 ") && !answer.contains("s3cret"),
                "{path}: {answer}"
            );
        }
        for path in [
            "/",
            "/index.html",
            "/some/where/_headers",
            "/some/where/missing",
            "/some/where/%zz",
            "/some/where/%",
        ] {
            assert!(fetch(&format!("GET {path}")).starts_with("HTTP/1.1 404 "), "{path}");
        }
    }

    #[test]
    fn missing_slash_is_put_right_and_writing_is_refused() {
        assert!(fetch("GET /some/where").contains("location: /some/where/\r\n"));
        assert!(fetch("POST /some/where/").starts_with("HTTP/1.1 405 "));
    }
}
