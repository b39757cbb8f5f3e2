//! The real terminal code in a real pseudo-terminal: whatever happens, the terminal is given back.
#![cfg(unix)]

use std::{
    io::{Read, Write},
    sync::{Arc, Mutex, MutexGuard},
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use kontor::{
    disk::SystemClock,
    tui::{
        runtime::{Control, Hits, Input, Mailbox, Program},
        terminal::{self, Wants},
    },
};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::{Frame, style::Style};
use rustix::process::{Pid, Signal, kill_process};

const CHILD: &str = "KONTOR_TEST_TERMINAL_CHILD";

/// The program that runs in the pseudo-terminal: it shows what reaches it.
struct Echo(Vec<String>);

enum Msg {
    Input(Input),
    Edited(String),
}

impl From<Input> for Msg {
    fn from(input: Input) -> Msg {
        Msg::Input(input)
    }
}

impl Program for Echo {
    type Msg = Msg;
    type Effect = char;

    fn update(&mut self, message: Msg, _now: DateTime<Utc>) -> Vec<char> {
        match message {
            Msg::Edited(text) => self.0.push(format!("edited <{text}>")),
            Msg::Input(Input::Key(key)) => match key.to_string().as_str() {
                "p" => panic!("a panic on purpose"),
                "s" => thread::sleep(Duration::from_secs(600)),
                "ctrl-z" => return vec!['z'],
                key if "qew".contains(key) => return key.chars().collect(),
                key => self.0.push(format!("key <{key}>")),
            },
            Msg::Input(Input::Mouse(event)) => {
                self.0.push(format!("mouse <{:?} {} {}>", event.kind, event.column, event.row))
            }
            Msg::Input(input) => self.0.push(format!("{input:?}")),
        }
        Vec::new()
    }

    fn view(&self, frame: &mut Frame<'_>, _hits: &mut Hits<Msg>) {
        let area = frame.area();
        let buf = frame.buffer_mut();
        buf.set_string(0, 0, format!("echo {}x{}", area.width, area.height), Style::new());
        let recent = self.0.len().saturating_sub(usize::from(area.height) - 1);
        for (row, line) in area.rows().skip(1).zip(&self.0[recent..]) {
            buf.set_string(0, row.y, line, Style::new());
        }
    }
}

fn perform(effect: char, mailbox: &Mailbox<Msg>) -> Control<Msg> {
    match effect {
        'z' => Control::Suspend,
        'e' => Control::Outside(Box::new(|| {
            println!("your editor:");
            let mut line = String::new();
            std::io::stdin().read_line(&mut line).unwrap();
            Msg::Edited(line.trim_end().to_owned())
        })),
        'w' => {
            mailbox.spawn(|| panic!("a worker's panic"));
            Control::Continue
        }
        _ => Control::Quit,
    }
}

/// Not a test by itself: the others run it in a pseudo-terminal.
#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let wants = Wants { mouse: true, exact_keys: false };
    let (_, ending) =
        terminal::run(Echo(Vec::new()), wants, Arc::new(SystemClock), |_| Vec::new(), perform).unwrap();
    println!("ended: {ending:?}");
}

/// A pseudo-terminal with the child in it, and what it has shown.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    flags_before: String,
}

/// The terminal's flags: echo, line editing, signals.
fn flags(master: &dyn MasterPty) -> String {
    let termios = master.get_termios().unwrap();
    format!("{:?} {:?} {:?}", termios.local_flags, termios.input_flags, termios.output_flags)
}

