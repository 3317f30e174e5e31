//! `tokendeck token create`.

use super::grants::{self, GrantPlace};
use super::hints::Hints;
use super::issued;
use crate::cli::args::CreateArgs;
use crate::cli::deck::Deck;
use crate::cli::failure::{Ended, Failure};
use crate::cli::resolve;
use crate::domain::{AccountId, Catalogue, Operator, Role, Settings, TokenDraft, policy};

pub(super) async fn run(deck: &Deck, args: &CreateArgs) -> Ended {
    deck.operator().must_manage()?;
    deck.must_write()?;
    deck.warn_of(None);
    let catalogue = deck.backend.catalogue().await?;
    let account = account(args.account.as_deref(), deck.operator(), &catalogue)?;
    let owner = args.owner.as_deref().map(|text| resolve::user(&catalogue, text)).transpose()?;
    let end = || policy::default_end(account, &catalogue, deck.now());
    let mut settings = Settings {
        name: args.name.clone(),
        enabled: true,
        valid_to: if owner.is_some() { end() } else { None },
        ..Settings::default()
    };
    let place = GrantPlace { catalogue: &catalogue, account, now: deck.now() };
    grants::apply(&mut settings, &args.grants, &place)?;
    let hints = Hints::of(&settings, &place, deck.operator());
    let draft = TokenDraft { account, owner, guid: None, settings };
    let created = deck.backend.create(draft, deck.run).await;
    let issued = created.map_err(|error| hints.add(error))?;
    issued::print(deck, &issued, "created")
}

/// The account named; none = all accounts. Where the operator has only one, it
/// need not be named.
fn account(
    named: Option<&str>,
    operator: &Operator,
    catalogue: &Catalogue,
) -> Result<Option<AccountId>, Failure> {
    match named {
        Some(text) if text.eq_ignore_ascii_case("all") => return Ok(None),
        Some(text) => return resolve::account(catalogue, text).map(Some),
        None => {}
    }
    let accounts = operator.accounts_in(catalogue);
    match accounts.as_slice() {
        [only] => Ok(Some(only.id)),
        several => {
            let mut choices: Vec<_> = several.iter().map(|account| account.name.as_str()).collect();
            if operator.role == Role::Superadmin {
                choices.push("all");
            }
            Err(Failure::Usage(format!("name an account with --account: {}", choices.join(", "))))
        }
    }
}
