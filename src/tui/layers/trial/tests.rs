//! A screen is opened by its name, has the keys, takes its own answers, is drawn, and is left.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::domain::JobId;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::fixture::{job, model, reply, second};
use crate::tui::input::Input;
use crate::tui::key::parse_sequence;
use crate::tui::message::Msg;
use crate::tui::model::Model;
use crate::tui::offer::Offer;
use crate::tui::view;
use crate::wire::{Job, JobState};

fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let keys = parse_sequence(keys).expect("keys").into_iter();
    let press = |key: crate::tui::key::Key| Msg::Input(Input::Key(key.event()));
    keys.flat_map(|key| model.update(press(key), second(2))).collect()
}

fn screen(model: &Model) -> String {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a terminal");
    terminal.draw(|frame| view::draw(&model.seen(), frame)).expect("a frame");
    terminal.backend().to_string()
}

#[test]
fn a_screen_takes_its_folder_and_two_lines() {
    let mut model = model();
    model.update(Msg::Input(Input::Resize(80, 24)), second(1));
    let effects = press(&mut model, ": t r i a Tab Enter");
    let asked = |effect: &Effect| matches!(effect, Effect::Call(_, Call::Jobs));
    let asked: Vec<_> = effects.into_iter().filter(asked).collect();
    let jobs = (1..=3).map(|number| Job { id: JobId::new(number), ..job(JobState::Done, 0) });
    model.update(reply(&asked, Ok(jobs.collect::<Vec<_>>())), second(3));
    press(&mut model, "j");
    let seen = screen(&model);
    assert!(seen.contains(" Trial") && seen.contains("> JOB-0000-0002"), "{seen}");
    assert!(seen.contains("Esc back") && !seen.contains("API tokens"), "{seen}");
    // Nothing is done to what lies under it, and one step back is there again.
    assert_eq!(model.seen().offers(Command::Revoke), Offer::Absent);
    press(&mut model, "Esc");
    assert!(screen(&model).contains("API tokens"));
    press(&mut model, ": t r i a l Enter");
    press(&mut model, "1");
    assert!(screen(&model).contains("API tokens"), "another screen takes its place");
}
