//! Sections A to C: start, columns, search, pages.

use crate::support::Desk;

#[test]
fn r004_the_start_screen_shows_all_tokens_of_the_account() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    println!("{}", app.screen());
    app.sees("API tokens - Acme ACC-0001-0001").sees("1-10 of 21");
    app.keys("Enter");
    println!("{}", app.screen());
    app.keys("! r");
    println!("{}", app.screen());
    app.keys("Right Enter Right Enter");
    println!("{}", app.screen());
    app.keys("?");
    println!("{}", app.screen());
}
