//! Reads terms: `status:active exp<30d -module:"Site Search" robot`.

use std::str::FromStr;

use super::parse_statuses;
use super::term::{Asked, Bare, QueryTerms, Side, Term, TokenDate};
use super::word::{self, QueryWord};
use crate::domain::when::When;
use crate::domain::{Level, guid, label, leak};

/// A character, and whether it stood in quotes: there it is no sign of the language.
#[derive(Clone, Copy)]
struct Sign {
    c: char,
    quoted: bool,
}

/// What stands between two blanks.
#[derive(Default)]
struct Part {
    typed: String,
    signs: Vec<Sign>,
}

impl QueryTerms {
    /// Reads terms. An error says what would be right, and repeats nothing that looks like
    /// a value.
    pub fn parse(text: &str, bare: Bare) -> Result<Self, String> {
        let terms: Result<Vec<_>, _> =
            split(text)?.into_iter().map(|part| term(part, bare)).collect();
        terms.map(Self).map_err(|error| leak::hide(&error))
    }
}

/// The parts between blanks; what stands in double quotes is kept together. In them a
/// backslash makes a quote or a backslash an ordinary character.
fn split(text: &str) -> Result<Vec<Part>, String> {
    let (mut parts, mut part, mut quoted) = (Vec::new(), Part::default(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() && !quoted {
            parts.push(std::mem::take(&mut part));
            continue;
        }
        part.typed.push(c);
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted && chars.peek().is_some_and(|next| matches!(next, '"' | '\\')) => {
                if let Some(next) = chars.next() {
                    part.typed.push(next);
                    part.signs.push(Sign { c: next, quoted });
                }
            }
            c => part.signs.push(Sign { c, quoted }),
        }
    }
    parts.push(part);
    parts.retain(|part| !part.typed.is_empty());
    if quoted { Err("a quote is not closed".to_owned()) } else { Ok(parts) }
}

fn plain(signs: &[Sign]) -> String {
    signs.iter().map(|sign| sign.c).collect()
}

/// Where an unquoted sign is the first of these, everything before it unquoted too.
fn key_end(signs: &[Sign]) -> Option<usize> {
    let stops = |sign: &Sign| sign.quoted || matches!(sign.c, ':' | '<' | '>');
    let at = signs.iter().position(stops)?;
    signs.get(at).filter(|sign| !sign.quoted).map(|_| at + 1)
}

fn term(part: Part, bare: Bare) -> Result<Term, String> {
    let Part { typed, signs } = part;
    let minus = |sign: &&Sign| sign.c == '-' && !sign.quoted;
    let (not, rest) = match signs.split_first() {
        Some((first, rest)) if minus(&first) => (true, rest),
        _ => (false, signs.as_slice()),
    };
    if let Some((key, value)) = key_end(rest).and_then(|at| rest.split_at_checked(at)) {
        let start = plain(key);
        let asked = match QueryWord::of(&start) {
            Some(word) => asked(word, &start, value)?,
            None if start.eq_ignore_ascii_case("from:") => {
                return Err(
                    "'from:' asks where tokens may be used from, which is not kept yet".to_owned()
                );
            }
            None => return Err(word::unknown(&typed, &start)),
        };
        if let (true, Asked::Status(all)) = (not, &asked)
            && all.is_empty()
        {
            return Err(format!("'{typed}' would leave nothing"));
        }
        return Ok(Term { not, asked, typed, bare: None });
    }
    let unquoted = rest.iter().all(|sign| !sign.quoted);
    if let Some(asked) = QueryWord::of(&plain(rest)).filter(|_| unquoted).and_then(alone) {
        return Ok(Term { not, asked, typed, bare: None });
    }
    let text = plain(&signs);
    if text.trim().is_empty() {
        return Err(format!("{typed} says nothing: leave it out, or write what to look for"));
    }
    let asked = match bare {
        Bare::Text => Asked::Text(text),
        Bare::Name => Asked::Name(text),
    };
    Ok(Term { not: false, asked, typed, bare: Some(bare) })
}

/// What a word that is a term by itself asks.
fn alone(word: QueryWord) -> Option<Asked> {
    match word {
        QueryWord::Never => Some(Asked::Never),
        QueryWord::NeverUsed => Some(Asked::NeverUsed),
        QueryWord::Overlap => Some(Asked::Overlap),
        QueryWord::OwnerDisabled => Some(Asked::OwnerDisabled),
        QueryWord::AccountDisabled => Some(Asked::AccountDisabled),
        QueryWord::OutOfService => Some(Asked::OutOfService),
        QueryWord::Lookalike => Some(Asked::Lookalike),
        QueryWord::Offends => Some(Asked::Offends),
        QueryWord::Status
        | QueryWord::Account
        | QueryWord::Owner
        | QueryWord::By
        | QueryWord::Module
        | QueryWord::Scope
        | QueryWord::Group
        | QueryWord::Level
        | QueryWord::Id
        | QueryWord::Guid
        | QueryWord::Text
        | QueryWord::Name
        | QueryWord::Expires
        | QueryWord::Created
        | QueryWord::Used
        | QueryWord::Revoked
        | QueryWord::Unused
        | QueryWord::Label => None,
    }
}

