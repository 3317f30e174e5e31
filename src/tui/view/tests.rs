//! What hostile text may do to a screen: nothing.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::draw;
use crate::domain::{AccountId, ModuleId, ScopeId, UserId};
use crate::text::{is_hidden, width};
use crate::tui::command::Command;
use crate::tui::fixture::{listed, model, second, token};
use crate::tui::input::Input;
use crate::tui::key::parse_sequence;
use crate::tui::message::Msg;
use crate::tui::model::Model;
use crate::wire::TokenView;

/// Clears the screen, turns the text round, hides letters, and is wide.
const HOSTILE: &str = "a\u{1b}[2J\u{9b}31m\u{202e}b\u{200b}c\r\n\u{7}\u{6771}\u{e0041}d";

/// A token that is hostile in every field it has.
fn hostile() -> TokenView {
    let mut view = token(1);
    let account = AccountId::new(10_001);
    view.token.name = HOSTILE.to_owned();
    view.token.description = HOSTILE.repeat(20);
    view.token.account = Some(account);
    view.token.owner = Some(UserId::new(10_001));
    view.token.scopes.insert(ScopeId::new(1));
    view.endpoint = Some(HOSTILE.to_owned());
    view.names.accounts.insert(account, HOSTILE.to_owned());
    view.names.users.insert(UserId::new(10_001), HOSTILE.to_owned());
    view.names.scopes.insert(ScopeId::new(1), HOSTILE.to_owned());
    view.names.modules.insert(ModuleId::new(1), HOSTILE.to_owned());
    view
}

fn program() -> Model {
    let mut model = model();
    model.session.place = HOSTILE.to_owned();
    model.session.backend = HOSTILE.to_owned();
    model.session.operator.name = HOSTILE.to_owned();
    model.session.operator.login = HOSTILE.to_owned();
    let rows = listed(&model, vec![hostile()]);
    model.update(rows, second(1));
    model
}

/// The symbols on screen after these keys, in a window of this size.
fn cells(keys: &str, columns: u16, rows: u16) -> Vec<String> {
    let mut model = program();
    model.update(Msg::Input(Input::Resize(columns, rows)), second(2));
    for key in parse_sequence(keys).expect("keys") {
        model.update(Msg::Input(Input::Key(key.event())), second(3));
    }
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
    terminal.draw(|frame| draw(&model.seen(), frame)).expect("a frame");
    let buffer = terminal.backend().buffer();
    buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect()
}

#[test]
fn no_text_from_outside_reaches_the_terminal_as_it_is() {
    let screens =
        ["", "Enter", "Enter Tab", "Enter Tab Tab", "Enter S-Tab", "! r", "t", "M", "! z"];
    for keys in screens.into_iter().chain(["m", "! d", "r", "Space m", "v", "Enter m", "Enter !"]) {
        for (columns, rows) in [(80, 24), (40, 12), (160, 50)] {
            for symbol in cells(keys, columns, rows) {
                assert!(!symbol.chars().any(is_hidden), "{symbol:?} at '{keys}'");
            }
        }
    }
}

#[test]
fn wide_characters_are_never_split_by_what_lies_over_them() {
    let name = "\u{6771}".repeat(60);
    for columns in 40..90 {
        let mut model = model();
        let mut view = token(1);
        view.token.name.clone_from(&name);
        let rows = listed(&model, vec![view; 30]);
        model.update(rows, second(1));
        model.update(Msg::Input(Input::Resize(columns, 24)), second(2));
        for key in parse_sequence("! r").expect("keys") {
            model.update(Msg::Input(Input::Key(key.event())), second(3));
        }
        let mut terminal = Terminal::new(TestBackend::new(columns, 24)).expect("a terminal");
        terminal.draw(|frame| draw(&model.seen(), frame)).expect("a frame");
        for line in terminal.backend().buffer().content.chunks(columns.into()) {
            for pair in line.windows(2) {
                let [left, right] = pair else { continue };
                let split = width(left.symbol()) == 2 && !right.symbol().trim().is_empty();
                assert!(!split, "{columns}: {:?} before {:?}", left.symbol(), right.symbol());
            }
        }
    }
}

#[test]
fn r005_the_footer_names_only_commands_that_exist() {
    let screen = cells("", 160, 50).concat();
    for command in [Command::Help, Command::Search, Command::Open, Command::More, Command::Quit] {
        let row = command.row();
        let key = row.keys.first().copied().unwrap_or_default();
        assert!(screen.contains(&format!(" {key} {} ", row.label)), "{command}");
    }
}
