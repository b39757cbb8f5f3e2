//! Values as people read them: grouped, short, in the workspace's [`Style`](super::Style).

mod number;
mod money;
mod date;
mod age;

pub use age::{age, countdown, span};
pub use date::{
    date, datetime, day, full_date, full_datetime, heading, moment, month, month_year, time, weekday,
};
pub use money::{money, money_compact, money_editable, money_full};
pub use number::{compact, count, editable, integer, number, number_places, percent};
