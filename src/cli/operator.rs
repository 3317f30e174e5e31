//! `tokendeck operator`: the credentials with which users sign in to this store's
//! server. A new one is printed alone on standard output, and only then.

use serde::Serialize;
use zeroize::Zeroizing;

use super::args::{OperatorCommand, OperatorCreateArgs, OperatorRevokeArgs};
use super::confirm::Question;
use super::deck::Deck;
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::moment::instant;
use super::new_file::NewFile;
use super::output::{Format, Sheet, must_be_open, print_operator_secret};
use super::resolve;
use crate::domain::calendar::seconds;
use crate::domain::{Expiry, OperatorSecret, Refusal};
use crate::wire::{CredentialAsk, CredentialView, Run};

#[derive(Serialize)]
struct Made<'v> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    credential: &'v CredentialView,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'v str>,
}

#[derive(Serialize)]
struct Listed<'v> {
    total: usize,
    credentials: &'v [CredentialView],
}

#[derive(Serialize)]
struct Revoked<'v> {
    dry_run: bool,
    credentials: &'v [CredentialView],
}

/// Does what the command says.
pub(super) async fn run(deck: &Deck, command: &OperatorCommand) -> Ended {
    match command {
        OperatorCommand::Create(args) => create(deck, args).await,
        OperatorCommand::List => list(deck).await,
        OperatorCommand::Revoke(args) => revoke(deck, args).await,
    }
}

async fn create(deck: &Deck, args: &OperatorCreateArgs) -> Ended {
    let store = deck.store()?;
    let user = resolve::user(&deck.backend.catalogue().await?, &args.user)?;
    let expiry = Expiry::parse(&args.expires, deck.now())
        .map_err(|error| Refusal::field("expires", error.to_string()))?;
    // First of all, so that no credential is made that can't be kept.
    let file = args.file.as_deref().filter(|_| !deck.is_dry());
    let file = file.map(NewFile::create).transpose()?;
    let ask = CredentialAsk { user, expiry, name: args.name.clone() };
    let (view, secret) = store.create_credential(ask, deck.run).await?;
    let note = if let (Some(file), Some(secret)) = (file, &secret) {
        let text = Zeroizing::new(format!("{}\n", secret.expose()));
        file.write(&text).map_err(|failure| failure.undelivered(|| lost(&view)))?;
        print_made(deck, &view, None).map_err(|failure| {
            failure.unreported(|| format!("A credential for {} is in that file.", view.login))
        })?;
        "It is in that file alone: hand it over safely"
    } else {
        print_made(deck, &view, secret.as_ref())
            .map_err(|failure| failure.undelivered(|| lost(&view)))?;
        "This is the only time it is shown: keep it in a file of mode 600"
    };
    let (login, end) = (&view.login, seconds(view.expires_at));
    let verb = if deck.is_dry() { "would be" } else { "was" };
    deck.output.note(&format!("an operator credential for {login} {verb} made, until {end}"));
    if secret.is_some() {
        deck.output.note(note);
    }
    Ok(Finish::Done)
}

/// A credential that was made and reached nobody.
fn lost(view: &CredentialView) -> String {
    let (login, guid) = (&view.login, view.guid);
    format!(
        "A credential for {login} was made, but not delivered. Nobody can show it again: \
         'tokendeck operator revoke {login} --credential {guid}'."
    )
}

fn print_made(
    deck: &Deck,
    view: &CredentialView,
    secret: Option<&OperatorSecret>,
) -> Result<(), Failure> {
    match (deck.output.format(), secret) {
        (Format::Table, Some(secret)) => print_operator_secret(secret),
        (Format::Table, None) => Ok(()),
        _ => {
            if secret.is_some() {
                must_be_open()?;
            }
            let secret = secret.map(OperatorSecret::expose);
            let made = Made { dry_run: deck.is_dry(), credential: view, secret };
            deck.output.record(&made, |_| {
                fields(std::slice::from_ref(view)).with_column("secret", secret.unwrap_or_default())
            })
        }
    }
}

async fn list(deck: &Deck) -> Ended {
    let credentials = deck.store()?.credentials().await?;
    let listed = Listed { total: credentials.len(), credentials: &credentials };
    deck.output.list(&listed, &credentials, |format| match format {
        Format::Csv => fields(&credentials),
        _ => sheet(&credentials),
    })?;
    Ok(Finish::Done)
}

async fn revoke(deck: &Deck, args: &OperatorRevokeArgs) -> Ended {
    let store = deck.store()?;
    deck.must_write()?;
    let user = resolve::user(&deck.backend.catalogue().await?, &args.user)?;
    // Tried first, so that nobody is asked about what would be refused anyway.
    let tried = store.revoke_credentials(user, args.credential, Run::Dry).await?;
    let count = tried.len();
    let login = tried.first().map_or(args.user.as_str(), |view| view.login.as_str());
    let what = if count == 1 { "credential" } else { "credentials" };
    let credentials = if deck.is_dry() {
        deck.output.note(&format!("would revoke {count} operator {what} of {login}"));
        tried
    } else {
        deck.confirm(&question(&format!("{count} operator {what} of {login}"), count))?;
        let credentials = store.revoke_credentials(user, args.credential, Run::Real).await?;
        let done = credentials.len();
        deck.output.note(&format!("{done} operator {what} of {login} revoked"));
        credentials
    };
    if deck.output.format() != Format::Table {
        let revoked = Revoked { dry_run: deck.is_dry(), credentials: &credentials };
        deck.output.list(&revoked, &credentials, |_| fields(&credentials))?;
    }
    Ok(Finish::Done)
}

fn question(what: &str, count: usize) -> Question {
    Question {
        lines: vec![
            format!("Revoke {what}?"),
            "Whoever uses them is signed out at once. This can't be undone.".to_owned(),
        ],
        title: "Revoke",
        words: format!("revoke {count}"),
        must_type: false,
    }
}

/// Credentials for spreadsheets: words as in JSON, instants in RFC 3339.
fn fields(credentials: &[CredentialView]) -> Sheet {
    let row = |view: &CredentialView| {
        vec![
            view.guid.to_string(),
            view.user.to_string(),
            view.login.clone(),
            view.state.to_string().to_lowercase(),
            instant(Some(view.created_at)),
            view.created_by.clone().unwrap_or_default(),
            instant(Some(view.expires_at)),
            instant(view.revoked_at),
            view.name.clone().unwrap_or_default(),
            instant(view.last_used_at),
        ]
    };
    let titles = [
        "guid",
        "user",
        "login",
        "state",
        "created_at",
        "created_by",
        "expires_at",
        "revoked_at",
        "name",
        "last_used_at",
    ];
    Sheet::new(titles.to_vec(), credentials.iter().map(row).collect())
}

/// Credentials for people.
fn sheet(credentials: &[CredentialView]) -> Sheet {
    let row = |view: &CredentialView| {
        vec![
            view.login.clone(),
            view.name.clone().unwrap_or_else(|| "-".to_owned()),
            view.state.to_string(),
            view.last_used_at.map_or_else(|| "never".to_owned(), seconds),
            seconds(view.expires_at),
            seconds(view.created_at),
            view.created_by.clone().unwrap_or_else(|| "-".to_owned()),
            view.guid.to_string(),
        ]
    };
    Sheet::new(
        vec!["User", "Name", "State", "Last use", "Expires", "Created", "Created by", "GUID"],
        credentials.iter().map(row).collect(),
    )
}
