//! What the texts of an entry may be: logins, e-mail addresses, URLs and path
//! prefixes. Each returns the stored form or what is wrong.

use unicode_normalization::UnicodeNormalization;

use crate::domain::{UserId, leak, name};
use crate::text;

/// The longest login, in characters.
pub const MAX_LOGIN: usize = 60;
/// The longest e-mail address, in characters (RFC 5321 section 4.5.3.1).
pub const MAX_EMAIL: usize = 254;
/// The longest URL or path prefix, in characters.
pub const MAX_URL: usize = 500;

/// A login: no blanks, and nothing that a shell or an option parser takes for
/// something else.
pub fn check_login(text: &str) -> Result<String, String> {
    let login = name::check(text, "Login")?;
    if login.chars().count() > MAX_LOGIN {
        return Err(format!("At most {MAX_LOGIN} characters"));
    }
    if let Some(odd) = login.chars().find(|c| !c.is_alphanumeric() && !"._@+-".contains(*c)) {
        return Err(format!("Only letters, digits and . _ @ + - may be in it, not '{odd}'"));
    }
    if !login.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return Err("Starts with a letter, a digit or _".to_owned());
    }
    if login.parse::<UserId>().is_ok() {
        return Err("Looks like the id of a user".to_owned());
    }
    Ok(login)
}

/// An e-mail address that may well be one; empty = none.
pub(super) fn email(text: Option<&str>) -> Result<Option<String>, String> {
    let Some(address) = plain(text, MAX_EMAIL)? else { return Ok(None) };
    let plausible = address.split_once('@').is_some_and(|(who, host)| {
        let host_parts = host.split('.').all(|part| !part.is_empty());
        !who.is_empty() && !host.contains('@') && host_parts
    });
    if plausible { Ok(Some(address)) } else { Err("Write it as name@example.com".to_owned()) }
}

/// An http or https URL; empty = none. One with a password in it is refused, for
/// it is shown to everybody.
pub(super) fn endpoint(text: Option<&str>) -> Result<Option<String>, String> {
    let Some(url) = plain(text, MAX_URL)? else { return Ok(None) };
    let form = || "Write a URL such as https://tokens.example/v1".to_owned();
    let (scheme, rest) = url.split_once("://").ok_or_else(form)?;
    let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err("Leave out user name and password".to_owned());
    }
    let named = host.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    if known && named { Ok(Some(url)) } else { Err(form()) }
}

/// Path prefixes in their order, each once.
pub(super) fn paths(texts: &[String]) -> Result<Vec<String>, String> {
    let mut paths = Vec::new();
    for text in texts {
        let Some(path) = plain(Some(text), MAX_URL)? else { continue };
        if !path.starts_with('/') {
            return Err(format!("'{path}' does not start with /"));
        }
        if path.contains(['?', '#']) {
            return Err(format!("'{path}' holds more than a path"));
        }
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// One visible word; empty = none.
fn plain(text: Option<&str>, most: usize) -> Result<Option<String>, String> {
    let word: String = text.unwrap_or_default().trim().nfc().collect();
    if word.is_empty() {
        return Ok(None);
    }
    if let Some(hidden) = text::hidden_in(&word) {
        return Err(format!("Contains the hidden character {}", text::code_point(hidden)));
    }
    if word.chars().any(char::is_whitespace) {
        return Err("Contains a blank".to_owned());
    }
    if word.chars().count() > most {
        return Err(format!("At most {most} characters"));
    }
    if leak::contains_value(&word) {
        return Err("Contains a token value, which would be stored in the clear".to_owned());
    }
    Ok(Some(word))
}
