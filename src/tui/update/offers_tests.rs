//! Every command in every place: what a place offers it does, and what it does not offer it
//! does not do.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::domain::{
    Account, AccountFilter, AccountId, AccountStatus, Holding, Module, ModuleId, Role, Rules, User,
    UserId, Verb,
};
use crate::tui::clipboard::Payload;
use crate::tui::command::Command;
use crate::tui::fixture::{listed, model, reply, second, time, token};
use crate::tui::layers::{
    CommandLine, Issue, JobList, Menu, Plain, Reader, TabChoice, Text, UnconfirmedList,
};
use crate::tui::model::Model;
use crate::tui::offer::Offer;
use crate::tui::orders::Order;
use crate::tui::picker::Subject;
use crate::tui::place::Taken;
use crate::tui::unconfirmed::{Attempt, Fate, Kept, Unconfirmed};
use crate::wire::{JobState, Names, UserPage, UserView};

use super::bulk_tests::{job, value};

type Setup = fn(&mut Model);

/// A program in an account with a module, a user and tokens, one of which waits for the
/// operator.
pub(super) fn peopled() -> Model {
    let (mut model, account) = (model(), AccountId::new(1));
    let rules = Rules::default();
    let (id, name, endpoint) = (account, "Acme".to_owned(), None);
    let acme = Account { id, name, status: AccountStatus::Active, endpoint, rules };
    let accounts = BTreeSet::from([account]);
    let (id, name, paths) = (ModuleId::new(1), "Records".to_owned(), vec![]);
    let module = Module { id, name, accounts, paths };
    model.shared.catalogue.accounts = BTreeMap::from([(account, acme)]);
    model.shared.catalogue.modules = BTreeMap::from([(module.id, module)]);
    model.shared.catalogue.users = BTreeMap::from([(carl().id, carl())]);
    model.shared.account = AccountFilter::One(account);
    let mut request = token(2);
    request.token.owner = Some(UserId::new(10_001));
    request.token.accepted = None;
    let rows = listed(&model, vec![token(1), request, token(3)]);
    model.update(rows, second(1));
    model
}

fn carl() -> User {
    User {
        id: UserId::new(20_001),
        login: "carl".to_owned(),
        name: "Carl Clerk".to_owned(),
        email: None,
        role: Role::Member,
        manage_tokens: false,
        accounts: BTreeSet::from([AccountId::new(1)]),
        scopes: BTreeSet::new(),
        disabled_at: None,
    }
}

pub(super) fn show_users(model: &mut Model) {
    model.run(Command::Users);
    let effects = model.take_outbox();
    let view = UserView {
        user: carl(),
        holding: Holding::Nothing,
        expires: None,
        names: Names::default(),
    };
    let page = UserPage { total: 1, all: 1, offset: 0, users: vec![view] };
    model.update(reply(&effects, Ok(page)), second(2));
}

fn show_tokens_of_user(model: &mut Model) {
    show_users(model);
    model.run(Command::Open);
    let rows = listed(model, vec![token(1)]);
    model.update(rows, second(3));
}

const SCREENS: &[(&str, Setup)] = &[
    ("tokens", |_| {}),
    ("no tokens", |model| {
        let rows = listed(model, vec![]);
        model.update(rows, second(2));
    }),
    ("a request", |model| model.run(Command::Down)),
    ("selected tokens", |model| model.run(Command::SelectAll)),
    ("a selected token", |model| model.run(Command::Select)),
    ("details", |model| model.run(Command::Open)),
    ("users", show_users),
    ("no users", |model| model.run(Command::Users)),
    ("a selected user", |model| {
        show_users(model);
        model.run(Command::Select);
    }),
    ("the tokens of a user", show_tokens_of_user),
    ("who a user is", |model| {
        show_tokens_of_user(model);
        model.run(Command::NextTab);
    }),
    ("accounts", |model| model.run(Command::Catalog)),
    ("modules", |model| {
        model.run(Command::Catalog);
        model.run(Command::NextList);
    }),
    ("users of the catalogue", |model| {
        model.run(Command::Catalog);
        model.run(Command::PreviousList);
    }),
];

/// Whether a command came to anything but a message.
fn does(model: &mut Model, command: Command) -> bool {
    model.take_outbox();
    let layers = model.layers.iter().count();
    model.run(command);
    !model.take_outbox().is_empty() || model.layers.iter().count() > layers
}

#[test]
fn a_screen_does_what_writes_where_it_offers_it_and_nowhere_else() {
    let mut done = HashSet::new();
    for (name, set_up) in SCREENS {
        for command in Command::all() {
            for read_only in [false, true] {
                let mut model = peopled();
                set_up(&mut model);
                model.shared.options.read_only = read_only;
                let offer = model.seen().offers(command);
                let writes = command.row().writes;
                let does = does(&mut model, command);
                let kept = writes || offer != Offer::Here;
                assert!(!kept || does == (offer == Offer::Here), "{name}: {command}: {offer:?}");
                assert!(!(does && writes && read_only), "{name}: {command} in read-only");
                done.extend((writes && does).then_some(command));
            }
        }
    }
    // Each was done somewhere, but for what only a token in an overlap has.
    let of_screens = Command::all().filter(|command| {
        use crate::tui::command::Scope::{Act, Users};
        command.row().writes && matches!(command.row().scope, Act | Users)
    });
    let never: Vec<_> = of_screens.filter(|command| !done.contains(command)).collect();
    assert_eq!(never, [Command::DropOld]);
}

