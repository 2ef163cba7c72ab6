//! How far the reading of a file is.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far the reading of a file is, for who waits for it.
#[derive(Debug, Default)]
pub struct Watch {
    /// Bytes that were read, in all passes.
    pub done: AtomicU64,
    /// Bytes of the file, once for each pass.
    pub all: AtomicU64,
}

/// A reader whose bytes are counted.
pub(super) struct Counted<R> {
    inner: R,
    watch: Option<Arc<Watch>>,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R, watch: Option<&Arc<Watch>>) -> Counted<R> {
        Counted { inner, watch: watch.cloned() }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if let Some(watch) = &self.watch {
            watch.done.fetch_add(read as u64, Ordering::Relaxed);
        }
        Ok(read)
    }
}
