//! Dates from text.

use chrono::NaiveDate;

/// The date in ISO 8601 text such as `2026-11-20`. A year of more than four digits or before 0 has a sign.
#[must_use]
pub fn date_from_text(text: &str) -> Option<NaiveDate> {
    let unsigned = text.trim_start_matches(['+', '-']);
    let mut numbers = unsigned.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() {
        return None;
    }
    let year = i32::try_from(year).ok()?;
    let year = match text.len() - unsigned.len() {
        0 if year <= 9999 => year,
        1 if text.starts_with('-') => -year,
        1 => year,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_is_read_as_it_is_written() {
        for date in [
            NaiveDate::MIN,
            NaiveDate::MAX,
            NaiveDate::default(),
            NaiveDate::from_ymd_opt(2028, 2, 29).expect("a day"),
            NaiveDate::from_ymd_opt(-5, 1, 1).expect("a day"),
        ] {
            assert_eq!(date_from_text(&date.to_string()), Some(date));
        }
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-11-31",
            "2026-13-01",
            "2026-11-20-1",
            "12026-11-20",
            "--5-01-01",
            "2026-11-2x",
            "2026-11--20",
            "20 November 2026",
        ] {
            assert_eq!(date_from_text(text), None, "{text}");
        }
    }
}
