//! Choosing among entries: what Enter takes, and what it leaves.

use crate::support::Desk;

#[test]
fn b10_tab_alone_never_takes_what_the_cursor_passed() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    for keys in
        ["f Tab Enter", "f Tab Tab Enter", "f S-Tab Enter", "f j j Tab Enter", "f / Enter Enter"]
    {
        app.keys(keys).sees_no("Filters").sees("21 tokens");
        for word in ["status:", "scope:", "module:", "neverused"] {
            assert!(!app.has(word), "{keys} set {word}\n{}", app.screen());
        }
    }
    // The users' filters are chosen alike.
    app.keys("2 f Tab Enter").sees_no("token:").keys("f Tab Tab Enter").sees_no("role:");
}

#[test]
fn b10_arrows_and_typing_in_a_field_take_what_they_moved_to() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f Tab j Enter").sees("scope:South plant").keys("F");
    app.keys("f Tab j k Enter").sees("scope:North plant").keys("F");
    app.keys("f /").text("expired").keys("Enter Enter").sees("status:Expired").keys("F");
    app.keys("f j Enter").sees("status:Active").keys("F");
    // What is ticked counts alone, wherever the cursor went.
    app.keys("f j Space j j Enter").sees("status:Active").sees_no("Active,");
}

#[test]
fn b10_active_and_inactive_together_are_all() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f j Space").sees("[ ] All").keys("j Space").sees("[x] All").sees("[ ] Active");
    app.keys("Enter").sees_no("status:").sees("1-").sees("21 tokens");
}
