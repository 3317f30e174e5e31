//! A form: its sections on a line, the fields of the one on screen, the buttons.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::leak;
use crate::text::{pad, safe_line, width, wrap};
use crate::tui::form::{Field, Form, Look, Sketch, Spot};
use crate::tui::heading::put_name;
use crate::tui::paint::{beside_marks, put_cursor, put_line, put_lines, put_marks, put_right};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

/// Columns of the labels, the marker before them included.
const LABEL: usize = 15;
/// The same in a narrow window.
const NARROW: usize = 13;
/// Below this many columns a window is narrow.
const WIDE: u16 = 60;

/// The lines of a section, and what of them has to be in sight.
#[derive(Default)]
struct Body {
    lines: Vec<Line<'static>>,
    /// First and last line of what is under the keys.
    span: (usize, usize),
    /// The line that must be in sight in any case.
    at: usize,
    /// Where letters are typed.
    cursor: Option<usize>,
}

pub(super) fn draw(model: &Seen<'_>, form: &Form, frame: &mut Frame<'_>, area: Rect) {
    put_name(model.shared, &form.title, frame, Rect { height: 1, ..area });
    let line = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    put_line(frame, line(1), &sections(model, form));
    // Title, sections, buttons, message and footer are always there.
    let room = Rect { y: area.y + 2, height: area.height.saturating_sub(5), ..area };
    let text = beside_marks(room);
    // Its lines leave the last column free themselves.
    let body = body(model, form, room.width);
    let top = scroll(&body, room.height.into());
    put_lines(frame, text.rows(), body.lines.iter().skip(top));
    put_marks(&model.theme, frame, room, (top, body.lines.len()));
    let row = body.at.checked_sub(top).and_then(|row| u16::try_from(row).ok());
    if let (Some(row), Some(column), true) = (row, body.cursor, model.layers.is::<Form>()) {
        put_cursor(frame, Rect { y: room.y.saturating_add(row), ..room }, column);
    }
    draw_buttons(model, form, frame, line(area.height.saturating_sub(3)));
}

/// How many lines are scrolled off, so that all of what is under the keys is in
/// sight, or at least the line where they are.
fn scroll(body: &Body, height: usize) -> usize {
    let (first, last) = body.span;
    let most = body.lines.len().saturating_sub(height);
    let for_all = (last + 1).saturating_sub(height);
    let top = if last - first < height { for_all } else { first };
    let lowest = (body.at + 1).saturating_sub(height);
    top.clamp(lowest, body.at.max(lowest)).min(most)
}

/// ` [General]  Modules  Overview`.
fn sections(model: &Seen<'_>, form: &Form) -> Line<'static> {
    let mut spans = Vec::new();
    for (place, section) in form.sheet.sections.iter().enumerate() {
        let here = place == form.sheet.at;
        let wrong = section.fields.iter().any(|field| field.told_error().is_some());
        let mark = if wrong { "!" } else { "" };
        let text = if here {
            format!(" [{}]{mark}", section.title)
        } else {
            format!("  {}{mark} ", section.title)
        };
        let role = match (here, wrong) {
            (_, true) => Role::Error,
            (true, false) => Role::Title,
            (false, false) => Role::Text,
        };
        spans.push(model.theme.span(text, role));
    }
    Line::from(spans)
}

fn body(model: &Seen<'_>, form: &Form, columns: u16) -> Body {
    let label = if columns < WIDE { NARROW } else { LABEL };
    let mut body = Body::default();
    let fields = form.sheet.section().map(|section| section.fields.as_slice()).unwrap_or_default();
    for (place, field) in fields.iter().enumerate().filter(|(_, field)| !field.hidden) {
        let focused = form.sheet.spot == Spot::Field(place);
        let beside = usize::from(columns).saturating_sub(label + 1);
        let under = field.longest_word() > beside;
        let indent = if field.label.is_empty() || under { 1 } else { label };
        let room = usize::from(columns).saturating_sub(indent + 1);
        let mut sketch = field.sketch(Look { theme: &model.theme, columns: room, focused });
        if under {
            // Under its label, in one piece.
            sketch.lines.insert(0, Line::default());
        }
        let first = body.lines.len();
        if focused {
            body.at = first + sketch.at;
            body.cursor = sketch.cursor.map(|column| column + indent);
        }
        add(model, field, sketch, (indent, focused), &mut body.lines);
        if focused {
            body.span = (first, body.lines.len().saturating_sub(1));
        }
    }
    if form.sheet.focused().is_none() {
        // On the buttons nothing of the fields has to be in sight but their end.
        let last = body.lines.len().saturating_sub(1);
        (body.at, body.span) = (last, (last, last));
    }
    if !form.note.is_empty() {
        let note = safe_line(&leak::hide(&form.note));
        let note = wrap(&note, usize::from(columns).saturating_sub(2).max(1));
        let line = |line: String| model.theme.line(format!(" {line}"), Role::Error);
        body.lines.extend(note.into_iter().map(line));
    }
    body
}

/// The lines of a field behind its label: `>Name *        moves-parts____`.
fn add(
    model: &Seen<'_>,
    field: &Field,
    sketch: Sketch,
    (indent, focused): (usize, bool),
    lines: &mut Vec<Line<'static>>,
) {
    let star = if field.required { " *" } else { "" };
    let mark = if focused && !field.label.is_empty() { ">" } else { " " };
    let label = format!("{mark}{}{star}", field.label);
    let mut head = pad(&label, indent.max(width(&label)));
    let role = if focused { Role::Title } else { Role::Header };
    for line in sketch.lines {
        let mut spans = vec![model.theme.span(head, role)];
        let style = line.style;
        spans.extend(line.spans.into_iter().map(|span| {
            let style = style.patch(span.style);
            span.style(style)
        }));
        lines.push(Line::from(spans));
        head = " ".repeat(indent);
    }
}

/// `2 fields to mend   [Save]  [Cancel]`; Save is dim while something is wrong.
fn draw_buttons(model: &Seen<'_>, form: &Form, frame: &mut Frame<'_>, area: Rect) {
    let errors = form.sheet.told_errors();
    let said = match (form.saving, form.unsure, errors) {
        // From the key on, whatever else the backend answered meanwhile.
        (Some(_), ..) => match model.now.since(form.pressed).as_secs() {
            0 => "saving ...   ".to_owned(),
            seconds => format!("saving ... {seconds} s   "),
        },
        (None, Some(_), _) => "unknown whether it was saved: looking ...   ".to_owned(),
        (None, None, 0) => String::new(),
        (None, None, 1) => "1 field to mend   ".to_owned(),
        (None, None, count) => format!("{count} fields to mend   "),
    };
    let role = |spot: Spot, dim: bool| match (form.sheet.spot == spot, dim) {
        (true, _) => Role::Selected,
        (false, true) => Role::Dim,
        (false, false) => Role::Text,
    };
    let dim = form.sheet.errors() > 0 || form.is_busy();
    let spans = vec![
        model.theme.span(said, Role::Dim),
        model.theme.span("[Save]", role(Spot::Save, dim)),
        Span::raw("  "),
        model.theme.span("[Cancel]", role(Spot::Cancel, false)),
        Span::raw(" "),
    ];
    put_right(frame, area, &Line::from(spans));
}
