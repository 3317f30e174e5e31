//! The bytes of an event and the chain over them, as numbers: whoever reads a log of
//! ours with a program of their own needs nothing else, and no store.

use proptest::prelude::*;
use serde_json::{Value, json};
use tokendeck::domain::event::{
    Break, BytesError, Cell, Fields, Hash, LogFault, Point, RecordSight, SeenBy, Walk, decode,
    encode, encode_again, first_form, hex, link, start, unhex,
};
use tokendeck::domain::{
    AccountId, Actor, Detail, EventAction, Guid, NewEvent, Subject, Time, TokenId, UserId,
};

const STORE: [u8; 16] = *b"sixteen bytes id";

fn at() -> Time {
    "2026-03-10T12:00:00.250Z".parse().unwrap()
}

fn told() -> NewEvent {
    NewEvent {
        at: at(),
        by: Actor { user: Some(UserId::new(1_0003)), system_login: Some("ada".to_owned()) },
        subject: Subject::Token(TokenId::new(1000_0001)),
        action: EventAction::Regenerated,
        details: vec![
            Detail::NewGuid { guid: Guid::from_bytes([7; 16]) },
            Detail::ValidTo { at: None },
        ],
    }
}

fn seen() -> SeenBy {
    let accounts = [AccountId::new(1_0001)].into();
    SeenBy::new(&[RecordSight { accounts, ..RecordSight::default() }])
}

/// The same event as the stores up to schema 4 kept it.
fn told_before() -> Vec<u8> {
    let details = r#"[{"detail":"new_guid","guid":"07070707-0707-0707-0707-070707070707"},{"detail":"valid_to","at":null}]"#;
    first_form([
        Cell::Integer(1),
        Cell::Integer(at().timestamp_millis()),
        Cell::Integer(1_0003),
        Cell::Text(b"ada"),
        Cell::Text(b"token"),
        Cell::Integer(1000_0001),
        Cell::Text(b"regenerated"),
        Cell::Text(details.as_bytes()),
    ])
}

#[test]
fn a06_the_bytes_of_an_event_and_its_hash_are_these() {
    let (_, bytes) = encode(2, &told(), &seen()).unwrap();
    insta::assert_snapshot!(readable(&bytes));
    let first = link(&start(&STORE), &told_before());
    let point = Point { sequence: 2, hash: link(&first, &bytes) };
    insta::assert_snapshot!(format!("start {}\n1 {}\n{point}", hex(&start(&STORE)), hex(&first)));
    assert_eq!(point.to_string().parse(), Ok(point));
}

/// Bytes with what can be read left as it is.
fn readable(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| std::ascii::escape_default(*byte)).map(char::from).collect()
}

#[test]
fn a06_both_forms_of_bytes_say_the_same_event_and_neither_reads_as_the_other() {
    let before = decode(&told_before()).unwrap();
    let (_, bytes) = encode(1, &told(), &SeenBy::default()).unwrap();
    assert_eq!(decode(&bytes).unwrap(), before);
    assert_eq!((told_before()[0], bytes[0]), (1, 2));
    assert_eq!(before.details, told().details);
    assert_ne!(link(&start(&STORE), &bytes), link(&start(&STORE), &told_before()));
    assert_eq!(decode(&[9, 0]), Err(BytesError::Form(9)));
    assert_eq!(decode(&[]), Err(BytesError::Short));
}

#[test]
fn a06_old_bytes_of_every_kind_of_subject_keep_it() {
    let told = |kind: &str, number: i64| {
        let cells = [
            Cell::Integer(5),
            Cell::Integer(0),
            Cell::Empty,
            Cell::Empty,
            Cell::Text(kind.as_bytes()),
            Cell::Integer(number),
            Cell::Text(b"created"),
            Cell::Text(b"[]"),
        ];
        decode(&first_form(cells)).unwrap().subject.to_string()
    };
    for (kind, number, shown) in [
        ("token", 1000_0001, "TKN-1000-0001"),
        ("user", 1_0003, "USR-0001-0003"),
        ("account", 1_0001, "ACC-0001-0001"),
        ("module", 1, "MOD-0001"),
        ("scope", 2, "SCP-0002"),
        ("group", 3, "GRP-0003"),
        ("store", 0, "store"),
        ("store", 4, "4"),
        ("notice", 12, "12"),
        ("token", -1, "-1"),
    ] {
        assert_eq!(told(kind, number), shown, "{kind}");
    }
}

