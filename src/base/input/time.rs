//! Times of day as people type them: `14:00`, `2pm`, `2:30 pm`, `14h`, `14h30`, `14 Uhr`, `noon`.

use super::calendar::digits;
use chrono::NaiveTime;

/// Reads a prepared time of day. A bare number is none: it could as well be a day. Midnight has no word, for
/// nobody knows which of two it is.
pub fn time(plain: &str) -> Option<NaiveTime> {
    if matches!(plain, "noon" | "mittag" | "mittags") {
        return NaiveTime::from_hms_opt(12, 0, 0);
    }
    let half = |am: &str, pm: &str| {
        let ended = |suffix: &str| plain.strip_suffix(suffix).map(str::trim_end);
        ended(am).map(|rest| (rest, 0)).or_else(|| ended(pm).map(|rest| (rest, 12)))
    };
    if let Some((clock, noon)) = half("am", "pm").or_else(|| half("a.m.", "p.m.")) {
        let (hour, minute, second) = parts(clock, &[':', '.'])?;
        let hour = Some(hour).filter(|hour| (1..=12).contains(hour))? % 12 + noon;
        return NaiveTime::from_hms_opt(hour, minute, second);
    }
    if let Some(clock) = plain.strip_suffix("uhr").or_else(|| plain.strip_suffix('h')) {
        let (hour, minute, second) = parts(clock.trim_end(), &[':', '.'])?;
        return NaiveTime::from_hms_opt(hour, minute, second);
    }
    let (hour, minute, second) = parts(plain, &[':', 'h']).filter(|_| plain.contains([':', 'h']))?;
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Hour, and minute and second if they are there, two digits each after the first.
fn parts(clock: &str, signs: &[char]) -> Option<(u32, u32, u32)> {
    let mut numbers = clock.split(signs);
    let hour = digits(numbers.next()?, 2)?;
    let mut two = || match numbers.next() {
        Some(part) => digits(part, 2).filter(|_| part.len() == 2),
        None => Some(0),
    };
    let (minute, second) = (two()?, two()?);
    numbers.next().is_none().then_some((hour, minute, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day() {
        let check = |text: &str, expect: &str| {
            assert_eq!(
                time(text).map_or("!".into(), |time| time.format("%H:%M").to_string()),
                expect,
                "{text:?}"
            );
        };
        check("14:00", "14:00");
        check("9:05", "09:05");
        check("14:00:30", "14:00");
        check("2pm", "14:00");
        check("2:30 pm", "14:30");
        check("12am", "00:00");
        check("12pm", "12:00");
        check("9 a.m.", "09:00");
        check("14h", "14:00");
        check("14h30", "14:30");
        check("14 uhr", "14:00");
        check("14.30 uhr", "14:30");
        check("noon", "12:00");
        for bad in [
            "",
            "14",
            "24:00",
            "14:60",
            "13pm",
            "0am",
            "14:5",
            "14.30",
            "1:2:3",
            "pm",
            "h",
            ":00",
            "14:00:00:00",
        ] {
            check(bad, "!");
        }
    }
}
