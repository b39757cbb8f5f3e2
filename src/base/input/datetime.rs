//! Moments as people type them: a date and a time of day in either order, ISO 8601 with an offset, `in 2 hours`.

use super::date::date;
use super::error::{InputError, Reading, What, quote};
use super::prepare::prepare;
use super::time::time;
use super::words::minutes_of;
use crate::base::style::InputStyle;
use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};

/// Reads a moment, in the style's zone unless the text gives an offset.
///
/// A time alone is today's; a date alone is refused, for midnight is hardly ever meant. A time that summer time
/// skips is refused; one that occurs twice, when it ends, is refused with both readings.
pub fn datetime(text: &str, style: &InputStyle) -> Result<DateTime<FixedOffset>, InputError> {
    let plain = prepare(text, What::Datetime)?;
    if let Some(at) = with_offset(&plain) {
        return Ok(at);
    }
    if let Some(away) = from_now(&plain) {
        let at = style.now.utc.checked_add_signed(away);
        return at
            .map(|at| at.with_timezone(&style.now.zone).fixed_offset())
            .ok_or_else(|| InputError::out_of_range(text, What::Datetime));
    }
    if let Some(time) = time(&plain) {
        return local(style.today(), time, text, style);
    }
    let mut refused = None;
    for (day, time) in splits(&plain) {
        match date(day, style) {
            Ok(day) => return local(day, time, text, style),
            Err(InputError::Unreadable { .. } | InputError::Empty { .. }) => {}
            Err(error) => refused = Some(error),
        }
    }
    if let Some(error) = refused {
        return Err(error);
    }
    match date(&plain, style) {
        Ok(_) => Err(InputError::NeedsTime { text: quote(text), write: format!("{} 09:00", quote(text)) }),
        Err(InputError::Unreadable { .. }) => Err(InputError::unreadable(text, What::Datetime)),
        Err(error) => Err(error),
    }
}

/// ISO 8601 and RFC 3339 with an offset or `Z`, to the minute or finer, `T` or a blank between.
fn with_offset(plain: &str) -> Option<DateTime<FixedOffset>> {
    let plain = plain.replacen(' ', "t", 1);
    let plain = plain.strip_suffix('z').map_or(plain.clone(), |local| format!("{local}+00:00"));
    let formats =
        ["%Y-%m-%dt%H:%M%:z", "%Y-%m-%dt%H:%M:%S%.f%:z", "%Y-%m-%dt%H:%M%z", "%Y-%m-%dt%H:%M:%S%.f%z"];
    formats.iter().find_map(|format| DateTime::parse_from_str(&plain, format).ok())
}

/// `now`, `in 2 hours`, `+30m`, `90 min ago`: hours and minutes only, for whole days are dates.
fn from_now(plain: &str) -> Option<TimeDelta> {
    if matches!(plain, "now" | "jetzt") {
        return Some(TimeDelta::zero());
    }
    let (sign, rest) = if let Some(rest) = plain.strip_prefix("in ").or_else(|| plain.strip_prefix('+')) {
        (1, rest)
    } else if let Some(rest) = plain.strip_prefix("vor ").or_else(|| plain.strip_prefix('-')) {
        (-1, rest)
    } else {
        (-1, plain.strip_suffix(" ago")?)
    };
    let mut minutes = 0_i64;
    let mut rest = rest.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (count, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let after = after.trim_start();
        let (unit, after) = after.split_at(after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len()));
        let size = minutes_of(unit).filter(|size| *size <= 60)?;
        minutes += count.parse::<i64>().ok().filter(|count| *count < 1_000_000)? * size;
        rest = after.trim_start();
    }
    Some(TimeDelta::minutes(sign * minutes))
}

/// Every way to cut the text into a date and a time of day.
fn splits(plain: &str) -> impl Iterator<Item = (&str, NaiveTime)> {
    let cuts = plain.char_indices().filter(|(_, c)| matches!(c, ' ' | 't' | '@'));
    cuts.flat_map(|(at, cut)| {
        let (before, after) = (plain[..at].trim(), plain[at + 1..].trim());
        let time_last = time(after).map(|time| (without_at(before), time));
        let time_first = time(before).filter(|_| cut == ' ').map(|time| (after, time));
        time_last.into_iter().chain(time_first)
    })
}

/// The date without what leads on to the time.
fn without_at(day: &str) -> &str {
    let ends = [" at", " um", " @", ","];
    ends.iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day).trim_end()
}

/// The moment at which the clocks of the zone show that.
fn local(
    day: NaiveDate,
    time: NaiveTime,
    text: &str,
    style: &InputStyle,
) -> Result<DateTime<FixedOffset>, InputError> {
    let zone = style.now.zone;
    let wall = day.and_time(time);
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) => Ok(at.fixed_offset()),
        LocalResult::Ambiguous(first, second) => {
            let readings = [first, second].map(|at| {
                let written = at.format("%Y-%m-%dT%H:%M%:z").to_string();
                Reading::new(at.format("%H:%M %Z").to_string(), written)
            });
            Err(InputError::ambiguous(text, readings))
        }
        LocalResult::None => Err(InputError::Skipped {
            text: quote(text),
            zone: zone.name().to_owned(),
            instead: first_after(wall, style).format("%Y-%m-%d %H:%M").to_string(),
        }),
    }
}