impl Session {
    fn start() -> Session {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["terminal::child", "--exact", "--nocapture", "--test-threads=1"]);
        command.env(CHILD, "1");
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        let flags_before = flags(&*pty.master);
        let child = pty.slave.spawn_command(command).unwrap();
        let mut output = pty.master.try_clone_reader().unwrap();
        let parser = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 100);
        let screen = Arc::new(Mutex::new(parser));
        let shown = screen.clone();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                shown.lock().unwrap().process(&bytes[..count]);
            }
        });
        let keys = pty.master.take_writer().unwrap();
        let session = Session { child, keys, master: pty.master, screen, flags_before };
        session.wait("the first frame", |session| session.text().contains("echo 80x24"));
        session
    }

    fn screen(&self) -> MutexGuard<'_, vt100::Parser> {
        self.screen.lock().unwrap()
    }

    fn text(&self) -> String {
        self.screen().screen().contents()
    }

    fn wait(&self, what: &str, done: impl Fn(&Session) -> bool) {
        let start = Instant::now();
        while !done(self) {
            assert!(start.elapsed() < Duration::from_secs(20), "{what} never came:\n{}", self.text());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn shows(&self, text: &str) {
        self.wait(text, |session| session.text().contains(text));
    }

    fn send(&mut self, bytes: &str) {
        self.keys.write_all(bytes.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap() as i32).unwrap()
    }

    fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Whether a shell could go on as if nothing had been.
    fn is_given_back(&self) -> bool {
        let parser = self.screen();
        let screen = parser.screen();
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
            && flags(&*self.master) == self.flags_before
    }

    fn is_stopped(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid().as_raw_nonzero())).unwrap();
        stat.rsplit(')').next().unwrap().trim_start().starts_with('T')
    }

    fn ends(mut self, last: &str) {
        self.shows(last);
        self.child.wait().unwrap();
        assert!(self.is_given_back(), "{}", self.text());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn everything_typed_pasted_clicked_and_resized_arrives_and_the_terminal_is_given_back() {
    let mut session = Session::start();
    assert!(!session.is_given_back());
    session.send("x\x13");
    session.shows("key <x>");
    session.shows("key <ctrl-s>");
    session.send("\x1b[200~two\rlines\x1b[201~");
    session.shows(r#"Paste("two\rlines")"#);
    session.send("\x1b[<0;4;3M\x1b[<65;1;2M");
    session.shows("mouse <Down(Left) 3 2>");
    session.shows("mouse <ScrollDown 0 1>");
    session.master.resize(PtySize { rows: 10, cols: 60, pixel_width: 0, pixel_height: 0 }).unwrap();
    session.shows("echo 60x10");
    session.shows("Resize(60, 10)");
    session.send("q");
    session.ends("ended: Quit");
}

#[test]
fn a_signal_ends_it_in_order() {
    for (signal, number) in [(Signal::TERM, 15), (Signal::INT, 2), (Signal::HUP, 1)] {
        let session = Session::start();
        session.signal(signal);
        session.ends(&format!("ended: Signal({number})"));
    }
}

#[test]
fn a_second_signal_ends_even_a_stuck_program() {
    let mut session = Session::start();
    session.send("s");
    thread::sleep(Duration::from_millis(100));
    session.signal(Signal::TERM);
    thread::sleep(Duration::from_millis(100));
    assert!(!session.is_given_back());
    session.signal(Signal::TERM);
    assert_eq!(session.child.wait().unwrap().signal(), Some("Terminated"));
    session.wait("the shell's terminal", Session::is_given_back);
}

#[test]
fn a_panic_is_readable_on_the_shells_screen() {
    let mut session = Session::start();
    session.send("p");
    session.ends("a panic on purpose");
}

#[test]
fn a_workers_panic_does_not_touch_the_screen() {
    let mut session = Session::start();
    session.send("w");
    session.shows("a worker's panic");
    session.shows("Crashed(");
    assert!(session.text().starts_with("echo 80x24") && session.screen().screen().alternate_screen());
    session.send("xq");
    session.ends("ended: Quit");
}

#[test]
fn an_editor_has_the_terminal_and_all_its_keys_to_itself() {
    let mut session = Session::start();
    session.send("xe");
    session.shows("your editor:");
    session.wait("the cooked terminal", Session::is_given_back);
    session.send("hello q\r");
    session.shows("edited <hello q>");
    session.shows("key <x>");
    assert!(!session.text().contains("key <h>") && !session.is_given_back());
    session.send("yq");
    session.ends("ended: Quit");
}

#[test]
#[cfg(target_os = "linux")]
fn it_stops_and_goes_on_by_key_and_by_signal() {
    let mut session = Session::start();
    for round in 0..4 {
        if round % 2 == 0 {
            session.send("\x1a");
        } else {
            session.signal(Signal::TSTP);
        }
        session.wait("the stop", Session::is_stopped);
        session.wait("the shell's terminal", Session::is_given_back);
        session.signal(Signal::CONT);
        session.wait("the screen", |session| {
            session.screen().screen().alternate_screen() && session.text().matches("Resumed").count() > round
        });
        assert!(session.text().starts_with("echo 80x24"), "{}", session.text());
    }
    session.send("x");
    session.shows("key <x>");
    session.send("q");
    session.ends("ended: Quit");
}
