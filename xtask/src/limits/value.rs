//! Converts the value of a constant to readable units: `TimeDelta::minutes(10)` becomes "10
//! minutes", `10 * MEBI` becomes "10 MiB".

/// Units of bytes, the largest first, with the names that constants in Rust use for these units.
const BYTES: &[(u64, &str, &[&str])] = &[
    (1024 * 1024 * 1024, "GiB", &["GIBI", "GIB"]),
    (1024 * 1024, "MiB", &["MEBI", "MIB"]),
    (1024, "KiB", &["KIBI", "KIB"]),
];
/// The names of functions that create a duration in Rust, each with its unit of time.
const DURATIONS: &[(&str, &str)] = &[
    ("weeks", "weeks"),
    ("days", "days"),
    ("hours", "hours"),
    ("minutes", "minutes"),
    ("seconds", "seconds"),
    ("milliseconds", "milliseconds"),
    ("from_days", "days"),
    ("from_hours", "hours"),
    ("from_mins", "minutes"),
    ("from_secs", "seconds"),
    ("from_millis", "milliseconds"),
];

/// Returns the value of a simple Rust expression in readable units. Any other expression is
/// returned as written, between backticks.
pub(super) fn readable(expression: &str) -> String {
    let known = duration(expression).or_else(|| number(expression));
    known.unwrap_or_else(|| format!("`{expression}`"))
}

fn duration(expression: &str) -> Option<String> {
    // Constants are made with const functions, such as `TimeDelta::minutes(10)`. Expressions with
    // other functions, such as `try_minutes(10).unwrap()`, are therefore not recognised as
    // durations.
    let (path, argument) = expression.strip_suffix(')')?.split_once('(')?;
    let (kind, function) = path.rsplit_once("::")?;
    let is_duration = ["TimeDelta", "Duration"].contains(&kind.rsplit("::").next()?);
    let (_, unit) = DURATIONS.iter().find(|(name, _)| is_duration && *name == function)?;
    Some(counted(factors(argument)?.value, unit))
}

fn counted(count: u64, units: &str) -> String {
    let unit = if count == 1 { units.trim_end_matches('s') } else { units };
    format!("{count} {unit}")
}

fn number(expression: &str) -> Option<String> {
    let Factors { value, is_bytes } = factors(expression)?;
    let in_units = BYTES.iter().find(|(size, ..)| is_bytes && value >= *size && value.is_multiple_of(*size));
    Some(in_units.map_or_else(|| value.to_string(), |(size, unit, _)| format!("{} {unit}", value / size)))
}

/// The result of multiplying the integers in the expression of a constant, such as `10 * MEBI`.
struct Factors {
    value: u64,
    /// Whether at least one of the multiplied integers is 1024 or the name of a unit of bytes. The
    /// result is then a number of bytes.
    is_bytes: bool,
}

fn factors(expression: &str) -> Option<Factors> {
    let mut product = Factors { value: 1, is_bytes: false };
    for factor in expression.split('*').map(str::trim) {
        let unit = BYTES.iter().find(|(_, _, names)| names.contains(&factor.rsplit("::").next().unwrap_or(factor)));
        let value = unit.map(|(size, ..)| *size).or_else(|| integer(factor))?;
        product.value = product.value.checked_mul(value)?;
        product.is_bytes |= unit.is_some() || value == 1024;
    }
    Some(product)
}

/// Parses an integer literal of Rust, with or without a type suffix such as `u64`.
fn integer(literal: &str) -> Option<u64> {
    let digits = literal.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(literal.len());
    let (digits, suffix) = literal.split_at_checked(digits)?;
    let is_type = ["", "u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize"].contains(&suffix);
    is_type.then(|| digits.replace('_', "").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_their_units() {
        assert_eq!(readable("TimeDelta::minutes(10)"), "10 minutes");
        assert_eq!(readable("std::time::Duration::from_secs(60)"), "60 seconds");
        assert_eq!(readable("chrono::TimeDelta::days(1)"), "1 day");
        assert_eq!(readable("Duration::from_secs(8 * 60)"), "480 seconds");
    }

    #[test]
    fn numbers_are_worked_out() {
        assert_eq!(readable("10 * MEBI"), "10 MiB");
        assert_eq!(readable("64 * 1024 * 1024"), "64 MiB");
        assert_eq!(readable("8 * units::KIBI"), "8 KiB");
        assert_eq!(readable("5_000"), "5000");
        assert_eq!(readable("3 * 7u64"), "21");
    }

    #[test]
    fn other_expressions_are_shown_as_written() {
        assert_eq!(readable("UNDO_MINUTES + 1"), "`UNDO_MINUTES + 1`");
        assert_eq!(readable("Other::minutes(10)"), "`Other::minutes(10)`");
        assert_eq!(readable("0.5"), "`0.5`");
    }
}
