//! Panics while the screen is ours: the terminal is given back before anything is printed, and a panic of another
//! thread does not scribble over the screen.

use std::{
    any::Any,
    cell::RefCell,
    panic::{PanicHookInfo, set_hook, take_hook},
    sync::Once,
    thread::{self, ThreadId},
};

use super::modes;

thread_local! {
    /// The last panic of this thread that was not printed.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Puts the hook in, once; `owner` is the thread that draws.
pub(super) fn install() {
    static ONCE: Once = Once::new();
    let owner = thread::current().id();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| hook(info, owner, &before)));
    });
}

fn hook(info: &PanicHookInfo<'_>, owner: ThreadId, before: &dyn Fn(&PanicHookInfo<'_>)) {
    // Not what it says: that may quote a record.
    let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    log::error!("panic in thread {} at {place}", thread::current().name().unwrap_or("without a name"));
    if thread::current().id() == owner || !modes::are_on() {
        // This panic ends the program: let it be read.
        modes::off();
        before(info);
    } else {
        LAST.with(|last| *last.borrow_mut() = Some(info.to_string()));
    }
}

/// What a caught panic of this thread said.
pub(crate) fn take(payload: &(dyn Any + Send)) -> String {
    let plain = || {
        let text = payload.downcast_ref::<&str>().map(ToString::to_string);
        text.or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic without words".to_owned())
    };
    LAST.with(|last| last.borrow_mut().take()).unwrap_or_else(plain)
}
