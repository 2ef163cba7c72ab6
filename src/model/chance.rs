//! A chance that varies around its mean: `{share: {beta: {mean: 40%, sd: 10%}}, per: run}`.

use super::reader::{Field, Reader};
use crate::diagnostic::{ValueFault, Wanted};
use crate::quantity::{Share, parse_share};
use crate::random::distribution::Distribution;

/// For how long a drawn chance holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// For a replication: a rate that is not known well.
    Run,
    /// For a deal, in all its visits: deals differ in ways that nobody sees.
    Deal,
}

impl Per {
    /// Both with their words.
    pub const WORDS: [(&str, Per); 2] = [("run", Per::Run), ("deal", Per::Deal)];
}

/// How a chance varies around its mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Varies {
    /// The standard deviation of the chance, from 0 to 1.
    pub sd: f64,
    /// For how long a drawn chance holds.
    pub per: Per,
}

impl Varies {
    /// The distribution of the chance: a beta distribution with this mean. A standard deviation that such a mean does not allow
    /// is taken to be nearly the greatest.
    ///
    /// With mean m and standard deviation s, α + β = m (1 − m)/s² − 1.
    pub fn distribution(&self, mean: f64) -> Distribution {
        let most = libm::sqrt(mean * (1.0 - mean));
        let sd = self.sd.min(NEARLY * most);
        let size = mean * (1.0 - mean) / (sd * sd) - 1.0;
        let beta = Distribution::beta(0.0, 1.0, mean * size, (1.0 - mean) * size);
        beta.unwrap_or(Distribution::Constant(mean))
    }
}

/// The greatest standard deviation, as a share of the limit, which only chances of 0 and 1 reach.
const NEARLY: f64 = 0.99;

/// The keys of a beta distribution of a share.
pub(super) const BETA: [&str; 2] = ["mean", "sd"];

impl Field<'_> {
    /// Whether the `share` of this branch is a distribution.
    pub(super) fn has_varying_share(&self) -> bool {
        self.node.get("share").is_some_and(|share| share.scalar_text().is_empty())
    }

    /// The mean of a share that varies, and how it varies; nothing varies where the standard deviation is 0.
    pub(super) fn varying_share(
        &self,
        r: &mut Reader<'_>,
        per: Option<Per>,
    ) -> Option<(Share, Option<Varies>)> {
        let section = self.section(r, &["beta"], &[])?;
        let beta = section.need(r, "beta", self.name())?;
        let parameters = beta.section(r, &BETA, &[])?;
        let mean = parameters.need(r, "mean", beta.name()).and_then(|field| field.plain_share(r));
        let sd_field = parameters.need(r, "sd", beta.name());
        let sd = sd_field.and_then(|field| field.plain_share(r));
        let (mean, sd) = (mean?, sd?);
        // In whole thousandths, so that the message can be read.
        let most = (1000.0 * NEARLY * libm::sqrt(mean * (1.0 - mean))).floor() / 1000.0;
        if sd == 0.0 {
            return Some((Share::Of(mean), None));
        }
        if sd > most {
            let field = parameters.get("sd")?;
            let text = field.scalar(r, Wanted::Share)?.to_owned();
            field.report(r, ValueFault::Above { text, most });
            return None;
        }
        Some((Share::Of(mean), Some(Varies { sd, per: per? })))
    }

    /// The mean of a share that varies, as other branches see it.
    pub(super) fn mean_share(&self) -> Option<f64> {
        let mean = self.node.get("share")?.get("beta")?.get("mean")?;
        match parse_share(mean.scalar_text()) {
            Ok(Share::Of(mean)) => Some(mean),
            _ => None,
        }
    }
}
