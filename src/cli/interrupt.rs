//! Ctrl-C and termination: a run stops at the next deal, a second signal ends the program at once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

#[cfg(unix)]
use signal_hook::consts::SIGXFSZ;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::failure::Failure;

/// Lets a file that grows beyond the limit of the shell (`ulimit -f`) be an error of writing, which is told, and
/// not the end of the program.
pub(super) fn survive_file_limits() {
    #[cfg(unix)]
    flag::register(SIGXFSZ, Arc::default()).ok();
}

/// Which signal came, as the exit code that it asks for.
#[derive(Debug)]
pub(super) struct Interrupt {
    code: Arc<AtomicUsize>,
    /// Whether the next signal ends the program at once.
    at_once: Arc<AtomicBool>,
}

static INTERRUPT: OnceLock<Interrupt> = OnceLock::new();

impl Interrupt {
    /// Listens from now on. Where signals cannot be had, the system's own handling stays.
    pub(super) fn listen() -> &'static Interrupt {
        INTERRUPT.get_or_init(|| {
            let code = Arc::new(AtomicUsize::new(0));
            let at_once = Arc::new(AtomicBool::new(false));
            for (signal, exit) in [(SIGINT, 130), (SIGTERM, 143)] {
                // The order matters: the second signal finds the flag that the first one set.
                flag::register_conditional_shutdown(signal, exit, Arc::clone(&at_once)).ok();
                flag::register(signal, Arc::clone(&at_once)).ok();
                flag::register_usize(signal, Arc::clone(&code), exit as usize).ok();
            }
            Interrupt { code, at_once }
        })
    }

    /// The next signal ends the program at once: for work that leaves nothing behind.
    pub(super) fn end_at_once(&self) {
        self.at_once.store(true, Ordering::Relaxed);
    }

    /// Stops a command between two pieces of its work if a signal came.
    pub(super) fn check(&self) -> Result<(), Failure> {
        self.code().map_or(Ok(()), |code| Err(Failure::Interrupted(code)))
    }

    /// The exit code of the signal that came, if one did.
    pub(super) fn code(&self) -> Option<u8> {
        match self.code.load(Ordering::Relaxed) {
            0 => None,
            code => Some(code as u8),
        }
    }
}
