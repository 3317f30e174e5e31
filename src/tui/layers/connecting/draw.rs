//! How it looks while no backend has answered.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Connecting, Standing};
use crate::text::{counted, cut_middle, safe_line, wrap};
use crate::tui::command::Command;
use crate::tui::paint::{put, put_line};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

pub(super) fn draw(model: &Seen<'_>, connecting: &Connecting, frame: &mut Frame<'_>) {
    let screen = frame.area();
    // Message and footer are drawn by whoever draws all places.
    let area = Rect { height: screen.height.saturating_sub(2), ..screen };
    let room = usize::from(area.width).saturating_sub(2);
    let title = cut_middle(&safe_line(&format!(" {}  not connected", model.backend())), room);
    put_line(frame, Rect { height: 1, ..area }, &model.with_mark(&title, Role::Title));
    let lines = text(model, connecting).into_iter().flat_map(|(text, role)| {
        let lines = wrap(&safe_line(&text), room);
        lines.into_iter().map(move |line| (line, role))
    });
    for ((line, role), row) in lines.zip(area.rows().skip(2)) {
        put(frame, row, &format!(" {line}"), model.theme.style(role));
    }
}

/// What is so, and then what can be done about it.
fn text(model: &Seen<'_>, connecting: &Connecting) -> Vec<(String, Role)> {
    let key = |command| model.keymap.first_key_of(command);
    let (name, again) = (&model.backends.open, key(Command::Refresh));
    let opening = model.backends.opening.as_ref();
    let mut lines = Vec::new();
    match &connecting.standing {
        Standing::Asked(since) => {
            let seconds = model.now.since(*since).as_secs();
            let tries = connecting.tries;
            let which = if tries > 1 { format!(", try {tries}") } else { String::new() };
            lines.push((format!("connecting to {name} ... {seconds} s{which}"), Role::Title));
            lines.push((model.session.place.clone(), Role::Dim));
        }
        Standing::Paused { until, why, .. } => {
            // A second that has begun is still to come.
            let left = until.since(model.now).as_millis().div_ceil(1_000);
            let tried = counted(connecting.tries, "time");
            lines.push((format!("{name} can't be reached: {why}"), Role::Error));
            let next = format!("asked {tried}; again in {left} s, {again} asks now");
            lines.push((next, Role::Text));
        }
        Standing::NotSignedIn(why) => {
            lines.push((format!("{name} does not know you: {why}"), Role::Error));
            let next = format!(
                "Nothing is asked again by itself. Put a new credential in place ('tokendeck \
                 operator create' makes one, on the server's side); {again} reads it and signs in"
            );
            lines.push((next, Role::Text));
        }
    }
    lines.push((String::new(), Role::Text));
    if let Some(opening) = opening {
        lines.push((format!("opening {} ...", opening.name), Role::Title));
    }
    let (backend, leave) = (key(Command::Backend), key(Command::Interrupt));
    // Where there are several, the one that is always there.
    let mut stores = model.backends.offers.iter().filter(|offer| offer.kind == "local");
    let first = stores.next();
    let local = stores.find(|offer| offer.name == "local").or(first);
    lines.extend(local.map(|local| {
        let name = &local.name;
        let flag = format!("tokendeck --backend {name}");
        (format!("A store here instead: {backend}, '{name}'; or {flag}"), Role::Text)
    }));
    lines.push((format!("{backend} chooses another backend, {leave} leaves"), Role::Text));
    lines
}
