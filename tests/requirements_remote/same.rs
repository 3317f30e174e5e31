//! The same screens on a store and on a server of it (R2): whatever is walked through,
//! every key leaves the same text on both, but for what the backend is called.

use uuid::Uuid;

use crate::support::{Desk, Door};

/// A way through the screens: who goes it, and the keys. Each starts anew.
type Walk = (&'static str, &'static str);

/// The list and the tokens in it: nothing is changed.
const LOOKS: [Walk; 8] = [
    ("ada", "End Home s j Space j j j Space Enter c j j Space Enter l l h z j Enter"),
    ("ada", "/ rob Enter j F # f5d7 Enter F / zzz Enter F f j Space Tab Space Enter"),
    (
        "ada",
        ": filter Space status:inactive Enter F : sort Space -expires,-name Enter : sotr Enter",
    ),
    ("ada", "Space Space j Space * m Esc u v j j Space ! Esc A m Esc"),
    ("ada", "/ robot-2 Enter Enter Tab Tab Tab j k g g S-Tab T j Space Esc m Esc ! Esc E E"),
    ("ada", "/ robot-1 Enter Enter x x y y Esc S-Tab S-Tab Ctrl-r M"),
    ("ada", "/ leaked-key Enter Enter S-Tab S-Tab m Esc ! r x Y"),
    ("ada", "/ old-report Enter ! r r Down Tab Down Esc"),
];

/// Each question about tokens, what answering it leads to, and the record of it.
const ACTIONS: [Walk; 5] = [
    ("ada", "/ robot-1 Enter ! r Right Enter Right Enter Enter S-Tab M"),
    ("ada", "/ robot-1 Enter t Right Enter t Right Enter Enter S-Tab ! d Right Enter M"),
    ("ada", "/ robot-1 Enter r Down Right Enter x Esc Enter S-Tab M"),
    ("ada", "/ bulk Enter A t Right Enter b Enter Esc Esc F A + Right Enter b j Enter"),
    ("ada", "Space Space ! r Enter Esc ! a revoke Space 19 Enter F b Enter"),
];

/// Forms of tokens: what is wrong, what is offered, what is saved.
const FORMS: [Walk; 4] = [
    ("ada", "n Ctrl-s Tab Tab a Esc PgDn j r Tab Space PgDn F1 Esc Esc Right Enter"),
    ("ada", "n parts Tab Tab Tab Tab Space PgDn f PgDn Ctrl-s x Esc Enter Tab S-Tab S-Tab"),
    ("ada", "/ robot-2 Enter e -9 PgDn j j n Ctrl-s Enter Tab S-Tab S-Tab M"),
    ("ada", "/ robot-2 Enter C Ctrl-s -b PgDn Ctrl-s Esc M"),
];

/// Users, what they hold, and what is done for them.
const USERS: [Walk; 5] = [
    ("kim", "2 f j Enter / dor Enter Enter Tab Tab Esc Esc F s j Enter f Tab j Space Enter"),
    ("kim", "2 f j Enter j Space Space n Right Enter M Esc Enter Tab S-Tab Esc Esc b Enter"),
    ("kim", "2 f j Enter A m Esc ! d Right Enter b Enter"),
    ("kim", "2 f j Enter A ! c Right Enter M"),
    ("kim", "2 f j Enter A ! g Right Enter Esc"),
];

/// The catalogue, and those who may do less.
const OTHERS: [Walk; 6] = [
    ("rosa", "3 Tab ! d Esc Tab Tab Tab Enter e Tab Tab Tab Esc"),
    ("rosa", "3 e Tab Esc Tab n Ctrl-s spare Ctrl-s h l G e Ctrl-s M"),
    ("rosa", "o ced Enter 2 1 o Esc 3 1 b Esc ? G Esc p Esc"),
    ("carl", "Enter Tab Tab Tab x Y m Esc ! r Esc 2 3 n"),
    ("ned", "Enter n PgDn PgDn PgDn Esc / robot Enter m Esc ! Esc 2"),
    ("vic", "Enter S-Tab t x n Esc 2 3 M"),
];

/// What is drawn anew each time, made equal: GUIDs and the values that hold them.
fn settled(word: &str) -> String {
    let (bare, end) = word.split_at(word.trim_end_matches([',', '.']).len());
    if bare.parse::<Uuid>().is_ok() {
        return format!("<GUID>{end}");
    }
    if word.starts_with("tdk_") { "<value>".to_owned() } else { word.to_owned() }
}

/// Fails unless both screens are the same, but where the backend is named.
fn compare(here: &str, there: &str, walk: &str) {
    let settled = |text: &str| text.split([' ', '\n']).map(settled).collect::<Vec<_>>();
    assert!(settled(here) == settled(there), "{walk}\n\n{here}\n{there}");
}

#[test]
fn r002_the_title_names_the_backend_in_use() {
    for door in [Door::Local, Door::Remote] {
        let desk = Desk::example_by(door);
        let mut app = desk.seat("ada");
        assert!(app.screen().lines().next().unwrap().contains(&format!(" {} ", desk.title())));
    }
}

/// Goes these ways at a store and at a server of one like it, side by side.
fn go(walks: &[Walk]) {
    for (login, keys) in walks {
        let (store, server) = (Desk::example_by(Door::Local), Desk::example_by(Door::Remote));
        // As long as the other's, so that nothing stands elsewhere.
        let store = store.called("team at hand.");
        let (mut here, mut there) = (store.seat(login), server.seat(login));
        let mut walked = String::from(*login);
        for word in [""].into_iter().chain(keys.split_whitespace()) {
            here.keys(word);
            there.keys(word);
            walked = format!("{walked} {word}");
            let renamed = there.screen().replace(server.title(), store.title());
            // A command names the server, and the store of this machine by nothing.
            let renamed = renamed.replace("tokendeck --backend team ", "tokendeck ");
            compare(&here.screen(), &renamed, &walked);
        }
    }
}

#[test]
fn r002_the_tokens_of_a_server_look_as_those_of_its_store_but_for_the_title() {
    go(&LOOKS);
}

#[test]
fn r002_what_is_done_to_tokens_looks_the_same_on_a_server() {
    go(&ACTIONS);
}

#[test]
fn r002_the_forms_of_tokens_look_the_same_on_a_server() {
    go(&FORMS);
}

#[test]
fn r002_users_look_the_same_on_a_server() {
    go(&USERS);
}

#[test]
fn r002_the_catalogue_and_every_role_look_the_same_on_a_server() {
    go(&OTHERS);
}