fn asked(word: QueryWord, start: &str, value: &[Sign]) -> Result<Asked, String> {
    let wants = || {
        let wanted = word.spelling().wants;
        format!("'{start}' wants something after it: {start}{wanted}")
    };
    let text = plain(value);
    if text.trim().is_empty() {
        return Err(wants());
    }
    let date = |fact| Ok(Asked::Date(fact, side(start), when(&text)?));
    Ok(match word {
        QueryWord::Status => {
            Asked::Status(parse_statuses(list(value, wants)?.iter().map(String::as_str))?)
        }
        QueryWord::Account => Asked::Account(any_or(list(value, wants)?)),
        QueryWord::Owner => Asked::Owner(list(value, wants)?),
        QueryWord::By => Asked::By(list(value, wants)?),
        QueryWord::Module => Asked::Module(list(value, wants)?),
        QueryWord::Scope => Asked::Scope(list(value, wants)?),
        QueryWord::Group => Asked::Group(list(value, wants)?),
        QueryWord::Level => level(value)?,
        QueryWord::Id => {
            let id = |text: &String| text.parse().map_err(|_| not_an_id(text));
            Asked::Id(list(value, wants)?.iter().map(id).collect::<Result<_, _>>()?)
        }
        QueryWord::Guid if guid::is_blank_part(&text) => return Err(wants()),
        QueryWord::Guid => Asked::Guid(list(value, wants)?),
        QueryWord::Text => Asked::Text(text),
        QueryWord::Name => Asked::Name(text),
        QueryWord::Expires => return date(TokenDate::Expires),
        QueryWord::Created => return date(TokenDate::Created),
        QueryWord::Used => return date(TokenDate::Used),
        QueryWord::Revoked => return date(TokenDate::Revoked),
        QueryWord::Unused => Asked::Unused(when(&text)?),
        QueryWord::Label => {
            let wrong =
                |error| format!("'{start}' wants a label such as team or team=pay: {error}");
            Asked::Label(label::LabelTerm::parse(text.trim()).map_err(wrong)?)
        }
        QueryWord::Never
        | QueryWord::NeverUsed
        | QueryWord::Overlap
        | QueryWord::OwnerDisabled
        | QueryWord::AccountDisabled
        | QueryWord::OutOfService
        | QueryWord::Lookalike
        | QueryWord::Offends => return Err(format!("'{start}' takes nothing after it")),
    })
}

fn side(start: &str) -> Side {
    if start.ends_with('<') { Side::Before } else { Side::After }
}

/// What stands between unquoted commas.
fn list(value: &[Sign], wants: impl Fn() -> String) -> Result<Vec<String>, String> {
    let comma = |sign: &Sign| sign.c == ',' && !sign.quoted;
    let one = |signs: &[Sign]| match plain(signs).trim() {
        "" => Err(wants()),
        text => Ok(text.to_owned()),
    };
    value.split(comma).map(one).collect()
}

/// `all` stands for any, alone or beside others.
fn any_or(names: Vec<String>) -> Vec<String> {
    let all = names.iter().any(|name| name.eq_ignore_ascii_case("all"));
    if all { vec![] } else { names }
}

fn when(text: &str) -> Result<When, String> {
    When::from_str(text)
        .map_err(|_| format!("'{text}' is not a time such as 30d, 12w, 6m, 24h or 2027-01-31"))
}

fn not_an_id(text: &str) -> String {
    format!("'{text}' is not an id such as TKN-1000-0001")
}

/// What stands before and behind an `=`.
fn halves(value: &[Sign], at: Option<usize>) -> (String, Option<String>) {
    let Some((before, behind)) = at.and_then(|at| value.split_at_checked(at)) else {
        return (plain(value).trim().to_owned(), None);
    };
    let behind = behind.get(1..).unwrap_or_default();
    (plain(before).trim().to_owned(), Some(plain(behind).trim().to_owned()))
}

fn level(value: &[Sign]) -> Result<Asked, String> {
    let equals = |sign: &Sign| sign.c == '=' && !sign.quoted;
    let (module, wanted) = halves(value, value.iter().rposition(equals));
    let right = "write level:MODULE=read, =full or =any, and * for any module";
    let Some(wanted) = wanted.filter(|_| !module.is_empty()) else {
        return Err(format!("'level:' wants a module and a level: {right}"));
    };
    let level = match wanted.parse::<Level>() {
        Ok(level) => Some(level),
        Err(_) if wanted.eq_ignore_ascii_case("any") => None,
        Err(_) => return Err(format!("'{wanted}' is not a level: {right}")),
    };
    let star = value.first().is_some_and(|sign| sign.c == '*' && !sign.quoted) && module == "*";
    Ok(Asked::Level((!star).then_some(module), level))
}
