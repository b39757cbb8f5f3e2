//! The real program on a terminal, from its start to its first whole screen, and what it holds in memory then.

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What one start came to.
pub struct Seen {
    /// Until anything of Kontor's was on the screen.
    pub first: Duration,
    /// Until the home screen stood there with its records.
    pub whole: Duration,
}

/// Bytes in memory.
pub struct Held {
    /// Resident, once nothing was left to do.
    pub resident: u64,
    /// The most that had been resident until then.
    pub highest: u64,
}

const SIZE: PtySize = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };

/// So long without using the processor, and nothing is left to do.
const QUIET: Duration = Duration::from_millis(1200);

/// A workstation that runs.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: mpsc::Receiver<Vec<u8>>,
    screen: vt100::Parser,
    begun: Instant,
}

impl Terminal {
    /// Starts Kontor in the folder and ends it when its first whole screen is up.
    pub fn first_frame(folder: &Path) -> Seen {
        let mut terminal = Terminal::start(folder);
        let first = terminal.wait_for("Kontor");
        let whole = terminal.wait_for("by clock");
        terminal.end();
        Seen { first, whole }
    }

    /// Starts Kontor, and lets it do all it does by itself.
    pub fn settled(folder: &Path) -> Held {
        let mut terminal = Terminal::start(folder);
        terminal.wait_for("by clock");
        let process = terminal.child.process_id().unwrap();
        let (mut worked, mut since) = (0, Instant::now());
        while since.elapsed() < QUIET {
            terminal.read(Duration::from_millis(50));
            let now = processor_ticks(process);
            if now != worked {
                (worked, since) = (now, Instant::now());
            }
        }
        let held = Held { resident: status(process, "VmRSS:"), highest: status(process, "VmHWM:") };
        terminal.end();
        held
    }

    fn start(folder: &Path) -> Terminal {
        let pty = native_pty_system().openpty(SIZE).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kontor"));
        command.cwd(folder);
        command.env_clear();
        let home = folder.join(".git/kontor");
        for (name, value) in [
            ("HOME", home.to_str().unwrap()),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("PATH", &std::env::var("PATH").unwrap()),
            ("TERM", "xterm-256color"),
        ] {
            command.env(name, value);
        }
        let mut reader = pty.master.try_clone_reader().unwrap();
        let keys = pty.master.take_writer().unwrap();
        let screen = vt100::Parser::new(NonZero::new(40).unwrap(), NonZero::new(120).unwrap(), 0);
        let begun = Instant::now();
        let child = pty.slave.spawn_command(command).unwrap();
        let (sender, output) = mpsc::channel();
        let master = pty.master;
        std::thread::spawn(move || {
            let _open = master;
            let mut buffer = [0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Terminal { child, keys, output, screen, begun }
    }

    /// Until the screen holds a text.
    fn wait_for(&mut self, text: &str) -> Duration {
        while !self.screen.screen().contents().contains(text) {
            assert!(self.begun.elapsed() < Duration::from_secs(60), "{}", self.screen.screen().contents());
            assert!(self.read(Duration::from_millis(200)), "it ended before its first screen");
        }
        self.begun.elapsed()
    }

    /// Takes in what comes within that time; false when there is nothing to come any more.
    fn read(&mut self, patience: Duration) -> bool {
        match self.output.recv_timeout(patience) {
            Ok(bytes) => self.screen.process(&bytes),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        true
    }

    fn end(mut self) {
        self.keys.write_all(b"q").unwrap();
        while self.child.try_wait().unwrap().is_none() {
            self.read(Duration::from_millis(5));
        }
    }
}

/// The most that the command line holds in memory: it lists contacts to somebody who does not read them, so that it
/// has to wait with everything in its hands.
pub fn hungry(folder: &Path) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.args(["list", "contact", "--format", "json"]).current_dir(folder).env("HOME", folder);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut first = [0];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    std::thread::sleep(Duration::from_millis(50));
    let highest = status(child.id(), "VmHWM:");
    child.kill().unwrap();
    child.wait().unwrap();
    highest
}

/// What the system says of a process, in bytes.
fn status(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// How long a process has used the processor.
fn processor_ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}
