//! Finds Chromium and its driver, or installs them where that is possible. Tests never go on without them.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::shell::{self, Outcome};

const CHROME_NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const APT_LINE: &str = "apt-get install -y --no-install-recommends chromium chromium-driver";
/// How long the driver may take to say on which port it listens.
const DRIVER_START: Duration = Duration::from_secs(30);
/// How long it may take to close its browsers.
const DRIVER_STOP: Duration = Duration::from_secs(10);

/// A browser and the driver that belongs to it.
pub struct Browser {
    /// The browser's program.
    pub chrome: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

/// Looks at `CHROME` and `CHROMEDRIVER`, then on the path, then asks apt when run as root on Debian. Prints the versions.
///
/// # Errors
/// When a program is missing and cannot be installed, or when the two are of different major versions.
pub fn find_or_install() -> Outcome<Browser> {
    let browser = match find()? {
        Some(browser) => browser,
        None => {
            install()?;
            find()?.ok_or("apt installed Chromium, but it is not on the path")?
        }
    };
    let (chrome, driver) = (version_of(&browser.chrome)?, version_of(&browser.driver)?);
    println!("browser: {chrome}\n driver: {driver}");
    if major(&chrome) != major(&driver) {
        return Err("the browser and its driver are of different major versions".to_owned());
    }
    Ok(browser)
}

/// Whether this process runs as root, where Chromium refuses its sandbox and apt can install.
pub fn is_root() -> bool {
    shell::output_of(Command::new("id").arg("-u")).as_deref() == Some("0")
}

fn find() -> Outcome<Option<Browser>> {
    let chrome = named_by("CHROME")?.or_else(|| CHROME_NAMES.iter().find_map(|name| shell::find(name)));
    let driver = named_by("CHROMEDRIVER")?.or_else(|| shell::find("chromedriver"));
    Ok(chrome.zip(driver).map(|(chrome, driver)| Browser { chrome, driver }))
}

/// The program that an environment variable names; naming one that does not exist is a mistake, not a wish for another.
fn named_by(variable: &str) -> Outcome<Option<PathBuf>> {
    match env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
    {
        Some(path) if !path.is_file() => Err(format!("{variable} names {}, which is not a file", path.display())),
        path => Ok(path),
    }
}

fn install() -> Outcome {
    let is_debian = fs::exists("/etc/debian_version").unwrap_or(false) && shell::find("apt-get").is_some();
    if !is_debian || !is_root() {
        return Err(format!(
            "the browser tests need Chromium and chromedriver. Install them (on Debian, as root: {APT_LINE}) \
             or name them in the variables CHROME and CHROMEDRIVER"
        ));
    }
    println!("installing Chromium and its driver by apt (once)");
    if let Err(message) = install_by_apt() {
        println!("{message}; repairing and trying once more");
        shell::run(apt(Command::new("dpkg")).args(["--configure", "-a"]))?;
        shell::run(apt(Command::new("apt-get")).args(["install", "-y", "-f"]))?;
        install_by_apt()?;
    }
    Ok(())
}

fn install_by_apt() -> Outcome {
    shell::run(apt(Command::new("apt-get")).arg("update"))?;
    let mut words = APT_LINE.split(' ');
    let program = words.next().unwrap_or_default();
    shell::run(apt(Command::new(program)).args(words))
}

fn apt(mut command: Command) -> Command {
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn version_of(program: &Path) -> Outcome<String> {
    shell::output_of(Command::new(program).arg("--version"))
        .ok_or_else(|| format!("{} does not tell its version", program.display()))
}

/// The number before the first dot of the first word that starts with a digit.
fn major(version: &str) -> Option<&str> {
    version
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?
        .split('.')
        .next()
}

/// A running chromedriver; it ends with this value.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver on a port of its own choice.
    ///
    /// # Errors
    /// When it does not start or does not tell its port in time.
    pub fn start(program: &Path) -> Outcome<Self> {
        let process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn();
        let mut process = process.map_err(|error| format!("cannot start {}: {error}", program.display()))?;
        let (sender, receiver) = mpsc::channel();
        if let Some(output) = process.stdout.take() {
            thread::spawn(move || announce_port(output, &sender));
        }
        // Built before the wait, so that the process also ends when the wait fails.
        let mut driver = Self { process, port: 0 };
        driver.port = receiver
            .recv_timeout(DRIVER_START)
            .map_err(|_| "chromedriver did not tell its port".to_owned())?;
        Ok(driver)
    }

    /// Where the driver takes commands.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked politely the driver also closes its browsers; killed it would leave them running.
        if let Err(error) = self
            .shut_down()
            .or_else(|_| self.process.kill())
            .and_then(|()| self.process.wait())
        {
            eprintln!("chromedriver could not be stopped: {error}");
        }
    }
}

impl Driver {
    fn shut_down(&mut self) -> io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")?;
        let start = Instant::now();
        while start.elapsed() < DRIVER_STOP {
            if self.process.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(io::ErrorKind::TimedOut.into())
    }
}

/// Sends the port when it is printed and then keeps reading, because the driver stops when nobody empties its output.
fn announce_port(output: ChildStdout, sender: &mpsc::Sender<u16>) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if let Some(port) = port_in(&line)
            && sender.send(port).is_err()
        {
            eprintln!("chromedriver told its port too late");
        }
    }
}

fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn port_is_read_from_the_drivers_own_line_only() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 39201."),
            Some(39201)
        );
        assert_eq!(port_in("Starting ChromeDriver 156.0.8078.79 on port 0"), None);
    }

    #[test]
    fn major_version_is_found_after_any_name() {
        assert_eq!(
            major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12"),
            Some("156")
        );
        assert_eq!(major("Google Chrome for Testing 157.0.1.2"), Some("157"));
        assert_eq!(major("no number"), None);
    }
}
