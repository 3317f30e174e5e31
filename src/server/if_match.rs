//! If-Match (RFC 9110 section 13.1.1): the version of a record as whoever asks read
//! it. Compared strongly, so a weak tag is one that nothing has.

use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;

use super::answer::malformed;
use crate::wire::http::Problem;

/// A version that no record has: they count from 1.
const NOBODYS: u64 = 0;

/// What a request says of the version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum IfMatch {
    /// Whatever it is now.
    Any,
    /// One of these, of which there is at least one.
    Of(Vec<u64>),
}

impl IfMatch {
    /// It out of the headers; none where there is no such header.
    pub(super) fn read(headers: &HeaderMap) -> Result<Option<Self>, Box<Problem>> {
        let wrong =
            || malformed("If-Match holds no version: send the ETag of the token as it was read");
        let mut lines = Vec::new();
        for line in headers.get_all(IF_MATCH) {
            lines.push(line.to_str().map_err(|_| wrong())?);
        }
        if lines.is_empty() {
            return Ok(None);
        }
        parse(&lines.join(",")).map(Some).ok_or_else(wrong)
    }

    /// The version the record must have, given the one it has; none where any will do.
    pub(super) fn wanted(&self, current: u64) -> Option<u64> {
        match self {
            Self::Any => None,
            Self::Of(tags) if tags.contains(&current) => Some(current),
            Self::Of(tags) => tags.first().copied(),
        }
    }
}

fn parse(text: &str) -> Option<IfMatch> {
    if text.trim() == "*" {
        return Some(IfMatch::Any);
    }
    let tags = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    let mut tags: Vec<u64> = tags.map(version).collect::<Option<_>>()?;
    // An empty list is one that no record is in.
    if tags.is_empty() {
        tags.push(NOBODYS);
    }
    Some(IfMatch::Of(tags))
}

/// The version of one tag; none where it has not the form of a tag.
fn version(tag: &str) -> Option<u64> {
    let (weak, tag) = tag.strip_prefix("W/").map_or((false, tag), |rest| (true, rest));
    let inside = tag.strip_prefix('"')?.strip_suffix('"')?;
    if inside.contains('"') {
        return None;
    }
    let number = inside.parse().ok().filter(|number: &u64| number.to_string() == inside);
    Some(number.filter(|_| !weak).unwrap_or(NOBODYS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_lists_and_stars_are_read_and_nonsense_is_not() {
        assert_eq!(parse("\"7\""), Some(IfMatch::Of(vec![7])));
        assert_eq!(parse(" \"7\" , \"8\",W/\"9\", \"x\" "), Some(IfMatch::Of(vec![7, 8, 0, 0])));
        assert_eq!(parse("*"), Some(IfMatch::Any));
        assert_eq!(parse(" , "), Some(IfMatch::Of(vec![NOBODYS])));
        for wrong in ["7", "\"7", "7\"", "*, \"7\"", "\"7\"\"8\"", "w/\"7\""] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_first_of_a_list_stands_for_all_where_none_fits() {
        let list = IfMatch::Of(vec![3, 5]);
        assert_eq!((list.wanted(5), list.wanted(9)), (Some(5), Some(3)));
        assert_eq!(IfMatch::Any.wanted(9), None);
    }
}
