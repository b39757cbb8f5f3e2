//! The words of dates, in English and German, in small letters.

use chrono::{Month, Weekday};

/// A month's name or short form.
pub fn month(word: &str) -> Option<Month> {
    Some(match word {
        "jan" | "january" | "januar" | "jänner" => Month::January,
        "feb" | "february" | "februar" => Month::February,
        "mar" | "march" | "mär" | "mrz" | "märz" | "maerz" => Month::March,
        "apr" | "april" => Month::April,
        "may" | "mai" => Month::May,
        "jun" | "june" | "juni" => Month::June,
        "jul" | "july" | "juli" => Month::July,
        "aug" | "august" => Month::August,
        "sep" | "sept" | "september" => Month::September,
        "oct" | "october" | "okt" | "oktober" => Month::October,
        "nov" | "november" => Month::November,
        "dec" | "december" | "dez" | "dezember" => Month::December,
        _ => return None,
    })
}

/// A weekday's name or short form.
pub fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "mo" | "mon" | "monday" | "montag" => Weekday::Mon,
        "tu" | "tue" | "tues" | "tuesday" | "di" | "dienstag" => Weekday::Tue,
        "we" | "wed" | "wednesday" | "mi" | "mittwoch" => Weekday::Wed,
        "th" | "thu" | "thur" | "thurs" | "thursday" | "do" | "donnerstag" => Weekday::Thu,
        "fr" | "fri" | "friday" | "freitag" => Weekday::Fri,
        "sa" | "sat" | "saturday" | "samstag" | "sonnabend" => Weekday::Sat,
        "su" | "sun" | "sunday" | "so" | "sonntag" => Weekday::Sun,
        _ => return None,
    })
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A unit's name or short form.
pub fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "d" | "day" | "days" | "tag" | "tage" | "tagen" | "t" => Unit::Day,
        "w" | "wk" | "wks" | "week" | "weeks" | "woche" | "wochen" => Unit::Week,
        "m" | "mo" | "mon" | "month" | "months" | "monat" | "monate" | "monaten" => Unit::Month,
        "q" | "quarter" | "quarters" | "quartal" | "quartale" | "quartalen" => Unit::Quarter,
        "y" | "yr" | "yrs" | "year" | "years" | "jahr" | "jahre" | "jahren" => Unit::Year,
        _ => return None,
    })
}

/// How many minutes a unit with a fixed length has.
pub fn minutes_of(word: &str) -> Option<i64> {
    match word {
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => Some(1),
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => Some(60),
        "d" | "day" | "days" | "tag" | "tage" | "tagen" => Some(24 * 60),
        "w" | "week" | "weeks" | "woche" | "wochen" => Some(7 * 24 * 60),
        _ => None,
    }
}

/// A small number in figures or, for one, as an article.
pub fn count(word: &str) -> Option<u32> {
    match word {
        "a" | "an" | "one" | "einem" | "einer" | "ein" | "eine" => Some(1),
        _ if (1..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()) => word.parse().ok(),
        _ => None,
    }
}
