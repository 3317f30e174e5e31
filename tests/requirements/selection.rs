//! Selecting (R50): one by one, by range, all that match; by identity.

use crate::support::{App, Desk};

fn seat(desk: &Desk) -> App {
    desk.seat("ada")
}

#[test]
fn r050_space_selects_the_row_and_moves_down() {
    let desk = Desk::example();
    let mut app = seat(&desk);
    app.keys("Space Space").sees("2 selected").sees("* bulk-01").sees("* bulk-02");
    assert!(app.line("bulk-03").starts_with(">  "), "{}", app.screen());
    app.keys("k Space").sees("1 selected").sees_no("* bulk-02");
}

#[test]
fn r050_all_that_match_are_selected_on_all_pages() {
    let desk = Desk::example();
    let mut app = seat(&desk);
    app.keys("/ bulk Enter A").sees("15 selected").keys("u").sees_no("selected");
    app.keys("A F").sees("15 selected").keys("End").sees("15 selected");
}

#[test]
fn r050_keys_typed_after_all_wait_until_all_are_selected() {
    let desk = Desk::example();
    let mut app = seat(&desk);
    app.in_haste("A ! r").sees("Revoke 19 tokens");
}

#[test]
fn r050_a_range_is_shown_while_it_is_drawn_and_selected_at_its_end() {
    let desk = Desk::example();
    let mut app = seat(&desk);
    app.keys("j v j j").sees("* bulk-02").sees("* bulk-03").sees(">* bulk-04");
    app.sees_no("selected").sees_no("* bulk-01").keys("v").sees("3 selected");
    app.keys("v PgDn Space").sees("13 selected");
    app.keys("Home v j Esc").sees("13 selected").sees_no("* bulk-01");
}

#[test]
fn r050_the_selection_is_turned_round() {
    let desk = Desk::example();
    let mut app = seat(&desk);
    app.keys("Space *").sees("20 selected").sees_no("* bulk-01").sees("* bulk-02");
}

#[test]
fn r050_the_selection_survives_paging_filter_sorting_and_refresh() {
    let desk = Desk::example();
    let mut app = seat(&desk);
    app.keys("Space Right Space").sees("2 selected");
    app.keys("/ robot Enter").sees("2 selected").sees_no("* robot");
    app.keys("F Home").sees("* bulk-01");
    desk.rename("bulk-01", "zulu");
    app.await_text("bulk-02").keys("Ctrl-r G").sees("* zulu");
}

#[test]
fn r050_nothing_to_select_is_said() {
    let desk = Desk::example();
    let mut app = seat(&desk);
    app.keys("/ zzz Enter Space").sees("No token here").keys("A").sees("No token here");
    app.keys("u").sees("No token is selected");
}

#[test]
fn r050_another_account_clears_the_selection() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("Space Space").sees("2 selected").keys("o").text("ced").keys("Enter");
    app.sees("API tokens - Cedar County").sees_no("selected");
}

#[test]
fn r050_an_action_on_an_open_range_is_for_all_of_it() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("j v j j ! r").sees("Revoke 3 tokens").sees("bulk-02, bulk-03");
    app.keys("Esc").sees("3 selected");
}