fn list_jobs(model: &mut Model, state: JobState) {
    model.shared.jobs.list = Some(vec![job(state, 1)]);
    model.layers.push(JobList::default());
}

fn list_unconfirmed(model: &mut Model, verb: Verb) {
    let row = token(1).token;
    let attempt = Attempt::Token(Order { verb, id: row.id, name: row.name, version: 1 });
    let (seat, at, fate) = (model.seat(), time(0), Fate::Unknown);
    let kept = Kept { seat, at, fate, makes_value: false, unseen: None, reason: None, attempt };
    model.shared.unconfirmed.push(Unconfirmed::new(1, kept, second(0)));
    model.layers.push(UnconfirmedList::default());
}

fn pick(model: &mut Model, subject: Subject) {
    model.open_picker(subject);
}

const LAYERS: &[(&str, Setup)] = &[
    ("no jobs", |model| model.layers.push(JobList::default())),
    ("a job that waits", |model| list_jobs(model, JobState::Interrupted)),
    ("a job that runs", |model| list_jobs(model, JobState::Running)),
    ("a job that is done", |model| list_jobs(model, JobState::Done)),
    ("no change", |model| model.layers.push(UnconfirmedList::default())),
    ("an unconfirmed revocation", |model| list_unconfirmed(model, Verb::Revoke)),
    ("an unconfirmed regeneration", |model| list_unconfirmed(model, Verb::Regenerate)),
    ("the menu", |model| {
        let menu = Menu::open(&model.seen());
        model.layers.push(menu);
    }),
    ("the menu of users", |model| {
        show_users(model);
        let menu = Menu::open(&model.seen());
        model.layers.push(menu);
    }),
    ("the choice of tabs", |model| {
        let choice = TabChoice::open(&model.screens);
        model.layers.push(choice);
    }),
    ("help", |model| model.layers.push(Reader::of(Text::Help))),
    ("an entry", |model| {
        model.run(Command::Catalog);
        model.layers.push(Reader::of(Text::Entry));
    }),
    ("a text alone", |model| {
        let (title, payload) = ("GUID".to_owned(), Payload::Plain("1".to_owned()));
        model.layers.push(Plain { title, payload, reason: None, until: None });
    }),
    ("the command line", |model| model.layers.push(CommandLine::default())),
    ("a question", |model| model.run(Command::Revoke)),
    ("a question with choices", |model| model.run(Command::Regenerate)),
    ("a new value", |model| model.layers.push(Issue::new(Box::new(token(1)), value(), true))),
    ("the columns", |model| pick(model, Subject::Columns)),
    ("the order", |model| pick(model, Subject::Sort)),
    ("the accounts", |model| pick(model, Subject::Account)),
    ("the filters", |model| {
        let filters = Subject::filters(&model.seen());
        pick(model, filters);
    }),
];

/// What lies on top says of itself.
fn own_offer(model: &Model, command: Command) -> Offer {
    model.layers.last().expect("a place").offers(command, &model.shared)
}

#[test]
fn what_lies_over_a_screen_does_what_it_offers_and_nothing_else() {
    for (name, set_up) in LAYERS {
        for command in Command::all() {
            let mut model = peopled();
            set_up(&mut model);
            let offer = own_offer(&model, command);
            let taken = model.on_top(|place, context| place.run(command, context));
            match (offer, taken) {
                (Offer::Here, Taken::Here)
                | (Offer::Absent, Taken::NotMine)
                | (Offer::Refused(_), _) => {}
                // To leave is no command of its own.
                (Offer::Here, Taken::NotMine) if command == Command::Cancel => {}
                (offer, taken) => panic!("{name}: {command}: {offer:?}, but {taken:?}"),
            }
        }
    }
}

#[test]
fn what_owns_every_key_keeps_what_it_does_not_have_from_what_lies_under_it() {
    let owners = ["a question", "a question with choices", "a new value", "the order"];
    for (name, set_up) in LAYERS.iter().filter(|(name, _)| owners.contains(name)) {
        for command in Command::all() {
            let mut model = peopled();
            set_up(&mut model);
            if own_offer(&model, command) != Offer::Absent {
                continue;
            }
            let offer = model.seen().offers(command);
            let always = [Command::Help, Command::Interrupt, Command::Suspend, Command::Repaint];
            let expected = if always.contains(&command) { Offer::Here } else { Offer::Absent };
            assert_eq!(offer, expected, "{name}: {command}");
        }
    }
}
