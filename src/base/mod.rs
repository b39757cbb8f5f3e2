//! Ids, references, money, dates, text that is safe to show: values everything else is made of. No IO, no clock.
