//! The real program on a terminal, from its start to its first whole screen.

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::time::{Duration, Instant};

/// What one start came to.
pub struct Terminal {
    /// Until the home screen stood there with its records.
    pub time: Duration,
    /// Bytes resident then and there.
    pub resident: u64,
}

const SIZE: PtySize = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };

impl Terminal {
    /// Starts Kontor in the folder and ends it when its first whole screen is up.
    pub fn first_frame(folder: &Path) -> Terminal {
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
        let mut keys = pty.master.take_writer().unwrap();
        let mut screen = vt100::Parser::new(NonZero::new(40).unwrap(), NonZero::new(120).unwrap(), 0);
        let start = Instant::now();
        let mut child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut buffer = [0; 1 << 16];
        let shows_cases = |screen: &vt100::Parser| screen.screen().contents().contains("by clock");
        while !shows_cases(&screen) {
            let count = reader.read(&mut buffer).unwrap();
            assert!(count > 0, "it ended before its first screen");
            screen.process(&buffer[..count]);
        }
        let time = start.elapsed();
        let resident = child.process_id().map_or(0, resident);
        // The rest is read so that it can end.
        let rest = std::thread::spawn(move || while matches!(reader.read(&mut buffer), Ok(1..)) {});
        keys.write_all(b"q").unwrap();
        child.wait().unwrap();
        drop((pty.master, keys));
        let _ = rest.join();
        Terminal { time, resident }
    }
}

/// What the system says a process holds in memory.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) * 1024
}
