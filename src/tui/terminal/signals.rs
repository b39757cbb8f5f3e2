//! Signals as messages: to end, to stop, to go on.

#[cfg(unix)]
mod unix {
    use std::{
        io,
        sync::{
            Arc,
            atomic::{AtomicBool, Ordering},
        },
        thread,
        time::Duration,
    };

    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP},
        flag,
        iterator::{Handle, Signals},
        low_level::{self, emulate_default_handler},
    };

    use crate::tui::terminal::modes;

    const ENDING: [i32; 3] = [SIGTERM, SIGHUP, SIGINT];

    /// Signals go to the loop while this lives; afterwards they do again what they always did.
    #[derive(Debug)]
    pub struct Watch {
        handle: Handle,
        over: Arc<AtomicBool>,
    }

    impl Watch {
        /// Begins to hand signals to `deliver`.
        pub fn start(deliver: impl Fn(i32) + Send + 'static) -> io::Result<Watch> {
            let over = Arc::new(AtomicBool::new(false));
            for signal in ENDING {
                flag::register_conditional_default(signal, over.clone())?;
            }
            let mut signals = Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT]))?;
            let handle = signals.handle();
            thread::Builder::new().name("signals".to_owned()).spawn(move || {
                let mut asked = false;
                for signal in signals.forever() {
                    if ENDING.contains(&signal) && std::mem::replace(&mut asked, true) {
                        // The loop had its chance with the first one and is stuck.
                        modes::off();
                        let _ = emulate_default_handler(signal);
                    }
                    deliver(signal);
                }
            })?;
            Ok(Watch { handle, over })
        }
    }

    impl Drop for Watch {
        fn drop(&mut self) {
            self.over.store(true, Ordering::SeqCst);
            self.handle.close();
        }
    }

    /// Stops the process and all of its group, as the terminal does on Ctrl-Z; comes back when it is continued.
    pub fn stop() -> io::Result<()> {
        let continued = Arc::new(AtomicBool::new(false));
        let watch = flag::register(SIGCONT, continued.clone())?;
        // The group, not just us: under `cargo run` and in scripts the shell waits for our parent.
        rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?;
        // Another thread may be the one the signal stops first; nothing may touch the terminal until it is over.
        while !continued.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(1));
        }
        low_level::unregister(watch);
        Ok(())
    }

    /// Whether it is the one Ctrl-Z sends.
    pub fn asks_to_stop(signal: i32) -> bool {
        signal == SIGTSTP
    }

    /// Whether it is the one `fg` sends.
    pub fn says_continued(signal: i32) -> bool {
        signal == SIGCONT
    }
}

#[cfg(unix)]
pub use unix::{Watch, asks_to_stop, says_continued, stop};

#[cfg(not(unix))]
mod other {
    use std::io;

    /// There are no signals to watch.
    #[derive(Debug)]
    pub struct Watch;

    impl Watch {
        /// Watches nothing.
        pub fn start(_deliver: impl Fn(i32) + Send + 'static) -> io::Result<Watch> {
            Ok(Watch)
        }
    }

    /// There is no stopping here.
    pub fn stop() -> io::Result<()> {
        Ok(())
    }

    /// Never.
    pub fn asks_to_stop(_signal: i32) -> bool {
        false
    }

    /// Never.
    pub fn says_continued(_signal: i32) -> bool {
        false
    }
}

#[cfg(not(unix))]
pub use other::{Watch, asks_to_stop, says_continued, stop};
