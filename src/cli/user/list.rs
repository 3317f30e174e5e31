//! `tokendeck user list`.

use serde::Serialize;

use crate::cli::args::PeopleArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Sheet;
use crate::cli::resolve;
use crate::domain::calendar::day;
use crate::domain::{AccountFilter, Direction, Holding, Window};
use crate::wire::{UserColumn, UserQuery, UserView};

#[derive(Serialize)]
struct Listed<'p> {
    total: usize,
    offset: usize,
    users: &'p [UserView],
}

pub(super) async fn run(deck: &Deck, args: &PeopleArgs) -> Outcome {
    deck.operator().must_manage()?;
    let query = query(deck, args).await?;
    let window = Window { offset: args.offset, limit: args.limit.unwrap_or(usize::MAX) };
    let page = deck.backend.users(query, window).await?;
    let listed = Listed { total: page.total, offset: page.offset, users: &page.users };
    let titles = vec!["ID", "Name", "API token", "Expires", "Login", "Role", "E-mail"];
    let rows = || page.users.iter().map(row).collect();
    deck.output.list(&listed, &page.users, |_| Sheet::by_importance(titles, rows()))?;
    if page.users.len() < page.total {
        deck.output.note(&format!("{} of {} users", page.users.len(), page.total));
    }
    Ok(Exit::Done)
}

async fn query(deck: &Deck, args: &PeopleArgs) -> Result<UserQuery, Failure> {
    let catalogue = deck.backend.catalogue().await?;
    let account = match &args.account {
        Some(text) => AccountFilter::One(resolve::account(&catalogue, text)?),
        None => AccountFilter::Any,
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

fn row(view: &UserView) -> Vec<String> {
    let token = match view.holding {
        Holding::Nothing => String::new(),
        Holding::Has => "yes".to_owned(),
        Holding::Pending { has: true } => "Pending (has token)".to_owned(),
        Holding::Pending { has: false } => "Pending".to_owned(),
        Holding::Count { accepted } => accepted.to_string(),
    };
    let user = &view.user;
    vec![
        user.id.to_string(),
        user.name.clone(),
        token,
        view.expires.map(day).unwrap_or_default(),
        user.login.clone(),
        user.role.to_string(),
        user.email.clone().unwrap_or_default(),
    ]
}
