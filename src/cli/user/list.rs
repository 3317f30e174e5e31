//! `tokendeck user list`.

use serde::Serialize;

use crate::cli::args::PeopleArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::moment::instant;
use crate::cli::output::{Format, Sheet};
use crate::cli::resolve;
use crate::cli::token::is_all;
use crate::domain::calendar::end_day;
use crate::domain::{AccountFilter, Direction, Holding, Window};
use crate::wire::{UserColumn, UserQuery, UserView};

#[derive(Serialize)]
struct Listed<'p> {
    total: usize,
    offset: usize,
    users: &'p [UserView],
}

pub(super) async fn run(deck: &Deck, args: &PeopleArgs) -> Ended {
    deck.operator().must_manage()?;
    let query = query(deck, args).await?;
    let window = Window { offset: args.offset, limit: args.limit.unwrap_or(usize::MAX) };
    let page = deck.backend.users(query, window).await?;
    let listed = Listed { total: page.total, offset: page.offset, users: &page.users };
    deck.output.list(&listed, &page.users, |format| match format {
        Format::Csv => fields(&page.users),
        _ => table(&page.users),
    })?;
    if page.users.len() < page.total {
        deck.output.note(&format!("{} of {} users", page.users.len(), page.total));
    }
    Ok(Finish::Done)
}

async fn query(deck: &Deck, args: &PeopleArgs) -> Result<UserQuery, Failure> {
    let catalogue = deck.backend.catalogue().await?;
    let account = match &args.account {
        Some(text) if !is_all(text) => AccountFilter::One(resolve::account(&catalogue, text)?),
        Some(_) | None => AccountFilter::Any,
    };
    let modules = args.module.iter().map(|text| resolve::module(&catalogue, text));
    let words = args.search.iter().flat_map(|text| text.split_whitespace());
    Ok(UserQuery {
        words: words.map(str::to_owned).collect(),
        account,
        modules: modules.collect::<Result<_, _>>()?,
        holding: args.holding,
        roles: args.role.clone(),
        sort: sort(&args.sort)?,
    })
}

fn sort(text: &str) -> Result<(UserColumn, Direction), Failure> {
    let (direction, name) = match text.strip_prefix('-') {
        Some(name) => (Direction::Descending, name),
        None => (Direction::Ascending, text),
    };
    let wrong =
        |_| Failure::Usage(format!("'{name}' is no column to sort by: name, id, token or expires"));
    Ok((name.parse().map_err(wrong)?, direction))
}

/// Users for people.
fn table(users: &[UserView]) -> Sheet {
    let titles = vec!["ID", "Name", "API token", "Expires", "Login", "Role", "E-mail"];
    Sheet::by_importance(titles, users.iter().map(row).collect())
}

/// Users for spreadsheets: words as in JSON, instants in RFC 3339.
fn fields(users: &[UserView]) -> Sheet {
    let titles =
        vec!["id", "name", "holding", "tokens", "expires", "login", "role", "email", "disabled_at"];
    let row = |view: &UserView| {
        let (holding, tokens) = match view.holding {
            Holding::Nothing => ("nothing", String::new()),
            Holding::Has => ("has", String::new()),
            Holding::Pending { has: true } => ("pending_has", String::new()),
            Holding::Pending { has: false } => ("pending", String::new()),
            Holding::Count { accepted, .. } => ("count", accepted.to_string()),
        };
        let user = &view.user;
        vec![
            user.id.to_string(),
            user.name.clone(),
            holding.to_owned(),
            tokens,
            instant(view.expires),
            user.login.clone(),
            user.role.to_string().to_lowercase(),
            user.email.clone().unwrap_or_default(),
            instant(user.disabled_at),
        ]
    };
    Sheet::new(titles, users.iter().map(row).collect())
}

fn row(view: &UserView) -> Vec<String> {
    let token = match view.holding {
        Holding::Nothing => String::new(),
        Holding::Has => "yes".to_owned(),
        Holding::Pending { has: true } => "Pending (has token)".to_owned(),
        Holding::Pending { has: false } => "Pending".to_owned(),
        Holding::Count { accepted, pending: 0 } => accepted.to_string(),
        Holding::Count { accepted: 0, pending } => format!("{pending} pending"),
        Holding::Count { accepted, pending } => format!("{accepted}, {pending} pending"),
    };
    let user = &view.user;
    vec![
        user.id.to_string(),
        user.name.clone(),
        token,
        view.expires.map(end_day).unwrap_or_default(),
        user.login.clone(),
        format!("{}{}", user.role, if user.is_disabled() { ", disabled" } else { "" }),
        user.email.clone().unwrap_or_default(),
    ]
}
