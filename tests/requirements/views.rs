//! Saved views: what the list shows, kept under a name.

use std::fs;

use crate::support::{App, Desk};

fn run<'a>(app: &'a mut App, line: &str) -> &'a mut App {
    app.keys(":").text(line).keys("Enter")
}

#[test]
fn a_view_is_shown_and_a_step_back_restores_what_was() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    run(&mut app, "filter status:active robot").sees("1-2 of 2");
    run(&mut app, "sort -name");
    let before = app.screen().lines().skip(1).take(4).collect::<Vec<_>>().join("\n");
    run(&mut app, "view full").sees("level:*=full").sees("View full; Esc goes back");
    run(&mut app, "view never").sees("never");
    app.keys("Esc").sees("1-2 of 2").sees("status:active robot");
    let after = app.screen().lines().skip(1).take(4).collect::<Vec<_>>().join("\n");
    assert_eq!(after, before);
    // What was changed since is nobody's to take back.
    run(&mut app, "view never");
    run(&mut app, "filter robot-1").sees("1-1 of 1").keys("Esc").sees("1-1 of 1");
}

#[test]
fn what_is_shown_is_kept_with_terms_order_and_columns() {
    let desk = Desk::example();
    let file = desk.state_path().with_file_name("views.toml");
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter");
    run(&mut app, "sort -name");
    run(&mut app, "view save robots").sees("View robots saved");
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains("text:\\\"robot\\\"") || kept.contains("text:\"robot\""), "{kept}");
    assert!(kept.contains("sort = \"-name\"") && kept.contains("columns = ["), "{kept}");
    let mut other = desk.seat("ada");
    run(&mut other, "view robots").sees("1-2 of 2").keys("Home");
    assert!(other.line(">  ").contains("robot-2"));
    other.keys("Esc").sees("of 21");
    run(&mut other, "view remove robots").sees("View robots removed");
    run(&mut other, "view robots").sees("there is no view 'robots'").keys("Esc");
    assert!(!fs::read_to_string(&file).unwrap().contains("robots"));
}

#[test]
fn all_views_are_offered_with_their_counts() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    run(&mut app, "view").sees("expiring").sees("out-of-service").sees("unused:90d");
    app.sees("never").text("full").keys("Enter").sees("level:*=full").keys("Esc").sees("of 21");
    for (line, why) in [
        ("view save never", "'never' is built in: keep yours under another name"),
        ("view save a b", "a view's name is letters, digits, - and _"),
        ("view remove never", "'never' is built in: it can't be removed"),
        ("view save", "write view save NAME"),
        ("view expirng", "did you mean 'expiring'?"),
    ] {
        run(&mut app, line).sees(why).keys("Esc");
    }
}

#[test]
fn views_that_cannot_be_read_are_said_and_never_written_over() {
    let desk = Desk::example();
    let file = desk.state_path().with_file_name("views.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "[views.x]\nfilter = \"levle:x\"\n").unwrap();
    let mut app = desk.seat("ada");
    app.keys("M").sees("The views can't be read:").sees("views.x.filter").keys("q");
    run(&mut app, "view save robots").sees("Could not keep the view");
    assert!(fs::read_to_string(&file).unwrap().contains("levle:x"));
}
