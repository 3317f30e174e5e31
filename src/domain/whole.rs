//! Whole numbers out of JSON, in which `7.0` is one too (RFC 8259 section 6): some
//! languages have no other numbers and write them so.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// The largest whole number that every reader of JSON keeps.
const MOST: u64 = (1 << 53) - 1;

/// Reads a number that is whole, however it is written.
pub(crate) fn read<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<u64>,
{
    // Asked for as any number: within a tagged enum one that is written with a fraction is
    // told to nobody who asks for a whole one.
    let number = deserializer.deserialize_f64(Whole)?;
    T::try_from(number)
        .map_err(|_| D::Error::invalid_value(Unexpected::Other("too large a number"), &Whole))
}

/// The same where `null` stands for none.
pub(crate) fn or_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<u64>,
{
    Ok(Option::<Number<T>>::deserialize(deserializer)?.map(|Number(number)| number))
}

struct Number<T>(T);

impl<'de, T: TryFrom<u64>> Deserialize<'de> for Number<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer).map(Self)
    }
}

struct Whole;

impl Visitor<'_> for Whole {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a whole number from 0")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        Some(number)
            .filter(|number| *number <= MOST)
            .ok_or_else(|| E::invalid_value(Unexpected::Other("too large a number"), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u64, E> {
        u64::try_from(number)
            .map_err(|_| E::invalid_value(Unexpected::Other("a negative number"), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<u64, E> {
        // A long number is read a little beside what was written.
        let whole = number.round();
        let beside = (number - whole).abs() > number * f64::EPSILON * 2.0;
        // Its decimal form has no fraction and no exponent.
        let number = format!("{whole:.0}").parse().ok().filter(|_| !beside);
        let Some(number) = number else {
            return Err(E::invalid_value(Unexpected::Other("another number"), &self));
        };
        self.visit_u64(number)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Small(#[serde(deserialize_with = "super::read")] u32);

    fn small(text: &str) -> Option<u32> {
        serde_json::from_str(text).ok().map(|Small(number)| number)
    }

    fn read(text: &str) -> Result<u64, serde_json::Error> {
        super::read(&mut serde_json::Deserializer::from_str(text))
    }

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        assert_eq!([small("7"), small("7.0"), small("0.7e1")], [Some(7); 3]);
        assert_eq!(read("2251799813685247.0").ok(), Some(2_251_799_813_685_247));
        for not in
            ["7.5", "-7", "-7.0", "4294967296", "1e300", "9007199254740992", "\"7\"", "null", "[7]"]
        {
            assert_eq!(small(not), None, "{not}");
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    enum Entry {
        Account {
            #[serde(deserialize_with = "super::or_none")]
            days: Option<u32>,
        },
    }

    #[test]
    fn within_one_of_several_kinds_it_is_one_too() {
        let read = |days: &str| {
            serde_json::from_str(&format!(r#"{{"days": {days}, "kind": "account"}}"#)).ok()
        };
        for whole in ["7", "7.0", "0.7e1"] {
            assert_eq!(read(whole), Some(Entry::Account { days: Some(7) }), "{whole}");
        }
        assert_eq!(read("null"), Some(Entry::Account { days: None }));
        assert_eq!([read("7.5"), read("-7.0")], [None, None]);
    }
}
