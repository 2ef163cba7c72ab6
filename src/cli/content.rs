//! What is written to a file.

/// A file to be written.
pub(super) struct Content {
    /// Its name in the folder.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}
