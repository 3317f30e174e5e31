//! How long the old value of a token still passes after it got a new one: a length of
//! time as people type it, up to 90 days. It is kept as it was typed, for `24h` and `1d`
//! are the same time and not the same word.

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// The unit in which an overlap is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Unit {
    /// Minutes.
    #[default]
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
    /// Weeks of seven days.
    Weeks,
}

impl Unit {
    /// How it is written, and how many minutes it has.
    const fn row(self) -> (&'static str, u32) {
        match self {
            Self::Minutes => ("min", 1),
            Self::Hours => ("h", 60),
            Self::Days => ("d", 24 * 60),
            Self::Weeks => ("w", 7 * 24 * 60),
        }
    }
}

/// The form of an overlap in the document of the server: none, or 1 to 129600 minutes, 2160
/// hours, 90 days or 12 weeks.
pub const PATTERN: &str = "^(none|\
    ([1-9][0-9]{0,4}|1[01][0-9]{4}|12[0-8][0-9]{3}|129[0-5][0-9]{2}|129600)min|\
    ([1-9][0-9]{0,2}|1[0-9]{3}|20[0-9]{2}|21[0-5][0-9]|2160)h|\
    ([1-9]|[1-8][0-9]|90)d|([1-9]|1[0-2])w)$";

/// The longest overlap, 90 days, in minutes. A rotation that takes longer is none.
const MOST: u32 = 90 * 24 * 60;

/// How long the old value still passes after a regenerate: none, or up to 90 days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overlap {
    /// 0 = the old value dies at once.
    count: u32,
    unit: Unit,
}

/// Why a text is no overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OverlapError {
    /// It is no length of time that is read here.
    #[error("write none, or a time up to 90d such as 30min, 12h, 10d or 2w")]
    Form,
    /// `10m`: months elsewhere, and minutes to many.
    #[error("m may be minutes or months: write 30min for minutes, or days such as 30d")]
    Bare,
    /// No time at all, in numbers.
    #[error("write none where the old value is to stop at once")]
    Zero,
    /// Longer than a rotation takes.
    #[error("at most 90d")]
    Long,
}

impl Overlap {
    /// The old value dies at once.
    pub const NONE: Self = Self { count: 0, unit: Unit::Minutes };
    /// One hour.
    pub const HOUR: Self = Self { count: 1, unit: Unit::Hours };
    /// 24 hours.
    pub const DAY: Self = Self { count: 24, unit: Unit::Hours };
    /// Seven days.
    pub const WEEK: Self = Self { count: 7, unit: Unit::Days };

    /// What a screen offers, the shortest first.
    pub const CHOICES: [Self; 4] = [Self::NONE, Self::HOUR, Self::DAY, Self::WEEK];

    /// The length, or nothing where there is none.
    pub fn length(self) -> Option<TimeDelta> {
        let (_, minutes) = self.unit.row();
        let length = i64::from(self.count) * i64::from(minutes);
        (length > 0).then(|| TimeDelta::minutes(length))
    }
}

impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, _) = self.unit.row();
        if self.count == 0 { f.write_str("none") } else { write!(f, "{}{word}", self.count) }
    }
}

impl FromStr for Overlap {
    type Err = OverlapError;

    /// Reads `none`, `30min`, `12h`, `10d` or `2w`, in either case.
    fn from_str(text: &str) -> Result<Self, OverlapError> {
        let typed = text.trim().to_ascii_lowercase();
        if typed == "none" {
            return Ok(Self::NONE);
        }
        let digits = typed.bytes().take_while(u8::is_ascii_digit).count();
        let (count, word) = typed.split_at_checked(digits).ok_or(OverlapError::Form)?;
        if count.is_empty() {
            return Err(OverlapError::Form);
        }
        let unit = match word {
            "min" => Unit::Minutes,
            "h" => Unit::Hours,
            "d" => Unit::Days,
            "w" => Unit::Weeks,
            "m" => return Err(OverlapError::Bare),
            _ => return Err(OverlapError::Form),
        };
        // What no number here can hold is longer than anything.
        let count: u32 = count.parse().map_err(|_| OverlapError::Long)?;
        let (_, minutes) = unit.row();
        match count.checked_mul(minutes) {
            Some(0) => Err(OverlapError::Zero),
            Some(length) if length <= MOST => Ok(Self { count, unit }),
            _ => Err(OverlapError::Long),
        }
    }
}

impl Serialize for Overlap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Overlap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader)
    }
}

/// What an overlap is, for whoever sent something else.
const WANTED: &str = "none, or a time up to 90d such as 30min, 12h, 10d or 2w";

/// Reads one out of JSON, and says what is wanted where it is none.
struct Reader;

impl Visitor<'_> for Reader {
    type Value = Overlap;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(WANTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Overlap, E> {
        let wrong = Unexpected::Other("another text");
        text.parse().map_err(|_: OverlapError| E::invalid_value(wrong, &self))
    }
}

impl schemars::JsonSchema for Overlap {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Overlap".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "How long the old value still passes after a regenerate: none, or a \
                            time up to 90 days in minutes, hours, days or weeks.",
            "type": "string",
            "pattern": PATTERN,
        })
    }
}