/// The first quarter of an hour after `wall` that the clocks do show.
fn first_after(wall: NaiveDateTime, style: &InputStyle) -> NaiveDateTime {
    let quarters = (1..=2 * 24 * 4).filter_map(|n| wall.checked_add_signed(TimeDelta::minutes(15 * n)));
    let shown = |wall: &NaiveDateTime| style.now.zone.from_local_datetime(wall).earliest().is_some();
    quarters.into_iter().find(shown).unwrap_or(wall)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::{comma, told, undecided};
    use chrono::{SubsecRound, Utc};
    use proptest::prelude::*;

    /// Seen from Saturday 21 November 2026, 10:30 in Berlin.
    #[track_caller]
    fn check(text: &str, expect: &str) {
        let found = datetime(text, &undecided()).map(|at| at.format("%Y-%m-%dT%H:%M%:z"));
        assert_eq!(told(found), expect, "{text:?}");
    }

    #[test]
    fn with_an_offset() {
        check("2026-11-21T14:00+01:00", "2026-11-21T14:00+01:00");
        check("2026-11-21T14:00:30.5+01:00", "2026-11-21T14:00+01:00");
        check("2026-11-21 14:00-05:00", "2026-11-21T14:00-05:00");
        check("2026-11-21T13:00Z", "2026-11-21T13:00+00:00");
        check("2026-11-21T14:00+0100", "2026-11-21T14:00+01:00");
    }

    #[test]
    fn a_day_and_a_time() {
        check("2026-11-21T14:00", "2026-11-21T14:00+01:00");
        check("2026-07-01 14:00", "2026-07-01T14:00+02:00");
        check("tomorrow 14:00", "2026-11-22T14:00+01:00");
        check("tomorrow at 2pm", "2026-11-22T14:00+01:00");
        check("2pm tomorrow", "2026-11-22T14:00+01:00");
        check("fri 9 am", "2026-11-27T09:00+01:00");
        check("sat 14h", "2026-11-28T14:00+01:00");
        check("next fri, noon", "2026-11-27T12:00+01:00");
        check("in 2 weeks 14:30", "2026-12-05T14:30+01:00");
        check("21.11.2026 14:00", "2026-11-21T14:00+01:00");
        check("Nov 21 2026 2:30 pm", "2026-11-21T14:30+01:00");
        check("21 Nov 14:00", "2026-11-21T14:00+01:00");
        check("morgen um 14 Uhr", "2026-11-22T14:00+01:00");
        check("eom @ 17:00", "2026-11-30T17:00+01:00");
        check("14:00", "2026-11-21T14:00+01:00");
    }

    #[test]
    fn from_now_on() {
        check("now", "2026-11-21T10:30+01:00");
        check("in 2 hours", "2026-11-21T12:30+01:00");
        check("+30m", "2026-11-21T11:00+01:00");
        check("in 1h30m", "2026-11-21T12:00+01:00");
        check("90 min ago", "2026-11-21T09:00+01:00");
        check("vor 2 Stunden", "2026-11-21T08:30+01:00");
    }

    #[test]
    fn when_the_clocks_change() {
        check(
            "2027-03-28 02:30",
            "! '2027-03-28 02:30' does not exist: the clocks in Europe/Berlin go forward then; write 2027-03-28 03:00",
        );
        check(
            "2027-10-31 02:30",
            "! '2027-10-31 02:30' could be 02:30 CEST or 02:30 CET: \
             write 2027-10-31T02:30+02:00 or 2027-10-31T02:30+01:00",
        );
        check("2027-10-31T02:30+01:00", "2027-10-31T02:30+01:00");
    }

    #[test]
    fn refused() {
        check("tomorrow", "! 'tomorrow' has no time of day: write it as tomorrow 09:00");
        check("in 2 days", "! 'in 2 days' has no time of day: write it as in 2 days 09:00");
        check("31.2.2027 14:00", "! the calendar has no '31.2.2027': check the day, the month and the year");
        check(
            "3/4/2026 14:00",
            "! '3/4/2026' could be 3 Apr 2026 or 4 Mar 2026: write 2026-04-03 or 2026-03-04",
        );
        assert_eq!(datetime("3/4/2026 14:00", &comma()).unwrap().to_rfc3339(), "2026-04-03T14:00:00+02:00");
        check("", "! type a date and time, such as tomorrow 14:00, fri 9am or 2026-11-21 14:00");
        for text in
            ["soon", "14", "25:00", "tomorrow 25:00", "14:00 15:00", "in 2 hours or so", "+", "in h", "ago"]
        {
            assert!(
                told(datetime(text, &undecided())).contains("does not read as a date and time"),
                "{text:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn canonical_text_reads_back(seconds in -5_000_000_000_i64..30_000_000_000, hours in -12i32..=14) {
            let offset = FixedOffset::east_opt(hours * 3600).unwrap();
            let at = DateTime::<Utc>::from_timestamp(seconds / 60 * 60, 0).unwrap().with_timezone(&offset);
            for style in [undecided(), comma()] {
                prop_assert_eq!(datetime(&at.format("%Y-%m-%dT%H:%M%:z").to_string(), &style), Ok(at));
                prop_assert_eq!(datetime(&at.to_rfc3339(), &style), Ok(at.trunc_subsecs(0)));
            }
        }

        #[test]
        fn never_panics(text in "[0-9a-zü:./@+ -]{0,20}") {
            let _ = datetime(&text, &undecided());
        }
    }
}
