//! Whom and what a row is about.

use crate::kpi::Unit;

/// Whom a row is about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scope<'s> {
    /// `stage`, `reason`, …; empty for the whole.
    pub(super) kind: &'static str,
    /// Which one.
    pub(super) name: &'s str,
}

impl Scope<'_> {
    pub(super) fn stage(name: &str) -> Scope<'_> {
        Scope { kind: "stage", name }
    }
}

/// The whole process.
pub(super) const WHOLE: Scope<'static> = Scope { kind: "", name: "" };

/// How a row is called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<'s> {
    pub(super) kpi: &'static str,
    pub(super) scope: Scope<'s>,
    pub(super) stat: &'s str,
    pub(super) unit: Unit,
    pub(super) per: &'static str,
}

impl<'s> Label<'s> {
    pub(super) fn new(kpi: &'static str, scope: Scope<'s>, stat: &'s str, unit: Unit) -> Label<'s> {
        Label { kpi, scope, stat, unit, per: "" }
    }

    pub(super) fn per(self, per: &'static str) -> Label<'s> {
        Label { per, ..self }
    }
}