/// Bytes of today's form with these words and facts, as a newer program might write them.
fn newer(kind: &str, id: &str, action: &str, facts: &Value) -> Vec<u8> {
    let facts: Vec<Detail> =
        facts.as_array().unwrap().iter().map(|fact| Detail::read(fact).unwrap()).collect();
    let event = NewEvent {
        subject: Subject::read(kind, id).unwrap(),
        action: EventAction::read(action).unwrap(),
        details: facts,
        ..told()
    };
    encode(1, &event, &SeenBy::default()).unwrap().1
}

#[test]
fn a06_what_a_newer_program_wrote_is_read_shown_and_copied_to_the_byte() {
    let facts = json!([
        {"detail": "moved", "from": ["ACC-0001-0001"], "to": [], "sure": true, "at": null},
        {"detail": "count", "count": 3, "of": "a part this program does not know"},
        {"detail": "count", "count": 3},
    ]);
    let bytes = newer("notice", "NTC-0001", "sent_on", &facts);
    let event = decode(&bytes).unwrap();
    assert_eq!((event.subject.kind(), event.subject.to_string()), ("notice", "NTC-0001".into()));
    assert_eq!(event.action.to_string(), "sent_on");
    assert_eq!(format!("{:10}|", event.action), "sent_on   |", "in a column of its own");
    assert!(matches!(&event.details[0], Detail::Other(fact) if fact.name == "moved"));
    assert!(matches!(&event.details[1], Detail::Other(_)), "no part of it is lost");
    assert_eq!(event.details[2], Detail::Count { count: 3 });
    assert_eq!(encode_again(&event).unwrap(), bytes);
    let wire = serde_json::to_value(&event).unwrap();
    assert_eq!(wire["subject"], json!({"kind": "notice", "id": "NTC-0001"}));
    let there: tokendeck::domain::Event = serde_json::from_value(wire).unwrap();
    assert_eq!(encode_again(&there).unwrap(), bytes, "also by the wire");
}

#[test]
fn a06_what_is_written_in_another_way_than_ours_is_kept_in_it() {
    let odd = [("token", "tkn-1000-0001"), ("token", "4"), ("user", "TKN-1000-0001")];
    for (kind, id) in odd {
        let event = decode(&newer(kind, id, "created", &json!([]))).unwrap();
        assert_eq!((event.subject.kind(), event.subject.to_string()), (kind, id.to_owned()));
        assert!(matches!(event.subject, Subject::Other { .. }));
    }
    assert_eq!(Subject::read("token", "TKN-1000-0001"), Some(told().subject));
    assert_eq!(Subject::read("notice", &"9".repeat(41)), None, "a word has its bounds");
    assert_eq!(EventAction::read(""), None);
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..4)
                .prop_map(|parts| Value::Object(parts.into_iter().collect())),
        ]
    })
}

prop_compose! {
    fn any_event()(
        millis in -62_000_000_000_000_i64..200_000_000_000_000,
        user in prop::option::of(0..u64::from(u32::MAX)),
        login in prop::option::of("[a-zé]{1,9}"),
        kind in "[a-z]{1,9}",
        id in "[A-Z0-9-]{1,24}",
        action in "[a-z_]{1,20}",
        facts in prop::collection::vec(
            ("[a-z_]{1,12}", prop::collection::btree_map("[a-z]{1,6}", json_value(), 0..4)), 0..4),
    ) -> NewEvent {
        let fact = |(name, parts): (String, std::collections::BTreeMap<String, Value>)| {
            let mut fact: serde_json::Map<_, _> = parts.into_iter().collect();
            fact.insert("detail".to_owned(), Value::from(name));
            Detail::read(&Value::Object(fact)).unwrap()
        };
        NewEvent {
            at: Time::from_timestamp_millis(millis).unwrap(),
            by: Actor { user: user.map(UserId::new), system_login: login },
            subject: Subject::read(&kind, &id).unwrap(),
            action: EventAction::read(&action).unwrap(),
            details: facts.into_iter().map(fact).collect(),
        }
    }
}

