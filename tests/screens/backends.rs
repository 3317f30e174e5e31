//! The choice of a backend, and the marks of one that does not answer.

use tokendeck::tui::Options;

use crate::support::seats::Seat;
use crate::support::server::{Mood, remote};
use crate::support::{Desk, options};
use crate::{SIZES, styles};

#[test]
fn the_choice_of_a_backend_looks_like_its_pictures() {
    let desk = Desk::example().called("demo");
    for size in SIZES {
        let team = vec![("team", Seat::Down)];
        let mut app = desk.seat_among(&["ada", "kim", "rosa"], team, size);
        let (columns, rows) = size;
        insta::assert_snapshot!(format!("backends_{columns}x{rows}"), app.keys("p").screen());
        if size == SIZES[0] {
            app.keys("t e a m Enter");
            insta::assert_snapshot!("backend_down_80x24", app.screen());
        }
    }
}

#[test]
fn old_rows_and_unconfirmed_changes_look_like_their_pictures() {
    for (columns, rows) in SIZES {
        // Their colours are the same at each size.
        let looks = if (columns, rows) == SIZES[0] { &[true, false][..] } else { &[true] };
        for &color in looks {
            let desk = Desk::example();
            let options = Options { color, ..options() };
            let (mut app, moods) = remote(&desk, &options, (columns, rows));
            app.keys("G g g ! r Right Enter Right");
            moods.set(Mood::Lost);
            app.keys("Enter j");
            let size = format!("{columns}x{rows}");
            if color {
                insta::assert_snapshot!(format!("unanswered_{size}"), app.screen());
            }
            if (columns, rows) == SIZES[0] {
                let look = if color { "colour" } else { "plain" };
                let styles = styles::of(&app.buffer());
                insta::assert_snapshot!(format!("unanswered_{look}_{size}"), styles);
            }
        }
    }
}

#[test]
fn the_list_of_unconfirmed_changes_looks_like_its_pictures() {
    for (columns, rows) in SIZES {
        let desk = Desk::example();
        let (mut app, moods) = remote(&desk, &options(), (columns, rows));
        app.keys("G g g ! r Right Enter Right");
        moods.set(Mood::Lost);
        app.keys("Enter j ! r Right Enter Right");
        moods.set(Mood::Down);
        app.keys("Enter w j");
        insta::assert_snapshot!(format!("unconfirmed_{columns}x{rows}"), app.screen());
    }
}
