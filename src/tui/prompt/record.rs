//! From names as people type them to records: an id, a name in either case, or the
//! beginning of one name only.

use std::fmt::Display;
use std::str::FromStr;

use crate::domain::{AccountId, name};
use crate::text::safe_line;
use crate::tui::place::Seen;

/// How many names an error lists.
const LISTED: usize = 8;

/// An account of the operator's, or all of them.
pub(super) fn account(text: &str, model: &Seen<'_>) -> Result<Option<AccountId>, String> {
    if text.eq_ignore_ascii_case("all") {
        return Ok(None);
    }
    let accounts = model.session.operator.accounts_in(&model.catalogue);
    let known: Vec<_> =
        accounts.iter().map(|account| (account.id, account.name.as_str())).collect();
    one("account", text, &known).map(Some)
}

/// A backend by its name, or the beginning of one name only.
pub(super) fn backend(text: &str, model: &Seen<'_>) -> Result<String, String> {
    if let Some(offer) = model.backends.named(text) {
        return Ok(offer.name.clone());
    }
    let wanted = text.to_lowercase();
    let offers = || model.backends.offers.iter();
    let mut begins = offers().filter(|offer| offer.name.to_lowercase().starts_with(&wanted));
    if let (Some(only), None) = (begins.next(), begins.next()) {
        return Ok(only.name.clone());
    }
    let names: Vec<_> = offers().map(|offer| offer.name.as_str()).take(LISTED).collect();
    let text = format!("there is no backend '{text}': {}", names.join(", "));
    Err(safe_line(&text))
}

/// The one record that a text names.
pub(super) fn one<I>(what: &str, text: &str, known: &[(I, &str)]) -> Result<I, String>
where
    I: Copy + PartialEq + Display + FromStr,
{
    let wanted = name::key(text);
    let by_id = text.parse::<I>().ok();
    let fitting = |fits: &dyn Fn(&str) -> bool| {
        let mut found: Vec<I> = Vec::new();
        for (id, _) in known.iter().filter(|(_, name)| fits(&name::key(name))) {
            if !found.contains(id) {
                found.push(*id);
            }
        }
        found
    };
    if let Some((id, _)) = known.iter().find(|(id, _)| by_id == Some(*id)) {
        return Ok(*id);
    }
    let whole = fitting(&|name| name == wanted);
    let found = if whole.is_empty() { fitting(&|name| name.starts_with(&wanted)) } else { whole };
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(format!("there is no {what} '{text}'{}", listed(known))),
        several => {
            Err(format!("'{text}' names {} {what}s: give more of it, or an id", several.len()))
        }
    }
}

fn listed<I>(known: &[(I, &str)]) -> String {
    let names: Vec<_> = known.iter().take(LISTED).map(|(_, name)| safe_line(name)).collect();
    let more = if known.len() > LISTED { " ..." } else { "" };
    if names.is_empty() {
        String::new()
    } else {
        format!("; there are: {}{more}", names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ModuleId;

    #[test]
    fn a_record_is_named_by_id_name_or_beginning() {
        let (orders, orange) = (ModuleId::new(2), ModuleId::new(3));
        let known = [(orders, "Orders"), (orange, "Orange"), (orange, "OR")];
        let one = |text: &str| one("module", text, &known);
        assert_eq!(one("MOD-0002"), Ok(orders));
        assert_eq!(one("ORDERS"), Ok(orders));
        assert_eq!(one("ord"), Ok(orders));
        assert_eq!(one("or"), Ok(orange));
        assert_eq!(one("o"), Err("'o' names 2 modules: give more of it, or an id".to_owned()));
        let none = "there is no module 'x'; there are: Orders, Orange, OR";
        assert_eq!(one("x"), Err(none.to_owned()));
    }
}