proptest! {
    #[test]
    fn a06_an_event_of_any_facts_comes_back_and_goes_out_the_same(event in any_event(), n in 1_u64..) {
        let (fields, bytes) = encode(n, &event, &seen()).unwrap();
        let read = decode(&bytes).unwrap();
        prop_assert_eq!(&Fields::read(&bytes).unwrap(), &fields);
        prop_assert_eq!(encode_again(&read).unwrap(), bytes);
        prop_assert_eq!((read.at, read.by, read.subject, read.action, read.details),
            (event.at, event.by, event.subject, event.action, event.details));
    }

    #[test]
    fn a06_bytes_that_are_no_event_are_refused_without_a_panic(
        event in any_event(), place in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(),
    ) {
        let (_, mut bytes) = encode(1, &event, &seen()).unwrap();
        let place = place.index(bytes.len());
        if cut { bytes.truncate(place) } else { bytes[place] = byte }
        if let Ok(fields) = Fields::read(&bytes)
            && let Ok(read) = fields.event()
        {
            prop_assert_eq!(encode_again(&read).unwrap(), bytes, "there is one way of writing it");
        }
    }
}

/// A log of so many events.
fn log(count: u64) -> Vec<(Vec<u8>, Hash)> {
    let mut last = start(&STORE);
    let mut log = vec![];
    for sequence in 1..=count {
        let bytes = if sequence == 1 {
            told_before()
        } else {
            encode(sequence, &told(), &seen()).unwrap().1
        };
        last = link(&last, &bytes);
        log.push((bytes, last));
    }
    log
}

type Log = Vec<(Vec<u8>, Hash)>;

fn walked(log: &[(Vec<u8>, Hash)]) -> Result<Point, Break> {
    let mut walk = Walk::new(&STORE);
    for (place, (bytes, hash)) in log.iter().enumerate() {
        walk.step(place as u64 + 1, bytes, hash)?;
    }
    Ok(walk.last)
}

#[test]
fn a06_a_walk_along_the_log_ends_at_its_head_or_where_it_was_touched() {
    let whole = log(6);
    assert_eq!(walked(&whole), Ok(Point { sequence: 6, hash: whole[5].1 }));
    let changed = |place: usize, change: &dyn Fn(&mut Log)| {
        let mut log = whole.clone();
        change(&mut log);
        assert_eq!(
            walked(&log).unwrap_err(),
            Break { at: place as u64 + 1, fault: LogFault::Changed }
        );
    };
    for place in 0..6 {
        for byte in 0..whole[place].0.len() {
            changed(place, &|log| log[place].0[byte] ^= 1);
        }
        changed(place, &|log| log[place].1[31] ^= 1);
        if place < 5 {
            changed(place, &|log| drop(log.remove(place)));
            changed(place, &|log| log.swap(place, place + 1));
        }
    }
    let mut walk = Walk::new(b"another store id");
    assert!(walk.step(1, &whole[0].0, &whole[0].1).is_err(), "of one store, not of another");
}

#[test]
fn a06_a_point_is_read_back_and_nothing_else_is_one() {
    let point = Point { sequence: 12, hash: [0xA7; 32] };
    assert_eq!(format!(" {point} ").parse(), Ok(point));
    for text in ["", "12", "12:", ":a7", "12:a7", "x:00", &format!("{point}0")] {
        assert!(text.parse::<Point>().is_err(), "{text}");
    }
    assert_eq!(unhex("0aF"), None);
    assert_eq!(unhex("0aFf"), Some(vec![10, 255]));
    assert_eq!(unhex("éé"), None);
}
