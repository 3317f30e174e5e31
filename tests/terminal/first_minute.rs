//! What the example says of itself before any key, and whether that is so.

use super::pty::Pty;

/// The words on screen, whatever lines they stand on.
fn words(deck: &Pty) -> String {
    deck.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn b35_the_demo_says_who_one_is_what_to_try_and_whom_else_to_be() {
    let mut deck = Pty::demo();
    let said = "You are Ada, Admin. Try /robot, Enter, !. p: kim users, rosa everything";
    assert!(words(&deck).contains(said), "{}", deck.text());
    for keys in ["/", "robot", "\r"] {
        deck.send(keys);
        deck.settle();
    }
    deck.wait_for("robot-1");
    deck.send("!");
    deck.wait_for("revoke the token, for good");
    deck.send("\x1b");
    deck.settle();
    deck.send("p");
    deck.wait_for("kim");
    assert!(words(&deck).contains("rosa"), "{}", deck.text());
}
