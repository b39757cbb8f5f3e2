//! Lengths of time for people: ages `41 d`, clocks `0:12`, spans `1 h 30 min`.

use crate::base::Span;
use chrono::TimeDelta;
use std::borrow::Cow;

/// How long ago, in one unit: `now`, `12 min`, `3 h`, `41 d`, `2 y`. The sign is left to the words around it.
pub fn age(length: TimeDelta) -> Cow<'static, str> {
    let length = length.abs();
    match (length.num_minutes(), length.num_hours(), length.num_days()) {
        (0, ..) => tr!("now"),
        (minutes, 0, _) => tr!("{n} min", n = minutes),
        (_, hours, 0) => tr!("{n} h", n = hours),
        (.., days @ ..730) => tr!("{n} d", n = days),
        (.., days) => tr!("{n} y", n = days / 365),
    }
}

/// A clock that runs towards a limit, hours and minutes: `0:12`, `2:40`, `-1:05` once it is over; from two days on
/// only the days: `3 d`, `-3 d`. Minutes round up while time is left, so that `0:00` is the end and not the last minute.
pub fn countdown(left: TimeDelta) -> String {
    let seconds = left.num_seconds();
    let sign = if seconds < 0 { "-" } else { "" };
    let minutes = if seconds > 0 { (seconds + 59) / 60 } else { (seconds / 60).abs() };
    let sign = if minutes == 0 { "" } else { sign };
    if minutes >= 2 * 24 * 60 {
        let days = tr!("{n} d", n = minutes / (24 * 60));
        return format!("{sign}{days}");
    }
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// A length of time in words: `1 h 30 min`, `30 d`, `1 d 4 h`.
pub fn span(span: Span) -> String {
    let (days, hours, minutes) = span.parts();
    let mut parts = Vec::with_capacity(3);
    if days > 0 {
        parts.push(tr!("{n} d", n = days));
    }
    if hours > 0 {
        parts.push(tr!("{n} h", n = hours));
    }
    if minutes > 0 || parts.is_empty() {
        parts.push(tr!("{n} min", n = minutes));
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        let check = |minutes, expect: &str| assert_eq!(age(TimeDelta::minutes(minutes)), expect);
        check(0, "now");
        check(12, "12 min");
        check(59, "59 min");
        check(60, "1 h");
        check(23 * 60 + 59, "23 h");
        check(24 * 60, "1 d");
        check(-2 * 24 * 60, "2 d");
        check(41 * 24 * 60, "41 d");
        check(800 * 24 * 60, "2 y");
    }

    #[test]
    fn clocks() {
        let check = |seconds, expect: &str| assert_eq!(countdown(TimeDelta::seconds(seconds)), expect);
        check(12 * 60, "0:12");
        check(160 * 60, "2:40");
        check(1, "0:01");
        check(60, "0:01");
        check(61, "0:02");
        check(0, "0:00");
        check(-30, "0:00");
        check(-65 * 60, "-1:05");
        check(30 * 3600, "30:00");
        check(48 * 3600, "2 d");
        check(-72 * 3600, "-3 d");
    }

    #[test]
    fn spans() {
        let check = |minutes, expect: &str| assert_eq!(span(Span::from_minutes(minutes).unwrap()), expect);
        check(90, "1 h 30 min");
        check(30 * 24 * 60, "30 d");
        check(28 * 60, "1 d 4 h");
        check(0, "0 min");
    }
}
