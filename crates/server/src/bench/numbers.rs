//! Numbers as the measurements of `emtihan bench` need them.

/// A whole number as a floating-point number. Numbers of requests and ticks are small enough to stay
/// exact.
#[expect(clippy::cast_precision_loss, reason = "numbers of requests and ticks are far below 2^52")]
pub(super) fn float(number: u64) -> f64 {
    number as f64
}
